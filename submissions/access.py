"""
Who may do what to which submission, and to which paper. Every view begins here.

What is not in the user's cities is not there (404), before anybody asks about permissions: a
refusal would tell that it exists.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from clusters.quarters import Quarter
from clusters.viewpoint import Viewpoint, end_of, parse_as_of, viewpoint_of
from indicators.models import Assessment, Briefing
from submissions.models import Submission

UPLOAD = "submissions.upload_submission"
REVIEW = "submissions.review_submission"
BACKFILL = "submissions.backfill_submission"
READ_BRIEFING = "indicators.view_briefing"
READ_ASSESSMENT = "indicators.view_assessment"
ISSUE_BRIEFING = "indicators.issue_briefing"
ISSUE_ASSESSMENT = "indicators.issue_assessment"


def submission_or_404(request, pk: int, *, may: str | None = None) -> Submission:
    """
    Return a submission of the user's cities, with its city, period and people.

    Raises Http404 if it is not theirs to see, PermissionDenied without the permission `may`.
    """
    people = ("uploaded_by", "submitted_by", "decided_by")
    submission = get_object_or_404(
        Submission.objects.in_cities(request.cities).select_related("city", "period", *people),
        pk=pk,
    )
    if may and not request.user.has_perm(may):
        raise PermissionDenied
    return submission


def reports(user) -> bool:
    """Return whether somebody uploads and does not review: a bureau, who asks what it owes."""
    return user.has_perm(UPLOAD) and not user.has_perm(REVIEW)


def form_scope(request) -> dict:
    """Return for whom a form asks for a workbook: the user's cities, and whether it is a bureau."""
    return {"cities": list(request.cities), "reports": reports(request.user)}


def briefing_or_404(period: str, number: str) -> Briefing:
    """Return the briefing of a period that was issued under a number."""
    every = Briefing.objects.select_related("plan", "issued_by")
    return get_object_or_404(every, period__code=period, number=number)


def assessment_or_404(code: str, number: str) -> Assessment:
    """Return the closing assessment of a plan that was issued under a number."""
    every = Assessment.objects.select_related("plan", "issued_by")
    return get_object_or_404(every, plan__code=code, number=number)


def viewpoint_in(request, period: str) -> Viewpoint:
    """Return the viewpoint of a page whose period stands in its path. One query."""
    return _viewpoint({"period": period, "as_of": _asked_day(request)})


def viewpoint_on_day(request, quarter: Quarter) -> Viewpoint:
    """Return the viewpoint of a quarter as of the day asked for. No query."""
    try:
        as_of = parse_as_of(_asked_day(request))
    except ValueError as wrong:
        raise Http404(str(wrong)) from None
    moment = end_of(as_of) if as_of else timezone.now()
    return Viewpoint(quarter, as_of, moment)


def _asked_day(request) -> str:
    """Return the day of knowledge that an address or a form asks for; blank for today's."""
    return request.POST.get("as_of") or request.GET.get("as_of", "")


def _viewpoint(asked: dict[str, str]) -> Viewpoint:
    try:
        return viewpoint_of(asked)
    except ValueError as wrong:
        raise Http404(str(wrong)) from None
