"""Forecasts: a range with its method, and the record of past ranges."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from foundation.quarters import Quarter

# Feature bar, row 8: hidden with fewer accepted quarters.
FEWEST_QUARTERS = 4
# The newest changes are used; two at least, since one makes no range.
MOST_CHANGES = 4
FEWEST_CHANGES = 2


class Method(StrEnum):
    """Which changes are carried forward."""

    YEARLY = "yearly_changes"
    QUARTERLY = "quarterly_changes"


@dataclass(frozen=True, slots=True)
class Forecast:
    """
    The forecast range of an indicator, in its unit; low <= middle <= high.

    made_at  the newest quarter that was used
    of       the quarter it is for
    base     the quarter it starts from
    times    how many changes are carried forward from there
    changes  those used, oldest first: their least, mean and greatest give the range
    """

    made_at: Quarter
    of: Quarter
    low: Decimal
    middle: Decimal
    high: Decimal
    method: Method
    base: Quarter
    times: int
    changes: tuple[Decimal, ...]

    def holds(self, actual: Decimal) -> bool:
        """Return whether a figure lies in the range, its ends included."""
        return self.low <= actual <= self.high


def forecast(
    accepted: Mapping[Quarter, Decimal],
    *,
    at: Quarter,
    of: Quarter,
    annual: bool,
    least_width: Decimal,
    floor: Decimal | None = None,
    ceiling: Decimal | None = None,
) -> Forecast | None:
    """
    Return the forecast of a later quarter, from the figures accepted up to `at`.

        yearly     base = the newest quarter of the same season; times = years from there
                   changes = figure − figure a year earlier, of the last four quarters with both
        quarterly  base = the newest quarter; times = quarters from there
                   changes = figure − figure a quarter earlier, of the last four with both

        low, middle, high = base + times × (least, mean, greatest change)

    Yearly where two such changes are on record; else quarterly, but never for figures that are
    annual (that begin anew each January). The range is never narrower than least_width; floor
    and ceiling are what the figure cannot go beyond.

    accepted holds only quarters for which every city's figures are accepted. None with fewer
    than four of them, fewer than two changes, or a quarter that is not later.
    """
    known = {quarter: value for quarter, value in accepted.items() if quarter <= at}
    if len(known) < FEWEST_QUARTERS or of <= at:
        return None
    for method in (Method.YEARLY, Method.QUARTERLY):
        base = _base(known, of, method)
        changes = _changes(known, method)
        if base is None or len(changes) < FEWEST_CHANGES or (annual and method is Method.QUARTERLY):
            continue
        times = of.year - base.year if method is Method.YEARLY else base.to(of)
        low, middle, high = _range(known[base], times, changes, least_width)
        low, middle, high = (_within(one, floor, ceiling) for one in (low, middle, high))
        return Forecast(max(known), of, low, middle, high, method, base, times, changes)
    return None


def _base(known: Mapping[Quarter, Decimal], of: Quarter, method: Method) -> Quarter | None:
    """Return the quarter to start from; None if there is none of the same season."""
    if method is Method.QUARTERLY:
        return max(known)
    return max((q for q in known if q.quarter == of.quarter), default=None)


def _changes(known: Mapping[Quarter, Decimal], method: Method) -> tuple[Decimal, ...]:
    """Return the newest changes, oldest first."""
    if method is Method.YEARLY:
        pairs = [(q.year_earlier(), q) for q in sorted(known) if q.year_earlier() in known]
    else:
        pairs = [(a, b) for a, b in pairwise(sorted(known)) if a.next() == b]
    return tuple(known[later] - known[earlier] for earlier, later in pairs)[-MOST_CHANGES:]


def _range(
    base: Decimal, times: int, changes: tuple[Decimal, ...], least_width: Decimal
) -> tuple[Decimal, Decimal, Decimal]:
    """Return low, middle and high; widened evenly if they lie too close."""
    mean = min(max(sum(changes, Decimal(0)) / len(changes), min(changes)), max(changes))
    low, middle, high = (base + times * one for one in (min(changes), mean, max(changes)))
    lacking = max(least_width - (high - low), Decimal(0)) / 2
    return low - lacking, middle, high + lacking


def _within(figure: Decimal, floor: Decimal | None, ceiling: Decimal | None) -> Decimal:
    """Return a figure limited to floor and ceiling."""
    if floor is not None:
        figure = max(figure, floor)
    return figure if ceiling is None else min(figure, ceiling)


@dataclass(frozen=True, slots=True)
class Scored:
    """A past forecast with its outcome; both None while that is not known."""

    forecast: Forecast
    actual: Decimal | None
    hit: bool | None


@dataclass(frozen=True, slots=True)
class Record:
    """The record of past forecasts: hits, and how many have an outcome."""

    rows: tuple[Scored, ...]
    hits: int
    told: int

    @property
    def missed_most(self) -> bool:
        """Whether fewer than half of those with an outcome held it."""
        return self.hits * 2 < self.told


def scored(forecasts: Iterable[Forecast], came: Mapping[Quarter, Decimal]) -> Record:
    """Return past forecasts with their outcomes, by the quarter they are for and were made at."""
    rows = []
    for one in sorted(forecasts, key=lambda one: (one.of, one.made_at)):
        actual = came.get(one.of)
        rows.append(Scored(one, actual, None if actual is None else one.holds(actual)))
    told = [row for row in rows if row.hit is not None]
    return Record(tuple(rows), sum(row.hit is True for row in told), len(told))
