from django.contrib.auth.decorators import permission_required
from django.shortcuts import render

from submissions import access
from submissions.papers import assessments
from submissions.papers.paper_sheet import assessment_sheet, changes_shown


@permission_required(access.READ_ASSESSMENT, raise_exception=True)
def issued_assessment(request, code, number):
    """Show a closing assessment as it was issued, and what differs from it by now."""
    issued = access.assessment_or_404(code, number)
    context = {
        "assessment": issued,
        "sheet": assessment_sheet(issued.data, issued.sha256),
        "since": changes_shown(assessments.since(issued)),
    }
    return render(request, "submissions/issued_assessment.html", context)
