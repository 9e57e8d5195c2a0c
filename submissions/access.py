"""
Permissions on submissions and papers. Every view calls one of these first.

What is outside the user's cities answers 404, before permissions are asked: a 403 would reveal
that it exists.
"""

from urllib.parse import urlencode

from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.refusals import found_or_404
from clusters.models import City
from clusters.viewpoint import NOW, Viewpoint, end_of, parse_as_of, viewpoint_of
from foundation.quarters import Quarter
from indicators.models import Assessment, Briefing
from submissions.models import Batch, Submission

UPLOAD = "submissions.upload_submission"
REVIEW = "submissions.review_submission"
BACKFILL = "submissions.backfill_submission"
READ_BRIEFING = "indicators.view_briefing"
READ_ASSESSMENT = "indicators.view_assessment"
ISSUE_BRIEFING = "indicators.issue_briefing"
ISSUE_ASSESSMENT = "indicators.issue_assessment"


def submission_or_404(request, pk: int, *, may: str | None = None) -> Submission:
    """
    Return a submission of the user's cities, with its city, period, people and layout.

    Raises Http404 outside their cities, PermissionDenied without the permission `may`, or to act
    for a city that they see and do not report for.
    """
    people = (
        *("uploaded_by", "submitted_by", "decided_by", "discarded_by", "restates"),
        "layout_use__layout__confirmed_by",
    )
    mine = Submission.objects.in_cities(request.cities)
    submission = found_or_404(
        request,
        mine.with_recorded_at().select_related("city", "period", *people),
        Submission.objects,
        pk=pk,
    )
    if may and not request.user.has_perm(may):
        raise PermissionDenied
    if may == UPLOAD and not may_report(request, submission):
        raise PermissionDenied
    return submission


def may_report(request, submission: Submission) -> bool:
    """Return whether the user uploads, explains and submits for a submission's city."""
    if not request.user.has_perm(UPLOAD):
        return False
    return request.own_cities.filter(pk=submission.city_id).exists()


def reports(user) -> bool:
    """Return whether a user uploads and does not review: a bureau."""
    return user.has_perm(UPLOAD) and not user.has_perm(REVIEW)


def reads_whole_province(request) -> bool:
    """Return whether the user sees every city and reports for none."""
    cities = request.cities.count()
    return 0 < cities == City.objects.count() and not reports(request.user)


def form_scope(request) -> dict:
    """Return the arguments of a WorkbookForm: the user's cities, and whether they are a bureau."""
    return {"cities": list(request.cities), "reports": reports(request.user)}


def upload_scope(request) -> dict:
    """Return the arguments of a form that hands in: only the cities that the user reports for."""
    return {"cities": list(request.own_cities), "reports": reports(request.user)}


def briefing_or_404(period: str, number: str) -> Briefing:
    """Return the issued briefing of a period and number. Raises Http404."""
    every = Briefing.objects.select_related("plan", "issued_by")
    return get_object_or_404(every, period__code=period, number=number)


def assessment_or_404(code: str, number: str) -> Assessment:
    """Return the issued closing assessment of a plan and number. Raises Http404."""
    every = Assessment.objects.select_related("plan", "issued_by")
    return get_object_or_404(every, plan__code=code, number=number)


def viewpoint_in(request, period: str) -> Viewpoint:
    """
    Return the viewpoint of a paper whose address contains the period. One query.

    Raises Http404, or BadRequest for what was known then.
    """
    _refuse_known_then(request)
    return _viewpoint({"period": period, "as_of": _asked_day(request)})


def viewpoint_on_day(request, quarter: Quarter) -> Viewpoint:
    """
    Return a paper's viewpoint of a quarter as of the requested day. No query.

    Raises Http404, or BadRequest for what was known then.
    """
    _refuse_known_then(request)
    try:
        as_of = parse_as_of(_asked_day(request))
    except ValueError as wrong:
        raise Http404(str(wrong)) from None
    moment = end_of(as_of) if as_of else timezone.now()
    return Viewpoint(quarter, as_of, moment)


def as_asked(request, address: str) -> str:
    """Return an address as of the day that the request asks for; the address alone for today."""
    _refuse_known_then(request)
    day = request.GET.get("as_of", "")
    return f"{address}?{urlencode({'as_of': day})}" if day else address


def _refuse_known_then(request) -> None:
    """Raise BadRequest for a paper of what was known then: none is ever issued of it."""
    asked = request.POST.get("known") or request.GET.get("known", "")
    if asked not in ("", NOW):
        raise BadRequest(
            _(
                "Briefing and assessment are of what is known now of a day. Leave out “known”, or "
                "look at the overview of what was known then."
            )
        )


def _asked_day(request) -> str:
    """Return the as-of day of a form or address, such as 2026-01-18; "" for today."""
    return request.POST.get("as_of") or request.GET.get("as_of", "")


def _viewpoint(asked: dict[str, str]) -> Viewpoint:
    try:
        return viewpoint_of(asked)
    except ValueError as wrong:
        raise Http404(str(wrong)) from None


def may_bring(user) -> bool:
    """Return whether a user brings many workbooks at once: a bureau's, or a dated history."""
    return user.has_perm(UPLOAD) or user.has_perm(BACKFILL)


def batches_for(request):
    """Return the batches that a user sees: the province all, a bureau those it brought."""
    every = Batch.objects.select_related("created_by", "plan")
    every = every.annotate(number_of_files=Count("files", filter=Q(files__part_of=None))).order_by(
        "-pk"
    )
    if reads_whole_province(request):
        return every
    return every.filter(created_by=request.user)


def batch_or_404(request, pk: int, *, to_act: bool = False) -> Batch:
    """
    Return a batch that the user sees. Raises Http404 for another.

    to_act: raises PermissionDenied unless may_act_on() it.
    """
    batch = found_or_404(request, batches_for(request), Batch.objects, pk=pk)
    if to_act and not may_act_on(batch, request.user):
        raise PermissionDenied
    return batch


def may_add_to(batch: Batch, user) -> bool:
    """Return whether a user adds files to a batch: only who brought it, whose files they are."""
    return batch.created_by_id == user.pk and may_bring(user)


def may_act_on(batch: Batch, user) -> bool:
    """Return whether a user decides, stops and goes on: who brought it; or dates histories."""
    dates = batch.published_at is not None and user.has_perm(BACKFILL)
    return dates or batch.created_by_id == user.pk
