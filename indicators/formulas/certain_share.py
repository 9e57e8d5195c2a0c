"""T1: the certain range of the clusters' share while cities are silent."""

from collections.abc import Iterable
from decimal import Decimal, localcontext

from foundation.quarters import Quarter
from indicators.formulas.certain_range import NOTHING_CERTAIN, WITHDRAWN, CertainRange
from indicators.formulas.city_output import ZERO, CityOutput, split, total

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
    limits = [(city.in_cluster, *_limits(city, quarter, cumulative)) for city in silent]
    if any(high is not None and high < low for _in_cluster, low, high in limits):
        return WITHDRAWN
    with localcontext(prec=DIGITS):
        clusters = total(c.made(quarter) for c in reporting if c.in_cluster)
        rest = total(c.made(quarter) for c in reporting if not c.in_cluster)
        least_in, most_in = _together(limits, in_cluster=True)
        least_out, most_out = _together(limits, in_cluster=False)
        if not clusters + rest + least_in + least_out:
            return NOTHING_CERTAIN
        return CertainRange(
            low=None if most_out is None else _share(clusters + least_in, rest + most_out),
            high=None if most_in is None else _share(clusters + most_in, rest + least_out),
        )


Limits = tuple[bool, Decimal, Decimal | None]


def _limits(city: CityOutput, quarter: Quarter, cumulative: bool) -> tuple[Decimal, Decimal | None]:
    """Return a silent city's floor and ceiling."""
    return (city.floor(quarter), city.ceiling(quarter)) if cumulative else (ZERO, None)


def _together(limits: Iterable[Limits], *, in_cluster: bool) -> tuple[Decimal, Decimal | None]:
    """Return the sums of floors and of ceilings on one side; None if a city has no ceiling."""
    own = [(low, high) for inside, low, high in limits if inside is in_cluster]
    known = [high for _low, high in own if high is not None]
    return total(low for low, _high in own), total(known) if len(known) == len(own) else None


def _share(clusters: Decimal, rest: Decimal) -> Decimal:
    return clusters / (clusters + rest)
