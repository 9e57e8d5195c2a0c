"""
How a building block, or anything else with a planned date, stands on a given day. Pure.

The day is always an argument: a page gives the day that is looked from, a strip the last day of
each quarter. What else a kind of thing is judged by (evidence, reports, a date moved in time) is
laid over a Stand by its own module; days_late and days_left are there for its thresholds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# Nothing in the plan says how early to warn. A month leaves time to act within the quarter.
SOON_DAYS = 30


class Timing(StrEnum):
    """What the planned and the actual date say on a day."""

    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    DONE_UNDATED = "done_undated"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    NOT_DUE = "not_due"
    NO_PLAN_DATE = "no_plan_date"


@dataclass(frozen=True, slots=True)
class Stand:
    """
    How something planned stands on a day.

    timing     the word for it
    done       whether it was done by that day; also without a planned date
    missed     the planned date, if it went by with the thing not done; catching up keeps it
    days_late  days from the planned date to the day it was done, or to the day of asking while
               it is not; None if the date was not missed
    days_left  days until the planned date; None once it is done, missed or not planned
    at_least   whether days_late is only the fewest it can be: done late, on a day not given
    """

    timing: Timing
    done: bool
    missed: date | None = None
    days_late: int | None = None
    days_left: int | None = None
    at_least: bool = False


def stand_on(
    day: date,
    *,
    planned: date | None,
    actual: date | None,
    done_since: date | None = None,
    soon_days: int = SOON_DAYS,
) -> Stand:
    """
    Return how a thing planned for one date, and done on another, stands on a day.

    Done on the planned date is on time; on the planned date itself nothing is overdue yet.
    What was done after the day of asking is not done yet, so that a page as of last year
    shows what was true then. Without a planned date (None) nothing can be late.

    done_since is for what is done on a day that is not given: the first day it can have been.
    Only if that is after the planned date was it certainly late. It counts where actual is None.
    """
    if actual is None and done_since is not None:
        return _done_on_no_day(planned, done_since)
    done = actual is not None and actual <= day
    if planned is None:
        return Stand(Timing.NO_PLAN_DATE, done)
    if actual is not None and done:
        if actual <= planned:
            return Stand(Timing.DONE_ON_TIME, done)
        return Stand(Timing.DONE_LATE, done, missed=planned, days_late=(actual - planned).days)
    if day > planned:
        return Stand(Timing.OVERDUE, done, missed=planned, days_late=(day - planned).days)
    left = (planned - day).days
    return Stand(Timing.DUE_SOON if left <= soon_days else Timing.NOT_DUE, done, days_left=left)


def _done_on_no_day(planned: date | None, done_since: date) -> Stand:
    """Return how what is done stands, if no day is given but the first that is possible."""
    if planned is None or done_since <= planned:
        return Stand(Timing.DONE_UNDATED, done=True)
    late = (done_since - planned).days
    return Stand(Timing.DONE_LATE, done=True, missed=planned, days_late=late, at_least=True)


def history(
    days: Iterable[date], *, planned: date | None, actual: date | None, soon_days: int = SOON_DAYS
) -> list[Stand]:
    """
    Return how it stood on each of several days, such as the last days of quarters.

    A quarter that was missed stays missed in the strip, however well it was made up later.
    """
    return [stand_on(day, planned=planned, actual=actual, soon_days=soon_days) for day in days]
