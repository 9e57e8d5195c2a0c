"""T2: how many more enterprises must pass the threshold, and the gaps of the nearest."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal


@dataclass(frozen=True, slots=True)
class MustCross:
    """
    What a target of so many enterprises still needs.

    wanted    the fewest that meet the target
    to_cross  how many must still pass the threshold, besides those that have
    beyond    how many of them besides those that are on pace; 0 if these suffice
    nearest   the gaps of the nearest `beyond` near misses in yuan, least first
    lacking   how many of `beyond` exceed the number of near misses
    """

    wanted: int
    to_cross: int
    beyond: int
    nearest: tuple[Decimal, ...]
    lacking: int

    @property
    def together(self) -> Decimal:
        """What the nearest lack altogether, in yuan; they must earn more than that."""
        return sum(self.nearest, Decimal(0))


def must_cross(
    *, target: Decimal, comparator: str, secured: int, on_pace: int, gaps: Iterable[Decimal]
) -> MustCross:
    """
    Return how many more enterprises must pass the threshold, and which gaps are the nearest.

        wanted   = the target, rounded up (>=), or the next whole number over it (>)
        to cross = wanted − secured        beyond = wanted − secured − on pace, neither below 0

    gaps are what the near misses' projections lack, in yuan. Raises ValueError for a
    comparator that is neither >= nor >.
    """
    if comparator not in (">=", ">"):
        raise ValueError(f"No number of enterprises is the fewest for {comparator!r}.")
    if comparator == ">=":
        wanted = int(target.to_integral_value(ROUND_CEILING))
    else:
        wanted = int(target.to_integral_value(ROUND_FLOOR)) + 1
    to_cross = max(wanted - secured, 0)
    beyond = max(to_cross - on_pace, 0)
    nearest = tuple(sorted(gaps)[:beyond])
    return MustCross(wanted, to_cross, beyond, nearest, beyond - len(nearest))
