"""
The province's indicators if a submission were accepted, without writing or locking anything.

What acceptance would write (returns_to_write.py) takes the place of the city's returns in the
snapshot that the overview is made of, and the indicators are calculated from that.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusters.viewpoint import Viewpoint
from enterprises.models import Enterprise
from indicators.data.snapshot_after import snapshot_after
from indicators.data.snapshot_reader import identity, snapshot
from indicators.data.unpublished import Unpublished
from indicators.results.indicator_result import IndicatorResult
from indicators.results.scorecard import results_in
from submissions.models import Submission
from submissions.refused import Refused
from submissions.review.actions import refuse_claimed_elsewhere
from submissions.review.departures import refuse_vanished
from submissions.review.returns_to_write import returns_to_write

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
    version, or cannot be accepted.
    """
    _refuse_early(submission)
    quarter = submission.period.quarter
    for _attempt in range(2):
        rests_on = identity()
        seen = snapshot(Viewpoint(quarter, None, timezone.now()), rests_on)
        new = unpublished(submission)
        now, then = results_in(seen, quarter), results_in(snapshot_after(seen, new), quarter)
        # A publication of another city in between would appear as this one's effect.
        if identity() == rests_on:
            break
    return tuple(map(WouldBe, now, then))


def unpublished(submission: Submission) -> Unpublished:
    """Return the returns that acceptance would put in force now. Raises Refused if it would."""
    refuse_claimed_elsewhere(submission)
    refuse_vanished(submission)
    at = _moment(submission)
    written = returns_to_write(submission, at=at)
    # Above all keys in use, as those that the database would give.
    last = Enterprise.objects.aggregate(last=Max("pk"))["last"] or 0
    for key, enterprise in enumerate(written.joining, start=last + 1):
        enterprise.pk = key
    return Unpublished(
        city=submission.city,
        period=submission.period,
        at=at,
        totals=tuple(written.city_returns),
        enterprises=tuple(written.enterprise_returns),
        parks=tuple(written.park_returns),
        ending=written.ending,
        joining=len(written.joining),
    )


def _moment(submission: Submission) -> datetime:
    """Return when the figures would come into force: now, or later if the clock was set back."""
    old = Submission.objects.in_force().filter(city=submission.city, period=submission.period)
    return max(filter(None, (timezone.now(), *old.values_list("published_at", flat=True))))


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
