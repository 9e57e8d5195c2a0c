"""T2: the least number of enterprises over the line while cities are silent."""

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from foundation.quarters import Quarter
from indicators.formulas.firm_figures import Firms, newest_of_year
from indicators.formulas.firms_over import is_over


@dataclass(frozen=True, slots=True)
class CertainCount:
    """
    The enterprises that are over the line, as long as no accepted figure is corrected downwards.

    city_of  each of them, once, with the code of the city that brought its newest figure
    """

    city_of: Mapping[Hashable, str]

    @property
    def at_least(self) -> int:
        """How many they are. There is no certain maximum: enterprises join."""
        return len(self.city_of)

    @property
    def by_city(self) -> Mapping[str, int]:
        """How many there are of each city; a city without any is not in it."""
        return Counter(self.city_of.values())


def certain_count(firms: Firms, quarter: Quarter, line: Decimal) -> CertainCount:
    """
    Return the enterprises over the line by their newest accepted figure of the year.

        over = newest accepted cumulative figure of the same year > line

    Cumulative figures do not fall within a year: an enterprise that was over the line in March
    and has no line in June is silent, and still over. Whichever city brought the figure, the
    enterprise counts once. A newest figure that is lower than an earlier one
    replaces it. Amounts in yuan.
    """
    found: dict[Hashable, str] = {}
    for key, figures in firms.items():
        newest = newest_of_year(figures, quarter)
        if newest and is_over(figures[newest].revenue, line):
            found[key] = figures[newest].city
    return CertainCount(found)
