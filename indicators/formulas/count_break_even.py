"""T2: how many more enterprises must come over the line, and how many came in that part of last
year."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from foundation.quarters import Quarter
from indicators.formulas.certain_count import certain_count
from indicators.formulas.firm_figures import Firms


@dataclass(frozen=True, slots=True)
class CountBreakEven:
    """
    What a count still lacks, compared with the same part of last year.

    firms    how many more must be over the line for the target to be met; 0 if it is met
    crossed  how many of the silent cities' enterprises came over it between the quarters that
             are as far apart a year earlier; None if one of these cities has not reported both
    """

    firms: int
    crossed: int | None


def count_break_even(
    *, target: Decimal, comparator: str, at_least: int, crossed: int | None
) -> CountBreakEven | None:
    """
    Return how many more enterprises must come, and how many crossed last year.

        firms = the fewest that meet the target − the certain minimum

    The fewest are the target itself for >=, the next whole number for >. None for any other
    comparator: more enterprises do not turn it.
    """
    if comparator not in (">=", ">"):
        return None
    fewest = int(target.to_integral_value(ROUND_CEILING))
    if comparator == ">" and fewest == target:
        fewest += 1
    return CountBreakEven(max(fewest - at_least, 0), crossed)


def crossed_last_year(
    firms: Firms,
    quarter: Quarter,
    line: Decimal,
    last_of: Mapping[str, Quarter | None],
    told: Collection[tuple[str, Quarter]],
) -> int | None:
    """
    Return how many of the silent cities' enterprises crossed the line in this part of last year.

    last_of gives each silent city's last reported quarter p; None if it never reported. Crossed
    is over the line a year before the quarter, and not yet a year before p. If p is of an earlier
    year than the quarter, the count began anew in between: then all that were over it.

    None if a city has no p, or has not reported both quarters a year earlier: told are pairs of
    city and quarter that are reported.
    """
    then = quarter.year_earlier()
    over = certain_count(firms, then, line).city_of
    crossed = 0
    for city, p in last_of.items():
        if p is None or (city, then) not in told:
            return None
        theirs = {key for key, code in over.items() if code == city}
        if p.year == quarter.year:
            if (city, p.year_earlier()) not in told:
                return None
            theirs -= certain_count(firms, p.year_earlier(), line).city_of.keys()
        crossed += len(theirs)
    return crossed
