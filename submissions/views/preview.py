from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.movement.two_readings import value_words
from submissions import access
from submissions.refused import Refused
from submissions.review.preview import preview as would_be
from submissions.review.tables import preview_table


@require_safe
def preview(request, pk):
    """Show the indicators as they would be after acceptance, or why no preview is possible."""
    submission = access.submission_or_404(request, pk)
    context = {"submission": submission}
    try:
        results = would_be(submission)
        context["changed"] = [preview_table(one) for one in results if one.changes]
        same = [one.now for one in results if not one.changes]
        context["unchanged"] = [(result, value_words(result)) for result in same]
    except Refused as refusal:
        context["refusal"] = str(refusal)
    return render(request, "submissions/preview.html", context)
