from django.contrib.auth.decorators import permission_required

from indicators.aggregates import snapshot
from indicators.models import Briefing
from indicators.paper_sheet import briefing_sheet
from submissions import access, briefings
from submissions.downloads import as_docx
from submissions.paper_docx import briefing_document


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
