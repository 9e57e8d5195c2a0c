from dataclasses import replace

from django.contrib.auth.decorators import permission_required
from django.http import Http404
from django.utils import timezone

from foundation.quarters import Quarter
from indicators.data.snapshot_reader import snapshot
from indicators.models import Assessment
from submissions import access
from submissions.attachments import as_docx
from submissions.papers import assessments
from submissions.papers.assessment_figures import last_quarter
from submissions.papers.document.word_file import assessment_document
from submissions.papers.paper_sheet import assessment_sheet


@permission_required(access.READ_ASSESSMENT, raise_exception=True)
def assessment_docx(request, code, number=None):
    """Give a closing assessment as a document for Word and WPS: an issued one, or the draft."""
    if number:
        issued = access.assessment_or_404(code, number)
        sheet = assessment_sheet(issued.data, issued.sha256)
    else:
        sheet = draft_sheet(request, code)
    return as_docx(assessment_document(sheet), f"{number or code}.docx")


def draft_sheet(request, code):
    """Return the sheet of a plan's draft on the day that is asked for. Raises Http404."""
    viewpoint = access.viewpoint_on_day(request, Quarter.of(timezone.localdate()))
    of = snapshot(viewpoint)
    plan = next((one for one in of.plans if one.code == code), None)
    if plan is None:
        raise Http404
    viewpoint = replace(viewpoint, quarter=last_quarter(plan))
    every = Assessment.objects.filter(plan=plan).select_related("plan")
    return assessment_sheet(assessments.draft_after(plan, every, of, viewpoint))
