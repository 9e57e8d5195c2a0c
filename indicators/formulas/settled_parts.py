"""Which part of a share's likely range each silent city's report would remove."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from indicators.formulas.adding_up import parts_that_add_up


@dataclass(frozen=True, slots=True)
class SilentAmount:
    """A silent city's estimate, yuan: 0 <= low <= centre <= high; is it in the numerator?"""

    in_cluster: bool
    low: Decimal
    centre: Decimal
    high: Decimal

    @property
    def settled(self) -> "SilentAmount":
        """The same after its report, taken to be what was estimated."""
        return replace(self, low=self.centre, high=self.centre)


def settled_parts(
    clusters: Decimal, rest: Decimal, silent: Sequence[SilentAmount]
) -> tuple[Decimal, ...] | None:
    """
    Return for each silent city the part of the range that its report would remove.

    removed by a city = width of the range − width once that city is settled

    Each is given as a part of all that is removed, rounded to whole percents that add up to 1.
    clusters and rest are what the reporting cities made in the numerator and outside. None
    without a range to remove anything from.
    """
    width = _width(clusters, rest, silent)
    removed = [
        width - _width(clusters, rest, [*silent[:at], one.settled, *silent[at + 1 :]])
        for at, one in enumerate(silent)
    ]
    whole = sum(removed, Fraction(0))
    if whole <= 0:
        return None
    return parts_that_add_up([one / whole for one in removed], Decimal(1), places=2)


def _width(clusters: Decimal, rest: Decimal, silent: Sequence[SilentAmount]) -> Fraction:
    """Return how far the ends of the share are apart; 0 where nothing was made."""
    low = _share(clusters, rest, silent, "low", "high")
    high = _share(clusters, rest, silent, "high", "low")
    return high - low


def _share(
    clusters: Decimal, rest: Decimal, silent: Sequence[SilentAmount], inside: str, outside: str
) -> Fraction:
    """Return the share with one end of the cities in the numerator, another of the others."""
    made = Fraction(clusters) + sum(Fraction(getattr(c, inside)) for c in silent if c.in_cluster)
    others = Fraction(rest) + sum(Fraction(getattr(c, outside)) for c in silent if not c.in_cluster)
    return made / (made + others) if made + others else Fraction(0)
