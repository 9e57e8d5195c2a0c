"""T2: the ends of an estimated count, from how far past estimates were off."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from foundation.quarters import Quarter
from indicators.formulas.count_errors import Errors, chance_over, number_of

ZERO, ONE = Decimal("0"), Decimal("1")
# Two standard deviations hold about 95 of 100 outcomes.
DEVIATIONS = Decimal("2")
# A narrower range would be more certain than a count of estimates can be.
LEAST_WIDTH = 2


@dataclass(frozen=True, slots=True)
class Near:
    """A silent enterprise estimated between half and twice the line, in yuan, from quarter p."""

    city: str
    p: Quarter
    estimate: Decimal


# Mean and variance of how many will be over, by silent city, quarter p and reported city.
Pairs = dict[tuple[str, Quarter, str], tuple[Decimal, Decimal]]


@dataclass(frozen=True, slots=True)
class ErrorSample:
    """
    How far estimates were off in one quarter: so many years back, 0 being the quarter itself.

    by_base  by the quarter that estimates now start from: the errors of those from the quarter
             as far back then
    pairs    what has been computed of them, for ranges of the same estimates
    """

    years: int
    by_base: Mapping[Quarter, Errors]
    pairs: Pairs = field(default_factory=dict)

    @property
    def errors(self) -> int:
        """How many errors there are, of the quarter with the fewest."""
        return min(map(number_of, self.by_base.values()), default=0)


def count_range(
    samples: Collection[ErrorSample],
    near: Iterable[Near],
    *,
    sure: int,
    line: Decimal,
    at_least: int,
    centre: int,
) -> tuple[int, int] | None:
    """
    Return the lowest and highest likely count; None without errors to go by.

    For one silent city and one other city's errors (truth / estimate):

        chance of an enterprise = part of these errors with estimate × error > line
        mean = Σ chance        variance = Σ chance × (1 − chance)

    Which other city it will be like is not known. Over all of them, each weighted by its number
    of errors, w:

        mean of the city = Σ w × mean
        variance of the city = Σ w × (variance + (mean − mean of the city)²)

    Then, rounded outward,

        low, high = sure + Σ mean of the city ∓ 2 × √(Σ variance of the city)

    but no fewer than the sure ones and no more than those and all in question;
    for the errors of this quarter and for those of the same quarter of each earlier year; of
    these ranges the lowest low and the highest high. Never without the centre, never narrower
    than 2 enterprises, and low never under at_least, the certain minimum.

    sure is the number of enterprises that are not in question.
    """
    ranges = [_range(sample, tuple(near), sure, line) for sample in samples]
    if not ranges:
        return None
    low = max(min([centre, *(low for low, _high in ranges)]), at_least)
    high = max([centre, *(high for _low, high in ranges)])
    return _widened(low, high, at_least)


def _range(
    sample: ErrorSample, near: Collection[Near], sure: int, line: Decimal
) -> tuple[int, int]:
    """Return the range by the errors of one quarter."""
    groups: dict[tuple[str, Quarter], list[Decimal]] = defaultdict(list)
    for one in near:
        groups[one.city, one.p].append(one.estimate)
    moments = [_moments(sample, at, estimates, line) for at, estimates in groups.items()]
    mean = sure + sum((mean for mean, _variance in moments), ZERO)
    spread = DEVIATIONS * sum((variance for _mean, variance in moments), ZERO).sqrt()
    low, high = _whole(mean - spread, ROUND_FLOOR), _whole(mean + spread, ROUND_CEILING)
    return max(low, sure), min(high, sure + len(near))


def _moments(
    sample: ErrorSample, at: tuple[str, Quarter], estimates: Collection[Decimal], line: Decimal
) -> tuple[Decimal, Decimal]:
    """Return the mean and the variance of how many of a city's enterprises will be over."""
    errors = sample.by_base[at[1]]
    every = number_of(errors)
    by_donor = []
    for donor, ratios in errors.items():
        if (*at, donor) not in sample.pairs:
            sample.pairs[*at, donor] = _pair(estimates, ratios, line)
        by_donor.append((Decimal(len(ratios)) / every, *sample.pairs[*at, donor]))
    mean = sum((w * m for w, m, _v in by_donor), ZERO)
    return mean, sum((w * (v + (m - mean) ** 2) for w, m, v in by_donor), ZERO)


def _pair(
    estimates: Collection[Decimal], ratios: Sequence[Decimal], line: Decimal
) -> tuple[Decimal, Decimal]:
    """Return the same, with the errors of one reported city."""
    chances = [chance_over(one, ratios, line) for one in estimates]
    return sum(chances, ZERO), sum((chance * (ONE - chance) for chance in chances), ZERO)


def _whole(number: Decimal, rounding: str) -> int:
    """Round outward, ignoring the last digits of a quotient."""
    return int(number.quantize(Decimal("1e-9")).to_integral_value(rounding))


def _widened(low: int, high: int, at_least: int) -> tuple[int, int]:
    """Return a range of at least two, downwards first where the certain minimum allows it."""
    if high - low >= LEAST_WIDTH:
        return low, high
    low = max(low - 1, at_least)
    return low, max(high, low + LEAST_WIDTH)
