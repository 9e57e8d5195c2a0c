"""
Who may do what to which submission. Every view begins here.

What is not in the user's cities is not there (404), before anybody asks about permissions: a
refusal would tell that it exists.
"""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from submissions.models import Submission

UPLOAD = "submissions.upload_submission"
REVIEW = "submissions.review_submission"
BACKFILL = "submissions.backfill_submission"


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
