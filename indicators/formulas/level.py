"""A level of the province: the cities' sum, how far silent cities could raise it, its year."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from clusters.quarters import Quarter
from indicators.formulas.firm_outlook import share_of_year
from indicators.formulas.share_bounds import Assumption, CityOutput, share_bounds

ZERO, CENT = Decimal("0"), Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Level:
    """
    The sum of the cities that reported, and how far it could rise if the silent ones spoke.

    value, low   the sum of what is known; silent cities could make it no smaller
    high         with every silent city at its ceiling (share_bounds says how that is found);
                 None if one has no record to go by
    """

    value: Decimal
    low: Decimal
    high: Decimal | None
    assumptions: tuple[Assumption, ...]


def level(cities: Iterable[CityOutput], quarter: Quarter) -> Level | None:
    """
    Return the province's level in a quarter; None if no city has reported.

    Raises Incomparable for a negative amount, or a city given twice.
    """
    every = list(cities)
    assumptions = share_bounds(every, quarter).assumptions
    known = [amount for city in every if (amount := city.amounts.get(quarter)) is not None]
    if not known:
        return None
    value = sum(known, ZERO)
    ceilings = [one.ceiling for one in assumptions]
    more = [ceiling for ceiling in ceilings if ceiling is not None]
    high = value + sum(more, ZERO) if len(more) == len(ceilings) else None
    return Level(value, value, high, assumptions)


def year_share(cities: Iterable[CityOutput], quarter: Quarter) -> Decimal | None:
    """
    Return which share of last year's amount had been reached by the same quarter.

    Of those cities only that reported both quarters last year. None if none did, or the share
    is no use for projecting (share_of_year).
    """
    then, whole = quarter.year_earlier(), quarter.year_earlier().year_end
    known = [
        (by_then, in_all)
        for city in cities
        if (by_then := city.amounts.get(then)) is not None
        and (in_all := city.amounts.get(whole)) is not None
    ]
    if not known:
        return None
    return share_of_year(sum((a for a, _ in known), ZERO), sum((b for _, b in known), ZERO))


def year_projection(cumulative: Decimal, share: Decimal) -> Decimal:
    """
    Return what a year will come to, to the cent.

        projection = cumulative / share of the year that was over by then a year earlier
    """
    return (cumulative / share).quantize(CENT, ROUND_HALF_UP)
