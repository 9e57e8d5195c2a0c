"""
The light of a task on a day: how it stands, and everything that makes it so. Pure.

Nobody sets a light. It follows from dates, reports and checked evidence, so that a forgotten task
reddens without anybody writing. Limits are the plan's administration's own: a month, and reports
by quarter.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from clusters.schedule import SOON_DAYS, stand_on
from foundation.quarters import Quarter

# A missed date is yellow for so many days, then red.
YELLOW_DAYS = 30
# So many owed quarters in a row without a report are red; fewer are yellow.
RED_SILENCE = 2


class TaskState(StrEnum):
    """What a report says of a node (状态)."""

    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    NEARLY_DONE = "nearly_done"
    DONE = "done"
    NEEDS_COORDINATION = "needs_coordination"


class Colour(StrEnum):
    """A light, the worst first; what cannot be judged has none of the others."""

    RED = "red"
    YELLOW = "yellow"
    CAUGHT_UP = "caught_up"
    DEFERRED = "deferred"
    BLUE = "blue"
    GREEN = "green"
    GREY = "grey"
    CANNOT_JUDGE = "cannot_judge"


RANK = {colour: rank for rank, colour in enumerate(Colour)}


class Because(StrEnum):
    """What a light follows from."""

    NO_STANDARD = "no_standard"
    MISSED = "missed"
    SILENT = "silent"
    UNCHECKED = "unchecked"
    DONE_LATE = "done_late"
    DONE_DEFERRED = "done_deferred"
    DONE_IN_TIME = "done_in_time"
    DEFERRED = "deferred"
    DUE_SOON = "due_soon"
    UNDER_WAY = "under_way"
    REPORTED = "reported"
    NOT_DUE = "not_due"


@dataclass(frozen=True, slots=True)
class ReportedProgress:
    """
    A report that was accepted.

    known_on    the day from which it counts
    done_on     the day of completion; None unless it says done
    checked_on  the day on which somebody checked the evidence of completion; None if nobody has
    """

    quarter: Quarter
    known_on: date
    state: TaskState
    done_on: date | None = None
    checked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Deferred:
    """A new date that was asked for before the old one had passed, and granted."""

    asked_on: date
    granted_on: date
    due: date


@dataclass(frozen=True, slots=True)
class LightReason:
    """
    One thing that a light follows from.

    due       the date that is in force
    days      days late, or days left; None where neither is meant
    done_on   the day of completion; None if not done
    quarters  the owed quarters without a report
    first_due the date before it was deferred; None if it was not
    """

    because: Because
    colour: Colour
    due: date | None = None
    days: int | None = None
    done_on: date | None = None
    quarters: tuple[Quarter, ...] = ()
    first_due: date | None = None


@dataclass(frozen=True, slots=True)
class Light:
    """
    The light of a node, for one that answers for it.

    reasons  all that make it so, the worst first; never empty
    is_open  whether something remains to be done
    """

    reasons: tuple[LightReason, ...]
    is_open: bool

    @property
    def colour(self) -> Colour:
        """Return the colour: that of the worst reason."""
        return self.reasons[0].colour

    @property
    def rank(self) -> int:
        """Return 0 for the worst colour, and more for better ones."""
        return RANK[self.colour]


def light_on(
    day: date,
    *,
    first_due: date | None,
    has_standard: bool = True,
    deferrals: Iterable[Deferred] = (),
    reports: Iterable[ReportedProgress] = (),
    owed: Sequence[Quarter] = (),
) -> Light:
    """
    Return the light of a node on a day, for one city or department that answers for it.

    first_due     the date it was first due; None for a standing task, judged by its reports only
    has_standard  whether it is said what completes it (办结标准); without it nothing is judged
    owed          quarters for which a report was due by that day, the oldest first
    """
    known = sorted((r for r in reports if r.known_on <= day), key=lambda one: one.quarter)
    newest = known[-1] if known else None
    done = _done(newest, day)
    if not has_standard:
        none = LightReason(Because.NO_STANDARD, Colour.CANNOT_JUDGE, due=first_due)
        return Light((none,), is_open=not done)
    silent = [] if done else _silence(known, owed)
    if first_due is None:
        return _light([*silent, _standing(newest)], is_open=True)
    granted = [one for one in deferrals if one.granted_on <= day]
    due = granted[-1].due if granted else first_due
    was = first_due if granted else None
    if done:
        found = _of_done(newest, day, due, first_due)
    else:
        found = _of_open(newest, day, due, is_deferred=bool(granted))
    reasons = [replace(one, first_due=was) for one in found]
    return _light([*reasons, *silent], is_open=not done or newest.checked_on is None)


def _light(reasons: list[LightReason], *, is_open: bool) -> Light:
    """Return the light of some reasons; of two that are equally bad the first given leads."""
    return Light(tuple(sorted(reasons, key=lambda one: RANK[one.colour])), is_open)


def _done(report: ReportedProgress | None, day: date) -> bool:
    """Return whether a report says that it was done by a day."""
    return (
        report is not None
        and report.state is TaskState.DONE
        and report.done_on is not None
        and report.done_on <= day
    )


def _silence(known: Sequence[ReportedProgress], owed: Sequence[Quarter]) -> list[LightReason]:
    """Return the reason that the newest owed quarters have no report; none if they have."""
    last = known[-1].quarter if known else None
    missing = tuple(quarter for quarter in owed if last is None or quarter > last)
    if not missing:
        return []
    colour = Colour.RED if len(missing) >= RED_SILENCE else Colour.YELLOW
    return [LightReason(Because.SILENT, colour, quarters=missing)]


def _standing(newest: ReportedProgress | None) -> LightReason:
    """Return how a standing task stands, its missing reports apart."""
    if newest is None:
        return LightReason(Because.NOT_DUE, Colour.GREY)
    return LightReason(Because.REPORTED, Colour.GREEN)


def _of_done(newest: ReportedProgress, day: date, due: date, first_due: date) -> list[LightReason]:
    """
    Return how a node stands that was reported as done.

    A claim that nobody has checked does not make a red light better; and what was done by a later
    date than the first was deferred, not in time.
    """
    late = max(0, (newest.done_on - due).days)
    given = {"due": due, "days": late or None, "done_on": newest.done_on}
    if newest.checked_on is None or newest.checked_on > day:
        colour = Colour.RED if late > YELLOW_DAYS else Colour.YELLOW
        return [LightReason(Because.UNCHECKED, colour, **given)]
    if late:
        return [LightReason(Because.DONE_LATE, Colour.CAUGHT_UP, **given)]
    if newest.done_on > first_due:
        return [LightReason(Because.DONE_DEFERRED, Colour.DEFERRED, **given)]
    return [LightReason(Because.DONE_IN_TIME, Colour.GREEN, **given)]


def _of_open(
    newest: ReportedProgress | None, day: date, due: date, *, is_deferred: bool
) -> list[LightReason]:
    """Return how a node stands that is not done."""
    stand = stand_on(day, planned=due, actual=None, soon_days=SOON_DAYS)
    if stand.days_late:
        colour = Colour.RED if stand.days_late > YELLOW_DAYS else Colour.YELLOW
        return [LightReason(Because.MISSED, colour, due=due, days=stand.days_late)]
    given = {"due": due, "days": stand.days_left}
    if is_deferred:
        return [LightReason(Because.DEFERRED, Colour.DEFERRED, **given)]
    if stand.days_left <= SOON_DAYS:
        return [LightReason(Because.DUE_SOON, Colour.BLUE, **given)]
    if newest is None or newest.state is TaskState.NOT_STARTED:
        return [LightReason(Because.NOT_DUE, Colour.GREY, **given)]
    return [LightReason(Because.UNDER_WAY, Colour.GREEN, **given)]


def worst(lights: Iterable[Light]) -> Light | None:
    """
    Return the light of a task from those of its nodes: the worst of what is still open.

    If nothing is, the worst of all; None without any. What cannot be judged comes last.
    """
    every = list(lights)
    some = [one for one in every if one.is_open] or every
    return min(some, key=lambda one: one.rank, default=None)


def strip(
    quarters: Iterable[Quarter],
    *,
    first_due: date | None,
    has_standard: bool = True,
    deferrals: Sequence[Deferred] = (),
    reports: Sequence[ReportedProgress] = (),
    owed: Sequence[Quarter] = (),
) -> list[Light]:
    """
    Return the light at the end of each quarter, with what was reported of it since.

    A report of a quarter comes after its end; it counts for its quarter all the same. A date that
    was missed stays missed there, however well it was made up later.
    """
    lights = []
    for quarter in quarters:
        day = quarter.last_day
        of_then = [
            replace(one, known_on=day, checked_on=one.checked_on and min(one.checked_on, day))
            for one in reports
            if one.quarter <= quarter
        ]
        lights.append(
            light_on(
                day,
                first_due=first_due,
                has_standard=has_standard,
                deferrals=deferrals,
                reports=of_then,
                owed=[one for one in owed if one <= quarter],
            )
        )
    return lights
