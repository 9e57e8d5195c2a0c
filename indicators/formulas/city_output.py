"""T1: what is on record of a city's output value, and which of it a silent quarter may rest on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from clusters.quarters import Quarter
from indicators.formulas.incomparable import Incomparable


@dataclass(frozen=True, slots=True)
class CityOutput:
    """
    What is in force of one city: cumulative output value in yuan, by quarter.

    A quarter that is not in `amounts`, or is None there, was not reported; it is not zero.
    """

    city: str
    in_cluster: bool
    amounts: Mapping[Quarter, Decimal | None]

    def made(self, quarter: Quarter) -> Decimal:
        """Return what it made in a quarter that it has reported."""
        amount = self.amounts[quarter]
        assert amount is not None
        return amount

    def last_of_the_year(self, quarter: Quarter) -> Quarter | None:
        """Return the last earlier quarter of the same year that it has reported; None if none."""
        this_year = Quarter.range(Quarter(quarter.year, 1), quarter)[:-1]
        return next((q for q in reversed(this_year) if self.amounts.get(q) is not None), None)

    def a_year_earlier(self, quarter: Quarter) -> Quarter | None:
        """Return the same quarter a year earlier; None if it has not reported that."""
        then = quarter.year_earlier()
        return None if self.amounts.get(then) is None else then


def checked(cities: Iterable[CityOutput]) -> list[CityOutput]:
    """Return the cities. Raises Incomparable for what cannot be a province's output by city."""
    every = list(cities)
    if len({city.city for city in every}) < len(every):
        raise Incomparable("A city is given twice.")
    for city in every:
        if any(amount is not None and amount < 0 for amount in city.amounts.values()):
            raise Incomparable(f"{city.city} made less than nothing.")
    return every
