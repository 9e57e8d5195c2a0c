"""T1: within which ends the clusters' share must lie while cities are silent."""

from collections.abc import Iterable
from decimal import Decimal, localcontext

from clusters.quarters import Quarter
from indicators.formulas.certain_range import NOTHING_CERTAIN, WITHDRAWN, CertainRange
from indicators.formulas.city_output import ZERO, CityOutput, split

# Wide enough to add any amounts without rounding.
DIGITS = 80


def certain_share(
    cities: Iterable[CityOutput], quarter: Quarter, *, cumulative: bool = True
) -> CertainRange:
    """
    Return the certain range of the clusters' share of the province; fractions.

        low  = (C + floors in clusters) / (C + floors in clusters + R + ceilings outside)
        high = (C + ceilings in clusters) / (C + ceilings in clusters + R + floors outside)

    C and R are what the reporting cities made in the clusters and outside. A silent city made
    at least its floor, its newest accepted figure of the same year (0 if none), and at most
    its ceiling, the next accepted figure of that year. Most have no ceiling: then the low end
    is open if they are outside the clusters, the high end if they are in one, and both ends
    with silent cities of both kinds.

    cumulative is False of figures that can fall within a year, such as staff: these have
    neither floor nor ceiling. Withdrawn if a silent city's figures of the year fall. Nothing
    is certain where nothing positive is known.

    Raises Incomparable for a negative amount, or a city given twice.
    """
    reporting, silent = split(cities, quarter)
    limits = [_limits(city, quarter, cumulative) for city in silent]
    if any(high is not None and high < low for low, high in limits):
        return WITHDRAWN
    with localcontext(prec=DIGITS):
        clusters = sum((c.made(quarter) for c in reporting if c.in_cluster), ZERO)
        rest = sum((c.made(quarter) for c in reporting if not c.in_cluster), ZERO)
        least, most = (_together(silent, limits, side) for side in (True, False))
        if not clusters + rest + least[0] + most[0]:
            return NOTHING_CERTAIN
        return CertainRange(
            low=_share(clusters + least[0], None if most[1] is None else rest + most[1]),
            high=_rest_of_one(rest + most[0], None if least[1] is None else clusters + least[1]),
        )


def _limits(city: CityOutput, quarter: Quarter, cumulative: bool) -> tuple[Decimal, Decimal | None]:
    """Return a silent city's floor and ceiling."""
    return (city.floor(quarter), city.ceiling(quarter)) if cumulative else (ZERO, None)


def _together(
    silent: list[CityOutput], limits: list[tuple[Decimal, Decimal | None]], in_cluster: bool
) -> tuple[Decimal, Decimal | None]:
    """Return the sums of floors and of ceilings on one side; None if a city has no ceiling."""
    own = [
        limit for city, limit in zip(silent, limits, strict=True) if city.in_cluster is in_cluster
    ]
    highs = [high for _low, high in own]
    known = [high for high in highs if high is not None]
    low = sum((low for low, _high in own), ZERO)
    return low, sum(known, ZERO) if len(known) == len(highs) else None


def _share(clusters: Decimal, rest: Decimal | None) -> Decimal | None:
    """Return clusters / (clusters + rest); None, an open end, where rest has no limit."""
    if rest is None:
        return None
    return clusters / (clusters + rest) if clusters + rest else None


def _rest_of_one(rest: Decimal, clusters: Decimal | None) -> Decimal | None:
    """Return the share with the clusters at their most; None where they have no limit."""
    return None if clusters is None else _share(clusters, rest)
