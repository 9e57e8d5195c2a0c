"""
Acts on a submission: the city explains, discards, submits; the province sends back or accepts.

Each locks, reloads the submission, and raises Refused with the reason. Permissions and scope are
checked by the view or command (submissions.access).
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.acts import Act
from audit.recording import record
from audit.refusals import refusals_recorded
from enterprises.models import Enterprise, EnterpriseReturn, Nil
from indicators.outlook import stored_forecasts
from submissions.access import BACKFILL
from submissions.intake.receiving import refuse_if_sent_back
from submissions.locks import (
    hold_enterprises,
    one_at_a_time_in,
    one_at_a_time_in_the_province,
)
from submissions.models import Explanation, StagedRow, Submission
from submissions.refused import Refused
from submissions.review.departures import refuse_vanished
from submissions.review.publishing import put_in_force
from submissions.review.restating import set_restated
from submissions.review.returns_to_write import conflict
from submissions.review.transitions import move

__all__ = [
    *("Refused", "accept", "discard", "explain", "refuse_claimed_elsewhere", "send_back"),
    "submit",
]

Status = Submission.Status

# How many enterprises a refusal names.
NAMED = 5
# How a refusal writes a moment.
MOMENT = "Y-m-d H:i"
# The page did not state the version in force.
NOT_GIVEN = object()


@refusals_recorded(Act.DISCARDED, Refused)
@transaction.atomic
def discard(submission: Submission, *, by) -> Submission:
    """
    Discard a version that was not submitted; return the reloaded submission.

    It is kept, and stands in no other version's way. Raises Refused for any other state.
    """
    submission = _locked(submission)
    move(submission, "discard")
    submission.discarded_at = timezone.now()
    submission.discarded_by = by
    submission.save(update_fields=["status", "discarded_at", "discarded_by"])
    record_move(Act.DISCARDED, submission, by=by, was=Status.UPLOADED)
    return submission


@refusals_recorded(Act.SUBMITTED, Refused)
@transaction.atomic
def submit(
    submission: Submission, *, by, reason: str = "", at: datetime | None = None
) -> Submission:
    """
    Submit to the reviewer; return the reloaded submission.

    reason: why figures in force are restated; ignored where none are. at: when, in the made-up
    history of the demonstration; without it, now.

    Raises Refused if it has not been checked, has mandatory or unanswered findings, is not the
    newest version, is the file that was sent back, declares gone what has amounts of this year,
    or restates without a reason or a difference.
    """
    submission = _locked(submission)
    move(submission, "submit")
    if submission.checked_at is None:
        raise Refused(_("The workbook has not been checked yet. Check it again first."))
    if mandatory := submission.findings.mandatory().count():
        raise Refused(
            ngettext(
                "%(count)d finding must be corrected first.",
                "%(count)d findings must be corrected first.",
                mandatory,
            )
            % {"count": mandatory}
        )
    if unanswered := submission.findings.unanswered().count():
        raise Refused(
            ngettext(
                "%(count)d finding needs an explanation first.",
                "%(count)d findings need an explanation first.",
                unanswered,
            )
            % {"count": unanswered}
        )
    if newer := _newer(submission).first():
        raise Refused(
            _("There is a newer version already: version %(version)d.") % {"version": newer.version}
        )
    refuse_vanished(submission)
    refuse_if_sent_back(submission.sha256, city=submission.city, period=submission.period)
    set_restated(submission, reason=reason)
    submission.submitted_at = at or timezone.now()
    submission.submitted_by = by
    submission.save(
        update_fields=["status", "submitted_at", "submitted_by", "restates", "restatement_reason"]
    )
    why = submission.restatement_reason
    record_move(Act.SUBMITTED, submission, by=by, was=Status.UPLOADED, why=why)
    return submission


@refusals_recorded(Act.SENT_BACK, Refused)
@transaction.atomic
def send_back(submission: Submission, *, by, reason: str, at: datetime | None = None) -> Submission:
    """
    Send a submission back to its city; return the reloaded submission. at: see submit().

    Raises Refused without a reason, if it has been decided meanwhile, or if `by` submitted it.
    """
    reason = reason.replace("\0", "").strip()
    if not reason:
        raise Refused(_("Say why it is sent back: the city must know what to do."))
    submission = _locked(submission)
    move(submission, "send_back")
    if submission.submitted_by_id == by.pk:
        raise Refused(_("Somebody other than the person who submitted it must decide."))
    submission.reason = reason
    submission.decided_at = at or timezone.now()
    submission.decided_by = by
    submission.save(update_fields=["status", "reason", "decided_at", "decided_by"])
    record_move(Act.SENT_BACK, submission, by=by, was=Status.SUBMITTED, why=reason)
    return submission


@refusals_recorded(Act.ACCEPTED, Refused)
def accept(
    submission: Submission,
    *,
    by,
    published_at: datetime | None = None,
    compared_with: object = NOT_GIVEN,
    at: datetime | None = None,
) -> Submission:
    """
    Accept a submission and publish its figures; return the reloaded submission.

    One transaction. published_at dates a back-filled history; without it, now. compared_with is
    the primary key of the version in force that the reviewer saw, None if there was none. at: see
    submit().

    Raises Refused if it has been decided, `by` uploaded or submitted it, a newer version is
    submitted or in force, the version in force is not compared_with or begins in the future,
    another city has published or registered one of its enterprises, one with amounts of this year
    is declared gone, or the date is invalid.
    """
    try:
        with transaction.atomic():
            accepted = _accept(submission, by, published_at, compared_with, at)
            if published_at is None:
                # A back-filled history stores its forecasts once it is complete.
                _store_forecasts(accepted)
            return accepted
    except IntegrityError as error:
        # A constraint of the database, for example after an admin's change just now.
        raise conflict() from error


def _store_forecasts(submission: Submission) -> None:
    """Store the forecasts of a quarter that this may complete; a failure is only logged."""
    quarter = submission.period.quarter
    transaction.on_commit(lambda: stored_forecasts.store_forecasts(quarter), robust=True)


def _accept(submission: Submission, by, published_at, compared_with, at) -> Submission:
    one_at_a_time_in_the_province()
    submission = _reloaded(submission)
    move(submission, "accept")
    if by.pk in (submission.submitted_by_id, submission.uploaded_by_id):
        raise Refused(_("Somebody other than the person who submitted it must decide."))
    if newer := newer_decisive(submission):
        raise Refused(
            _("Version %(version)d is newer, and its state is “%(state)s”. Decide that one.")
            % {"version": newer.version, "state": newer.get_status_display()}
        )
    in_force = Submission.objects.in_force().filter(city=submission.city, period=submission.period)
    old = in_force.first()
    if compared_with is not NOT_GIVEN and compared_with != (old.pk if old else None):
        raise Refused(_("Another version has come into force meanwhile. Look at it again."))
    hold_enterprises(_credit_codes(submission))
    refuse_claimed_elsewhere(submission)
    refuse_vanished(submission)
    now = timezone.now()
    moment = _publication_moment(submission, old, by=by, published_at=published_at, now=now)
    submission.decided_at = at or now
    submission.decided_by = by
    submission.published_at = moment
    put_in_force(submission, at=moment, recorded_at=now)
    submission.save(update_fields=["status", "decided_at", "decided_by", "published_at"])
    record_move(Act.ACCEPTED, submission, by=by, was=Status.SUBMITTED, published_at=moment)
    return submission


def record_move(act: Act, submission: Submission, *, by, was: str, why: str = "", **more) -> None:
    """Record that a submission has come from one state to the one that it is in."""
    after = {"status": submission.status, "sha256": submission.sha256} | more
    record(act, submission, by=by, before={"status": was}, after=after, why=why)


def _publication_moment(submission, old, *, by, published_at, now: datetime) -> datetime:
    """Return when the figures come into force. Raises Refused for an invalid date."""
    if old and old.published_at > now:
        raise Refused(
            _(
                "Version %(version)d, which is in force, begins at %(at)s, which is yet to come: "
                "the clock of the server is, or was, wrong. Have it set right, and accept then."
            )
            % {"version": old.version, "at": date_format(localtime(old.published_at), MOMENT)}
        )
    if published_at is None:
        return now
    people = (by, submission.uploaded_by, submission.submitted_by)
    if not any(one.has_perm(BACKFILL) for one in people):
        raise Refused(_("Only an administrator may date a back-filled history."))
    if published_at > now:
        raise Refused(_("The publication cannot be dated in the future."))
    if old and published_at <= old.published_at:
        raise Refused(
            _("The publication must be dated after that of version %(version)d, which it replaces.")
            % {"version": old.version}
        )
    if old is None and (ended := _withdrawn_at(submission)) and published_at <= ended:
        # Two versions would count on the days between, and share a publication's hash.
        raise Refused(
            _(
                "A version counted until it was withdrawn at %(at)s: the publication must be dated "
                "after that, or be accepted without a declared day."
            )
            % {"at": date_format(localtime(ended), MOMENT)}
        )
    return published_at


def _withdrawn_at(submission: Submission) -> datetime | None:
    """Return when the last acceptance of the city and period was withdrawn; None if none was."""
    slot = Submission.objects.filter(city=submission.city, period=submission.period)
    return slot.filter(status=Status.WITHDRAWN).aggregate(at=Max("superseded_at"))["at"]


def _locked(submission: Submission) -> Submission:
    """Lock the city; return the reloaded submission."""
    one_at_a_time_in(submission.city)
    return _reloaded(submission)


def _reloaded(submission: Submission) -> Submission:
    """Return the submission reloaded and locked until the transaction's end."""
    return (
        Submission.objects.select_for_update(of=("self",))
        .select_related("city", "period", "uploaded_by", "submitted_by")
        .get(pk=submission.pk)
    )


