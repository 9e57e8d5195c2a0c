"""The certain range of a total of the province while cities are silent."""

from collections.abc import Iterable

from foundation.quarters import Quarter
from indicators.formulas.certain_range import NOTHING_CERTAIN, WITHDRAWN, CertainRange
from indicators.formulas.city_output import ZERO, CityOutput, split, total


def certain_level(
    cities: Iterable[CityOutput], quarter: Quarter, *, cumulative: bool = True
) -> CertainRange:
    """
    Return the certain range of a total, in its unit.

        low  = what the reporting cities made + the silent cities' floors
        high = the same with their ceilings; open if one has none

    Floor, ceiling and cumulative as in certain_share. Withdrawn if a silent city's figures of
    the year fall; nothing is certain if no city has reported anything of the year.

    Raises Incomparable for a negative amount, or a city given twice.
    """
    reporting, silent = split(cities, quarter)
    limits = [
        (city.floor(quarter), city.ceiling(quarter)) if cumulative else (ZERO, None)
        for city in silent
    ]
    if any(high is not None and high < low for low, high in limits):
        return WITHDRAWN
    lows = [low for low, _high in limits]
    if not reporting and not any(lows):
        return NOTHING_CERTAIN
    reported = total(city.made(quarter) for city in reporting)
    known = [high for _low, high in limits if high is not None]
    return CertainRange(
        low=reported + total(lows),
        high=reported + total(known) if len(known) == len(limits) else None,
    )
