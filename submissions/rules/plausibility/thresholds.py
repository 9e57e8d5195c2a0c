"""
Thresholds of the plausibility rules, as data; the page of rules prints them with each rule.

They were set by measuring (tests/benchmarks/plausibility): few true lines are questioned, also in
a year with shocks, and most planted errors are found.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Band:
    """
    How far a change may be from the usual one.

    times  in spreads; a spread is 1.4826 × the median absolute deviation of logarithms
    floor  the least spread, in logarithms: 0.12 is about 12 %
    least  differences below this do not count, in the figure's own unit (yuan, persons)
    """

    times: float
    floor: float
    least: float = 0

    @property
    def factor(self) -> str:
        """Return the factor that is questioned where the usual changes hardly differ."""
        return f"{2.718281828 ** (self.times * self.floor):.1f}"


# Fewer lines than this are no peers: they have no usual change.
FEWEST_PEERS = 8

# An amount against the same quarter of last year.
YEAR = Band(times=4.5, floor=0.12, least=500_000)
# A single quarter against the same one of last year. It must also be this many times the
# highest single quarter of two years.
QUARTER = Band(times=4.5, floor=0.2, least=500_000)
ABOVE_HIGHEST = 1.5
# What a quarter adds to a year's amount, against what it adds to the others'.
STEP = Band(times=4.5, floor=0.1, least=500_000)
# Output value over revenue, against the firm's own usual ratio.
OUTPUT_RATIO = Band(times=5, floor=0.1, least=500_000)
# R&D expenditure over total revenue, against the firm's own usual ratio.
RESEARCH_RATIO = Band(times=5, floor=0.15, least=200_000)
# Staff against the quarter before.
STAFF = Band(times=5, floor=0.12, least=10)
# Levels of a firm without history, against the other lines.
LEVEL = Band(times=5, floor=0.4, least=500_000)

# Revenue newly over 100 million: questioned from so many spreads of the change, or if it is so
# little above the line.
CROSSING_TIMES = 2.5
JUST_OVER = 0.02

# The values of a line disagree with its own history from this mean distance in logarithms, and
# agree with another line's up to that one.
DISAGREES, AGREES = 0.4, 0.15
# So many rows that disagree one by one are a shift. So many that together agree so many times
# better with the neighbours' figures are one too, if they are not all alike.
FEWEST_SHIFTED = 3
MANY_SHIFTED, TOGETHER, ALIKE = 6, 4, 0.05

# A city's amount against the same quarter of last year.
CITY_YEAR = Band(times=4.5, floor=0.12, least=1_000_000)
# A city's total over the sum of its lines, against that ratio in its last return: amounts, counts.
CITY_RATIO, CITY_COUNT_RATIO = 1.25, 1.12
# The smallest difference of a count that is asked about.
FEWEST_COUNTED = 3