def _newer(submission: Submission):
    """Return the newer versions that were not discarded, the newest first."""
    return (
        Submission.objects.kept()
        .filter(city=submission.city, period=submission.period, version__gt=submission.version)
        .order_by("-version")
    )


def newer_decisive(submission: Submission) -> Submission | None:
    """Return the newest version that makes an older one undecidable; None without one."""
    return _newer(submission).exclude(status=Status.UPLOADED).first()


def _credit_codes(submission: Submission) -> set[str]:
    """Return the enterprises of its lines, and those explained on the page as without figures."""
    lines = submission.rows.filter(kind=StagedRow.RowKind.ENTERPRISES)
    explained = Explanation.objects.in_force().filter(finding__submission=submission)
    without = explained.exclude(nil="").values_list("finding__firm", flat=True)
    return {*lines.values_list("key", flat=True), *without}


def refuse_claimed_elsewhere(submission: Submission) -> None:
    """Raise Refused if another city has meanwhile published or registered its enterprises."""
    codes = submission.rows.filter(kind=StagedRow.RowKind.ENTERPRISES).values("key")
    published = (
        EnterpriseReturn.objects.in_force()
        .filter(period=submission.period, enterprise__credit_code__in=codes)
        .exclude(city=submission.city)
        # An enterprise that its old city declares moved away may report here (publishing).
        .exclude(nil=Nil.MOVED, revenue__isnull=True)
        .values_list("enterprise__credit_code", "city__name")
    )
    registered = (
        Enterprise.objects.filter(credit_code__in=codes)
        .exclude(city=submission.city)
        .values_list("credit_code", "city__name")
    )
    claimed = dict(registered) | dict(published)
    if claimed:
        named = ", ".join(f"{code} ({city})" for code, city in sorted(claimed.items())[:NAMED])
        raise Refused(
            ngettext(
                "%(count)d enterprise meanwhile belongs to another city: %(named)s.",
                "%(count)d enterprises meanwhile belong to another city: %(named)s.",
                len(claimed),
            )
            % {"count": len(claimed), "named": named}
        )
