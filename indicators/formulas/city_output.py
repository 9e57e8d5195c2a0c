"""A city's accepted figures by quarter, and the limits they set for a quarter without one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from foundation.quarters import Quarter
from indicators.formulas.incomparable import Incomparable

ZERO = Decimal("0")


@dataclass(frozen=True, slots=True)
class CityOutput:
    """
    What is in force of one city's measure, by quarter; amounts in yuan, cumulative in the year.

    amounts       a quarter that is not there, or is None, was not reported; it is not zero
    year_earlier  上年同期 as the city wrote it in its return of a quarter: used only where no
                  return of the quarter a year earlier is accepted
    """

    city: str
    in_cluster: bool
    amounts: Mapping[Quarter, Decimal | None]
    year_earlier: Mapping[Quarter, Decimal | None] = field(default_factory=dict)

    def made(self, quarter: Quarter) -> Decimal:
        """Return the amount of a quarter that it has reported."""
        amount = self.amounts[quarter]
        assert amount is not None
        return amount

    def has(self, quarter: Quarter) -> bool:
        """Return whether it has an accepted figure of a quarter."""
        return self.amounts.get(quarter) is not None

    def last_accepted(self, quarter: Quarter) -> Quarter | None:
        """Return the newest quarter before this one that it has reported; None if none."""
        return max((q for q in self.amounts if q < quarter and self.has(q)), default=None)

    def floor(self, quarter: Quarter) -> Decimal:
        """Return the newest accepted amount of the year before a quarter; 0 if there is none."""
        last = self.last_accepted(quarter)
        return self.made(last) if last and last.year == quarter.year else ZERO

    def ceiling(self, quarter: Quarter) -> Decimal | None:
        """Return the next accepted amount of the year after a quarter; None if there is none."""
        later = [q for q in self.amounts if quarter < q <= quarter.year_end and self.has(q)]
        return self.made(min(later)) if later else None

    def year_before(self, quarter: Quarter) -> Decimal | None:
        """Return the amount of the same quarter a year earlier; None if unknown."""
        accepted = self.amounts.get(quarter.year_earlier())
        return self.year_earlier.get(quarter) if accepted is None else accepted


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Return the sum of amounts, a Decimal also where there are none."""
    return sum(amounts, ZERO)


def checked(cities: Iterable[CityOutput]) -> list[CityOutput]:
    """Return the cities. Raises Incomparable for a negative amount, or a city given twice."""
    every = list(cities)
    if len({city.city for city in every}) < len(every):
        raise Incomparable("A city is given twice.")
    for city in every:
        if any(amount is not None and amount < 0 for amount in city.amounts.values()):
            raise Incomparable(f"{city.city} made less than nothing.")
    return every


def split(
    cities: Iterable[CityOutput], quarter: Quarter
) -> tuple[list[CityOutput], list[CityOutput]]:
    """Return the cities with an accepted figure of a quarter, and those without: the silent."""
    every = checked(cities)
    return [c for c in every if c.has(quarter)], [c for c in every if not c.has(quarter)]
