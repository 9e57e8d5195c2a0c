"""The projection of an amount that grows within the year to the year's end."""

from collections.abc import Iterable
from decimal import Decimal

from foundation.quarters import Quarter
from indicators.formulas.city_output import ZERO, CityOutput, checked
from indicators.formulas.likely_range import LikelyRange, ends_of


def year_projection(cities: Iterable[CityOutput], quarter: Quarter) -> LikelyRange | None:
    """
    Return the projection of the province's year from one of its quarters.

        city's year = x(p) × L(Q4) / L(p)

    p is the city's newest accepted quarter of the year, L the year before it. The ends are the
    projection × the lowest and highest ratio of truth to projection of the same quarter of
    earlier years, at least 1 % away, and never under what is accepted already. Without eight
    such ratios it has no ends. None if a city has nothing to be projected from.

    Raises Incomparable for a negative amount, or a city given twice.
    """
    every = checked(cities)
    low = centre = high = ZERO
    ends = ends_of(_earlier_errors(every, quarter))
    for city in every:
        found = _projected(city, quarter)
        if found is None:
            return None
        floor = city.made(quarter) if city.has(quarter) else city.floor(quarter)
        centre += max(found, floor)
        if ends is not None:
            low += max(found * ends.low, floor)
            high += max(found * ends.high, floor)
    return LikelyRange(low, centre, high) if ends else LikelyRange(None, centre, None)


def _projected(city: CityOutput, quarter: Quarter) -> Decimal | None:
    """Return the projection of one city's year; None if unknown."""
    since = quarter if city.has(quarter) else city.last_accepted(quarter)
    if since is None or since.year != quarter.year:
        return None
    then, whole = city.year_before(since), city.amounts.get(quarter.year_earlier().year_end)
    return city.made(since) * whole / then if then and whole is not None else None


def _earlier_errors(cities: list[CityOutput], quarter: Quarter) -> list[Decimal]:
    """Return truth / projection of every city in the same quarter of earlier years."""
    ratios = []
    first = min((q for city in cities for q in city.amounts), default=quarter)
    earlier = quarter.year_earlier()
    while earlier >= first:
        for city in cities:
            if not (city.has(earlier) and city.has(earlier.year_end)):
                continue
            found = _projected(city, earlier)
            if found:
                ratios.append(city.made(earlier.year_end) / found)
        earlier = earlier.year_earlier()
    return ratios
