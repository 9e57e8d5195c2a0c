"""The likely range: an estimate with its ends, its method and the record of past ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

# Fewer earlier errors than this give no ends.
FEWEST_RATIOS = 8
# The ends are never nearer to the centre than 1 %.
LEAST_ERROR = Decimal("0.01")
# Below this weight of coverage no estimate is made; a field of the plan, this is its default.
LEAST_WEIGHT = Decimal("0.60")
# A record allows a lean from so many quarters and this rate on.
FEWEST_QUARTERS = 4
LEAST_RATE = Decimal("0.90")


class NoEstimate(StrEnum):
    """Why no estimate can be made."""

    NOBODY_REPORTED = "nobody_reported"
    LOW_COVERAGE = "low_coverage"
    NO_EARLIER_FIGURE = "no_earlier_figure"
    TOO_FEW_ERRORS = "too_few_errors"


@dataclass(frozen=True, slots=True)
class LikelyRange:
    """
    An estimate in the figure's unit; low <= centre <= high.

    low and high are None together, without enough earlier errors: a figure without ends, which
    supports no verdict.
    """

    low: Decimal | None
    centre: Decimal
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class Ends:
    """The lowest and the highest ratio of truth to estimate, at least 1 % from it each."""

    low: Decimal
    high: Decimal


def ends_of(ratios: Iterable[Decimal]) -> Ends | None:
    """Return the ends that earlier errors give; None from fewer than eight of them."""
    known = list(ratios)
    if len(known) < FEWEST_RATIOS:
        return None
    return Ends(min(*known, 1 - LEAST_ERROR), max(*known, 1 + LEAST_ERROR))


def weight_allows(
    weight: Decimal | None, *, reporting: int, expected: int, least: Decimal = LEAST_WEIGHT
) -> bool:
    """
    Return whether enough has been reported to estimate the rest.

    By the weight of coverage; by the number of cities where that is not known (None).
    """
    if weight is None:
        weight = Decimal(reporting) / expected if expected else Decimal("0")
    return weight >= least


@dataclass(frozen=True, slots=True)
class Trial:
    """One past quarter with cities hidden: the range made then, and the truth."""

    quarter: str
    likely: LikelyRange
    truth: Decimal

    @property
    def width(self) -> Decimal:
        """From the low to the high end."""
        assert self.likely.low is not None
        assert self.likely.high is not None
        return self.likely.high - self.likely.low

    @property
    def held(self) -> bool:
        """Whether the range held the truth."""
        assert self.likely.low is not None
        assert self.likely.high is not None
        return self.likely.low <= self.truth <= self.likely.high


@dataclass(frozen=True, slots=True)
class EstimateRecord:
    """
    How past estimates fared.

    rate      part of the trials in which the truth lay in the range, a fraction
    width     mean width of the ranges, in the figure's unit
    worst     the quarter with the lowest rate, and that rate
    quarters  how many quarters were tried
    trials    how many trials there were in all
    """

    rate: Decimal
    width: Decimal
    worst: str
    worst_rate: Decimal
    quarters: int
    trials: int

    @property
    def allows_a_lean(self) -> bool:
        """Whether it allows an expected standing."""
        return self.quarters >= FEWEST_QUARTERS and self.rate >= LEAST_RATE


def record_of(trials: Iterable[Trial]) -> EstimateRecord | None:
    """Return the record of past trials; None if there are none."""
    by_quarter: dict[str, list[Trial]] = {}
    for one in trials:
        by_quarter.setdefault(one.quarter, []).append(one)
    every = [one for some in by_quarter.values() for one in some]
    if not every:
        return None
    rates = {quarter: _rate(some) for quarter, some in by_quarter.items()}
    worst = min(sorted(rates), key=lambda quarter: rates[quarter])
    return EstimateRecord(
        rate=_rate(every),
        width=sum((one.width for one in every), Decimal("0")) / len(every),
        worst=worst,
        worst_rate=rates[worst],
        quarters=len(by_quarter),
        trials=len(every),
    )


def _rate(trials: list[Trial]) -> Decimal:
    return Decimal(sum(one.held for one in trials)) / len(trials)
