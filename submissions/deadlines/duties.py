"""What a bureau must do next, in which order, and which workbook it will owe next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from clusters.models import ReportingPeriod
from foundation.quarters import Quarter
from submissions.deadlines.obligations import Obligation, State
from submissions.models import Submission

# States in which the next step is the bureau's while nothing is in force.
TO_DO = (State.SENT_BACK, State.WITHDRAWN, State.UPLOADED, State.OVERDUE, State.OWED)


@dataclass(frozen=True, slots=True)
class Duty:
    """
    One thing that a bureau must do.

    about       what it owes
    state       the state that asks for it: sent back, withdrawn, uploaded, overdue or owed
    submission  the version that it is about; None if none has come
    days_left   until the due day, that day included as 0; negative once it is over
    """

    about: Obligation
    state: State
    submission: Submission | None
    days_left: int

    @property
    def is_returned(self) -> bool:
        """Return whether the province waits for an answer: it was sent back, or withdrawn."""
        return self.state in (State.SENT_BACK, State.WITHDRAWN)


def duties(owed: Iterable[Obligation], moment: datetime) -> list[Duty]:
    """Return what bureaus must do: first what was sent back, then by due day."""
    today = timezone.localdate(moment)
    found = [
        Duty(one, state, _version(one, state), (one.period.due_on - today).days)
        for one in owed
        if (state := _state_to_do(one))
    ]
    return sorted(
        found,
        key=lambda duty: (not duty.is_returned, duty.about.period.due_on, duty.about.city.code),
    )


def _state_to_do(one: Obligation) -> State | None:
    """Return the state that a bureau must act on; None if there is nothing to do."""
    if not one.owed:
        return None
    if one.newer and one.newer.status == Submission.Status.SENT_BACK:
        # What is in force stays so; the province waits for an answer about the newer version.
        return State.SENT_BACK
    return one.state if one.state in TO_DO else None


def _version(one: Obligation, state: State) -> Submission | None:
    return one.newer if state == State.SENT_BACK and one.newer else one.submission


def next_period(moment: datetime) -> ReportingPeriod | None:
    """
    Return the owed period that runs at a moment, else the next; None if no plan asks for one.

    One query.
    """
    now = Quarter.of(timezone.localdate(moment))
    return ReportingPeriod.objects.owed().filter(code__gte=str(now)).order_by("code").first()
