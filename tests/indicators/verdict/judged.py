"""A goal, coverages and ranges for the tests of standings."""

from dataclasses import replace
from decimal import Decimal

from foundation.quarters import Quarter
from indicators.formulas.certain_range import CertainRange
from indicators.formulas.likely_range import LikelyRange
from indicators.verdict.goal import Goal
from indicators.verdict.standing import CoverageCount, judge

START, TWO_THIRDS, DEADLINE = Quarter(2022, 4), Quarter(2024, 4), Quarter(2025, 4)
FIRMS = Goal(Decimal("300"), ">=", DEADLINE, Decimal("220"), START)
ANNUAL = replace(FIRMS, annual=True)
ALL, TWO_SILENT = CoverageCount(16, 16), CoverageCount(14, 16, ("370600", "371300"))


def ruled(value, goal=FIRMS, quarter=TWO_THIRDS, **more):
    """The standing and the reason for a value."""
    verdict = judge(None if value is None else Decimal(value), goal, quarter, **more)
    return verdict.standing, verdict.reason


def span(low, high):
    """A certain range, its ends written as texts; None is open."""
    return CertainRange(*(None if end is None else Decimal(end) for end in (low, high)))


def likely(low, high):
    """An estimate between two ends."""
    ends = Decimal(low), Decimal(high)
    return LikelyRange(ends[0], sum(ends) / 2, ends[1])
