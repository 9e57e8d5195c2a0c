"""Goals and standings: the value to reach, the deadline, the way to it."""

import operator
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from foundation.quarters import Quarter

COMPARATORS = {">=": operator.ge, ">": operator.gt, "<=": operator.le, "<": operator.lt}
# 左右: within a band, both edges included; a value above it misses the target too.
ABOUT = "about"


class Standing(StrEnum):
    """The standings, best first; the last is none of them."""

    ACHIEVED = "achieved"
    ON_PACE = "on_pace"
    SLIGHTLY_BEHIND = "slightly_behind"
    BEHIND = "behind"
    SERIOUSLY_BEHIND = "seriously_behind"
    CANNOT_JUDGE = "cannot_judge"


@dataclass(frozen=True, slots=True)
class Bands:
    """
    The limits of the standings, in percentage points behind the pace.

    Behind (yellow) from yellow_from, seriously behind (red) over red_from: 30 itself is still
    yellow. Below yellow_from is slightly behind. Raises ValueError if out of order.

    Source: press report of Yinchuan's lights, 2025 (README, [2]).
    """

    yellow_from: Decimal = Decimal("10")
    red_from: Decimal = Decimal("30")

    def __post_init__(self) -> None:
        if not 0 < self.yellow_from <= self.red_from:
            raise ValueError(f"Bands from {self.yellow_from} and over {self.red_from}.")

    def standing(self, points_behind: Decimal) -> Standing:
        """Return the standing for so many points behind; 0 or fewer is on pace."""
        if points_behind <= 0:
            return Standing.ON_PACE
        if points_behind < self.yellow_from:
            return Standing.SLIGHTLY_BEHIND
        if points_behind <= self.red_from:
            return Standing.BEHIND
        return Standing.SERIOUSLY_BEHIND


@dataclass(frozen=True, slots=True)
class Goal:
    """
    The goal of an indicator. Values in its own unit.

    target, comparator     exact: >= includes the target, > does not; also <=, < and about
    band                   of about: its two edges, both of which meet the target; else None
    deadline               the quarter at whose end the target is due
    baseline, baseline_at  the value and its quarter; both None where none is published
    interim                values due on the way, by quarter; none makes the line straight
    bands                  the limits of the standings
    annual                 whether the figure grows within each year towards its value at the
                           year's end, like the count of firms over a yearly revenue

    Raises ValueError for an unknown comparator, a band that does not go with it or does not
    hold the target, or a baseline without its quarter.
    """

    target: Decimal
    comparator: str
    deadline: Quarter
    baseline: Decimal | None = None
    baseline_at: Quarter | None = None
    interim: Mapping[Quarter, Decimal] = field(default_factory=dict)
    bands: Bands = Bands()
    annual: bool = False
    band: tuple[Decimal, Decimal] | None = None

    def __post_init__(self) -> None:
        if self.comparator not in COMPARATORS and self.comparator != ABOUT:
            raise ValueError(f"{self.comparator!r} is no comparator.")
        if (self.band is None) is (self.comparator == ABOUT):
            raise ValueError("A band goes with about, and with nothing else.")
        if self.band is not None and not self.band[0] <= self.target <= self.band[1]:
            raise ValueError(f"{self.target} does not lie in {self.band}.")
        if (self.baseline is None) is not (self.baseline_at is None):
            raise ValueError("A baseline goes with its quarter.")

    def met_by(self, value: Decimal) -> bool:
        """Return whether a value meets the target."""
        if self.band is not None:
            return self.band[0] <= value <= self.band[1]
        return bool(COMPARATORS[self.comparator](value, self.target))

    @property
    def rising(self) -> bool:
        """Whether the target, once met, stays met by a figure that only grows."""
        return self.comparator in (">=", ">")

    @property
    def aim(self) -> Decimal:
        """The end of the way from the baseline: the target, or the edge of the band met first."""
        if self.band is None:
            return self.target
        low, high = self.band
        return high if self.baseline is not None and self.baseline > high else low

    def counted(self, value: Decimal) -> Decimal:
        """
        Return a value as it counts for attainment.

        A value beyond a band's far edge counts as equally far short of the near edge.
        """
        if self.band is None:
            return value
        low, high = self.band
        if self.aim == low and value > high:
            return low - (value - high)
        if self.aim == high and value < low:
            return high + (low - value)
        return value

    def straddled(self, low: Decimal | None, high: Decimal | None) -> bool:
        """Return whether the whole band lies between two values."""
        if self.band is None or low is None or high is None:
            return False
        return low < self.band[0] and self.band[1] < high
