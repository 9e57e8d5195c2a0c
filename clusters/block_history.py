"""
How a building block came along, quarter by quarter, from what its city said of it. Pure.

A block is held to the first date its city planned it for, whatever date it names later: a plan
that is quietly moved hides no miss. Each quarter is judged by what was said of that quarter, so
that neither an actual date written back later, nor catching up, takes an earlier miss away.
How it stands now is judged on the day that is looked from, by the newest that was said.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from clusters.schedule import Stand, Timing, stand_on
from foundation.quarters import Quarter

# Unconfirmed for two quarters: feature bar, row 6.
STALE_AFTER = 2
# "Overdue" and "not due" are said of workbooks; a block's date has words of its own.
PAST_DATE = "past_date"
WORDS = {Timing.OVERDUE: PAST_DATE, Timing.NOT_DUE: "date_ahead"}
_NEVER = Quarter(1, 1)


@dataclass(frozen=True, slots=True)
class Report:
    """
    What a city said of a block for a quarter, in one version of its workbook.

    in_force     whether it stands: a version that was superseded still tells what was planned
    operating    whether the block is said to be in operation
    said         whether a status was given at all: a line without one confirms nothing
    """

    quarter: Quarter
    published_at: datetime
    in_force: bool
    said: bool
    operating: bool
    planned_on: date | None
    actual_on: date | None
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlanChange:
    """That a planned date was named or moved: of what quarter's workbook, from what to what."""

    quarter: Quarter
    published_at: datetime
    before: date | None
    after: date
    recorded_at: datetime | None = None

    @property
    def days(self) -> int | None:
        """Return by how many days it moved, later being positive; None for the first date."""
        return (self.after - self.before).days if self.before else None


@dataclass(frozen=True, slots=True)
class BlockMark:
    """One quarter of a history: how the block stood at its end; None if nobody said anything."""

    quarter: Quarter
    stand: Stand | None

    @property
    def word(self) -> str:
        """Return the status that the quarter shows: of a timing, or "missing"."""
        return word(self.stand)


def word(stand: Stand | None) -> str:
    """Return the status that a page shows of a stand; "missing" if nobody said anything."""
    return WORDS.get(stand.timing, stand.timing) if stand else "missing"


def plan_changes(reports: Iterable[Report]) -> list[PlanChange]:
    """
    Return every planned date the city named, in the order in which it became known.

    Superseded versions count: a date that was put right by a restatement was named all the same.
    """
    changes: list[PlanChange] = []
    for one in sorted(reports, key=lambda report: (report.published_at, report.quarter)):
        known = changes[-1].after if changes else None
        if one.planned_on is not None and one.planned_on != known:
            told = (one.published_at, known, one.planned_on, one.recorded_at)
            changes.append(PlanChange(one.quarter, *told))
    return changes


def held_to(reports: Iterable[Report], *, committed: date | None = None) -> date | None:
    """
    Return the date a block is judged by: the province's own, else the first the city named.

    None if there is neither; then nothing can be late.
    """
    if committed is not None:
        return committed
    changes = plan_changes(reports)
    return changes[0].after if changes else None


def history(
    reports: Sequence[Report], quarters: Iterable[Quarter], *, committed: date | None = None
) -> list[BlockMark]:
    """
    Return how a block stood at the end of each of several quarters.

    A quarter of which nobody said anything has no stand: it is not known, and not on time.
    """
    due = held_to(reports, committed=committed)
    of_quarter = _by_quarter(reports)
    marks = []
    for quarter in quarters:
        report = of_quarter.get(quarter)
        stand = _stand(report, of_quarter, due, quarter.last_day) if report else None
        marks.append(BlockMark(quarter, stand))
    return marks


def light(reports: Sequence[Report], day: date, *, committed: date | None = None) -> Stand | None:
    """
    Return how a block stands on the day that is looked from, by the newest that was said of it.

    So it becomes overdue without anybody writing. None if its city never gave a status: what
    nobody said is neither done nor late. reports are those that were known on that day.
    """
    of_quarter = _by_quarter(reports)
    if not of_quarter:
        return None
    newest = of_quarter[max(of_quarter)]
    return _stand(newest, of_quarter, held_to(reports, committed=committed), day)


def _by_quarter(reports: Iterable[Report]) -> dict[Quarter, Report]:
    """Return the reports in force that give a status, by quarter."""
    return {one.quarter: one for one in reports if one.in_force and one.said}


def _stand(report: Report, of_quarter: dict[Quarter, Report], due: date | None, day: date) -> Stand:
    """Return how the block stood on a day, by a report."""
    if not report.operating or report.actual_on is not None:
        return stand_on(day, planned=due, actual=report.actual_on)
    # In operation, and no day given: it is since some day of the first quarter that said so.
    others = [q for q, one in of_quarter.items() if q < report.quarter and not one.operating]
    since = min(q for q in of_quarter if q <= report.quarter and q > max(others, default=_NEVER))
    return stand_on(day, planned=due, actual=None, done_since=since.first_day)


def last_confirmed(reports: Iterable[Report], upto: Quarter) -> Quarter | None:
    """Return the newest quarter up to one in which the city gave a status; None if it never did."""
    said = [one.quarter for one in reports if one.in_force and one.said and one.quarter <= upto]
    return max(said, default=None)


def is_stale(confirmed: Quarter | None, at: Quarter) -> bool:
    """
    Return whether a block has been unconfirmed for two quarters at a quarter.

    One that was never confirmed is not stale but unreported.
    """
    return confirmed is not None and confirmed.to(at) >= STALE_AFTER
