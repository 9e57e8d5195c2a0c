"""Weight of coverage: the reporting cities' part of the province's figure a year earlier."""

from collections.abc import Iterable
from decimal import Decimal

from foundation.quarters import Quarter
from indicators.formulas.city_output import CityOutput, split, total


def coverage_weight(cities: Iterable[CityOutput], quarter: Quarter) -> Decimal | None:
    """
    Return the reporting cities' part of the province's figure a year earlier, a fraction.

        weight = what the reporting cities made a year earlier / what all cities made then

    Of the same quarter: accepted figures, for a reporting city without one its own 上年同期.
    None if nobody has reported, if any city has no figure of that quarter, or if all made
    nothing.
    """
    reporting, silent = split(cities, quarter)
    earlier = [city.year_before(quarter) for city in reporting]
    missing = [city.year_before(quarter) for city in silent]
    of_reporting = [amount for amount in earlier if amount is not None]
    of_silent = [amount for amount in missing if amount is not None]
    if not reporting or len(of_reporting) < len(earlier) or len(of_silent) < len(missing):
        return None
    every = total(of_reporting) + total(of_silent)
    return total(of_reporting) / every if every else None
