"""Coverage: which cities have reported a measure, and which have not."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from clusters.models import City
from foundation.quarters import Quarter
from indicators.catalogue import Measure
from indicators.data.snapshot import Snapshot


@dataclass(frozen=True)
class Coverage:
    """
    The cities whose accepted figures a value rests on, of all cities of the province.

    reporting and missing are in the order of the cities' codes. Of a count of established
    things: the things of which it is known whether they are, and the others. All have a code.
    """

    reporting: tuple[Any, ...]
    missing: tuple[Any, ...]

    @property
    def accepted(self) -> int:
        """How many have reported."""
        return len(self.reporting)

    @property
    def expected(self) -> int:
        """How many should."""
        return len(self.reporting) + len(self.missing)

    @property
    def is_complete(self) -> bool:
        """Whether all have reported; False where there is nobody to report."""
        return bool(self.reporting) and not self.missing


def output_reported(snapshot: Snapshot, city: City, quarter: Quarter) -> bool:
    """Return whether a city's own output value is in force: what the share rests on."""
    return snapshot.output_value(city, quarter) is not None


def measure_reported(measure: Measure) -> "Reported":
    """Return a function that says whether a city's own total of a measure is in force."""

    def reported(snapshot: Snapshot, city: City, quarter: Quarter) -> bool:
        return snapshot.figure(city, quarter, measure) is not None

    return reported


def firms_reported(snapshot: Snapshot, city: City, quarter: Quarter) -> bool:
    """
    Return whether a city's enterprises are in force: what the count rests on.

    At least one line; or the city's own total that says it has none, or its declaration that
    there is nothing: both are reports too.
    """
    if (city.code, quarter) in snapshot.lines:
        return True
    totals = snapshot.city_totals.get((city.code, quarter))
    return totals is not None and (totals.enterprises == 0 or totals.nil)


Reported = Callable[[Snapshot, City, Quarter], bool]


def coverage(snapshot: Snapshot, quarter: Quarter, reported: Reported) -> Coverage:
    """Return the coverage of a quarter; reported is one of the functions above."""
    spoke = {city.code for city in snapshot.cities if reported(snapshot, city, quarter)}
    return Coverage(
        reporting=tuple(city for city in snapshot.cities if city.code in spoke),
        missing=tuple(city for city in snapshot.cities if city.code not in spoke),
    )
