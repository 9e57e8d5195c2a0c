from django.contrib.auth.decorators import permission_required
from django.shortcuts import render

from submissions import access
from submissions.papers import briefings
from submissions.papers.paper_sheet import briefing_sheet, changes_shown


@permission_required(access.READ_BRIEFING, raise_exception=True)
def issued_briefing(request, period, number):
    """Show a briefing as it was issued, and beside it what has become of its figures since."""
    issued = access.briefing_or_404(period, number)
    context = {
        "briefing": issued,
        "sheet": briefing_sheet(issued.data, issued.sha256),
        "since": changes_shown(briefings.since(issued)),
    }
    return render(request, "submissions/issued_briefing.html", context)
