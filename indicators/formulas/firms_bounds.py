"""T2: how far the count of enterprises could rise if the silent cities spoke."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class LastReport:
    """
    The last figure in force of an enterprise in a silent city.

    revenue  environmental revenue in yuan, cumulative to the end of that quarter
    quarter  1 to 4
    """

    code: str
    revenue: Decimal
    quarter: int

    @property
    def full_year(self) -> Decimal:
        """The revenue of a full year at the same rate."""
        return self.revenue * 4 / self.quarter


@dataclass(frozen=True, slots=True)
class FirmsBounds:
    """
    How many enterprises there are at least and at most, and which make the difference.

    low    those already counted
    high   the same with every enterprise of a silent city that could be over
    could  their credit codes, by city
    """

    low: int
    high: int
    could: Mapping[str, tuple[str, ...]]


def firms_bounds(
    *,
    accepted: int,
    silent: Mapping[str, Iterable[LastReport] | None],
    threshold: Decimal,
    counted: Collection[str] = (),
) -> FirmsBounds | None:
    """
    Return how far the count could rise; None if nothing on record says so.

        low  = accepted
        high = accepted + the silent cities' enterprises that could be over the threshold

    Could be over: at its last report at least half the threshold for a full year at the same
    rate. One that more than doubled since, or that nobody ever reported, is not foreseen.

    accepted is the count the bounds are for: enterprises over, or secured and on pace.
    silent gives each silent city's enterprises, None for a city with no record at all (which
    leaves no bound), an empty list for one that last reported none. counted names enterprises
    that reported already, so that one that moved to another city counts once.
    """
    seen = set(counted)
    could: dict[str, tuple[str, ...]] = {}
    for city, reports in sorted(silent.items()):
        if reports is None:
            return None
        codes = {report.code for report in reports if report.full_year >= HALF * threshold} - seen
        seen |= codes
        could[city] = tuple(sorted(codes))
    return FirmsBounds(accepted, accepted + sum(map(len, could.values())), could)
