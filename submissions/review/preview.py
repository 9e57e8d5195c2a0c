"""
The province's indicators if a submission were accepted: publishes, reads, rolls back.

The figures are written exactly as acceptance writes them, the scorecard is read in the same
transaction, and nothing remains: no return, enterprise, publication or cached snapshot. So the
preview shows what the overview will.

It locks its own city meanwhile; on SQLite it holds the only write lock (durations in README.md).
"""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusters.viewpoint import Viewpoint
from indicators.data.snapshot_reader import ephemeral_snapshot, identity
from indicators.results.indicator_result import IndicatorResult
from indicators.results.scorecard import results_in, scorecard
from submissions.locks import one_at_a_time_in
from submissions.models import Submission
from submissions.refused import Refused
from submissions.review.actions import refuse_claimed_elsewhere
from submissions.review.publishing import write_returns

Status = Submission.Status
OPEN = (Status.UPLOADED, Status.SUBMITTED)


@dataclass(frozen=True, slots=True)
class WouldBe:
    """One indicator in the submission's quarter, now and after acceptance."""

    now: IndicatorResult
    then: IndicatorResult

    @property
    def changes(self) -> bool:
        """Return whether value, verdict or coverage would differ."""
        return self._seen(self.now) != self._seen(self.then)

    @staticmethod
    def _seen(result: IndicatorResult) -> tuple[object, ...]:
        ranges = (result.certain, result.estimate)
        return (result.value, result.standing, result.coverage, *ranges, result.explanation)


def preview(submission: Submission) -> tuple[WouldBe, ...]:
    """
    Return every indicator in the submission's quarter, now and if it were accepted now.

    Raises Refused if it has been decided, was not checked, has mandatory findings or a newer
    version, or cannot be published.
    """
    _refuse_early(submission)
    for _attempt in range(2):
        rests_on = identity()
        now = scorecard(Viewpoint(submission.period.quarter, None, timezone.now()))
        then = _results_after_acceptance(submission)
        # A publication of another city in between would appear as this one's effect.
        if identity() == rests_on:
            break
    return tuple(map(WouldBe, now, then))


def _refuse_early(submission: Submission) -> None:
    """Raise Refused if no preview is possible."""
    if submission.status not in OPEN:
        raise Refused(_("This version has been decided: the overview shows what became of it."))
    if submission.checked_at is None:
        raise Refused(_("The workbook has not been checked yet. Check it again first."))
    if mandatory := submission.findings.mandatory().count():
        raise Refused(
            ngettext(
                "There is no preview yet: %(count)d finding must be corrected first.",
                "There is no preview yet: %(count)d findings must be corrected first.",
                mandatory,
            )
            % {"count": mandatory}
        )
    newer = Submission.objects.kept().filter(
        city=submission.city, period=submission.period, version__gt=submission.version
    )
    if newest := newer.order_by("-version").first():
        raise Refused(
            _("There is a newer version already: version %(version)d.")
            % {"version": newest.version}
        )


def _results_after_acceptance(submission: Submission) -> tuple[IndicatorResult, ...]:
    """Return the scorecard after acceptance, then roll back. Raises Refused."""
    try:
        with transaction.atomic():
            one_at_a_time_in(submission.city)
            refuse_claimed_elsewhere(submission)
            old = Submission.objects.in_force().filter(
                city=submission.city, period=submission.period
            )
            before = old.values_list("published_at", flat=True).first()
            write_returns(submission, at=max(filter(None, (timezone.now(), before))))
            then = results_in(
                ephemeral_snapshot(submission.period.quarter), submission.period.quarter
            )
            transaction.set_rollback(True)
    except IntegrityError as error:
        raise Refused(
            _("Something was changed at the same moment. Look at the submission and try again.")
        ) from error
    return then
