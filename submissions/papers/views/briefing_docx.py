from django.contrib.auth.decorators import permission_required

from indicators.data.snapshot_reader import snapshot
from indicators.models import Briefing
from submissions import access
from submissions.attachments import as_docx
from submissions.papers import briefings
from submissions.papers.document.word_file import briefing_document
from submissions.papers.paper_sheet import briefing_sheet


@permission_required(access.READ_BRIEFING, raise_exception=True)
def briefing_docx(request, period, number=None):
    """Give a briefing as a document for Word and WPS: an issued one, or the draft."""
    if number:
        issued = access.briefing_or_404(period, number)
        sheet = briefing_sheet(issued.data, issued.sha256)
    else:
        viewpoint = access.viewpoint_in(request, period)
        every = Briefing.objects.select_related("plan", "period")
        sheet = briefing_sheet(briefings.draft_after(every, snapshot(viewpoint), viewpoint))
    return as_docx(briefing_document(sheet), f"{number or period}.docx")
