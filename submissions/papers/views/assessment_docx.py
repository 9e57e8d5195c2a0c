from django.contrib.auth.decorators import permission_required

from submissions import access
from submissions.attachments import as_docx
from submissions.papers.document.word_file import assessment_document
from submissions.papers.paper_sheet import assessment_sheet


@permission_required(access.READ_ASSESSMENT, raise_exception=True)
def assessment_docx(request, code, number):
    """Give an issued closing assessment as a document for Word and WPS."""
    issued = access.assessment_or_404(code, number)
    return as_docx(
        assessment_document(assessment_sheet(issued.data, issued.sha256)), f"{number}.docx"
    )
