"""T2: the estimated number of enterprises over the line while cities are silent."""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from foundation.quarters import Quarter
from indicators.formulas.certain_count import CertainCount, certain_count
from indicators.formulas.count_errors import HALF, TWICE
from indicators.formulas.count_range import Near, count_range
from indicators.formulas.error_samples import ErrorSamples
from indicators.formulas.firm_figures import Figures, Firms, newest_of_year
from indicators.formulas.firms_over import is_over
from indicators.formulas.likely_range import LEAST_WEIGHT


class NoCount(StrEnum):
    """Why there is no estimate of a count, or an estimate without ends."""

    LOW_COVERAGE = "low_coverage"
    NO_EARLIER_FIGURE = "no_earlier_figure"
    FEW_ERRORS = "few_errors"


@dataclass(frozen=True, slots=True)
class LikelyCount:
    """
    An estimated count with its ends; low <= centre <= high.

    low, high  None if there are too few past errors to go by: then it is a figure without ends
    over       each enterprise that is counted, with its city's code
    errors     how many past errors the ends rest on, by years back (0 is the quarter itself)
    """

    centre: int
    low: int | None
    high: int | None
    over: Mapping[Hashable, str]
    errors: Mapping[int, int]

    @property
    def by_city(self) -> Mapping[str, int]:
        """How many are counted of each city; a city without any is not in it."""
        return Counter(self.over.values())

    def beside(self, others: int) -> "LikelyCount":
        """Return the same with so many more over the line: low, centre and high shift by them."""
        low, high = (None if end is None else end + others for end in (self.low, self.high))
        return replace(self, centre=self.centre + others, low=low, high=high)


def complete_count(certain: CertainCount) -> LikelyCount:
    """Return the count of a quarter that every city has reported: nothing is estimated."""
    number = certain.at_least
    return LikelyCount(number, number, number, certain.city_of, {})


def likely_count(
    firms: Firms,
    quarter: Quarter,
    line: Decimal,
    *,
    silent: Collection[str],
    weight: Decimal | None,
    least_weight: Decimal = LEAST_WEIGHT,
    unknown: Collection[str] = (),
) -> LikelyCount | NoCount:
    """
    Return the estimated number of enterprises over the line in the complete quarter.

        estimate of a silent enterprise = x(p) × L(q) / L(p)        counted if > line

    p is the last accepted quarter of that enterprise, x its figure and L the same quarter a year
    earlier (Factors says what replaces an unusable factor). Not under its newest
    accepted figure of the year. All others count by the newest accepted figure.

    The ends: each silent enterprise is estimated as far off as an enterprise of a reported city
    was, in this quarter or in the same quarter of an earlier year (count_range).

    silent   the codes of the cities that owe the quarter; unknown: those among them that have
             reported no enterprise in this year or the last
    weight   the reported cities' part of the count a year earlier; None if that is not known

    Without a silent city it is the certain count. A reason instead, if the weight is not known
    or under least_weight, if a silent city is unknown, or with fewer than 8 errors on record.
    """
    if not silent:
        return complete_count(certain_count(firms, quarter, line))
    if weight is None or weight < least_weight:
        return NoCount.LOW_COVERAGE
    if unknown:
        return NoCount.NO_EARLIER_FIGURE
    samples = ErrorSamples(firms, line, first=0, without=silent)
    found = estimated_count(firms, quarter, quarter, line, silent=silent, samples=samples)
    return found if found.low is not None else NoCount.FEW_ERRORS


@dataclass(frozen=True, slots=True)
class Estimates:
    """
    Enterprises by their known or estimated figure of a target quarter.

    certain  those that are over the line already
    over     those and the ones estimated over it, with the city's code
    sure     how many are not in question: certain, or estimated at over twice the line
    near     those estimated between half and twice the line
    """

    certain: int
    over: Mapping[Hashable, str]
    sure: int
    near: tuple[Near, ...]

    @classmethod
    def together(cls, parts: Iterable["Estimates"]) -> "Estimates":
        """Return the estimates of several cities as one."""
        every = tuple(parts)
        return cls(
            sum(one.certain for one in every),
            {key: city for one in every for key, city in one.over.items()},
            sum(one.sure for one in every),
            tuple(near for one in every for near in one.near),
        )


def estimated_count(
    firms: Firms,
    quarter: Quarter,
    target: Quarter,
    line: Decimal,
    *,
    silent: Collection[str],
    samples: ErrorSamples,
) -> LikelyCount:
    """
    Return how many enterprises will be over the line by a target quarter, seen from a quarter.

    Estimated are those that have a figure of the quarter but not of the target, and those of
    silent cities, which owe the quarter. low and high are None without errors to go by.
    """
    found = estimates(firms, quarter, target, line, silent=silent, samples=samples)
    return counted(found, quarter, target, line, samples)


def estimates(
    firms: Firms,
    quarter: Quarter,
    target: Quarter,
    line: Decimal,
    *,
    silent: Collection[str],
    samples: ErrorSamples,
) -> Estimates:
    """Return the enterprises' known or estimated figures of a target quarter."""
    certain = certain_count(firms, quarter, line).city_of
    over = dict(certain)
    near: list[Near] = []
    sure = len(certain)
    begun = _begun(firms, quarter)
    for key, figures in firms.items():
        p = None if key in over else _base_of(figures, quarter, target, silent, begun)
        estimate = samples.factors(p, target).estimate(figures) if p else None
        if p is None or estimate is None or estimate < line * HALF:
            continue
        if is_over(estimate, line):
            over[key] = figures[p].city
        if estimate > line * TWICE:
            sure += 1
        else:
            near.append(Near(figures[p].city, p, estimate))
    return Estimates(len(certain), over, sure, tuple(near))


def counted(
    found: Estimates, quarter: Quarter, target: Quarter, line: Decimal, samples: ErrorSamples
) -> LikelyCount:
    """Return the count of these estimates, with its ends."""
    based_on = {one.p for one in found.near} or {_base(quarter, target)}
    known = samples.of(based_on, target)
    centre = len(found.over)
    ends = count_range(
        known, found.near, sure=found.sure, line=line, at_least=found.certain, centre=centre
    )
    low, high = ends if ends else (None, None)
    return LikelyCount(centre, low, high, found.over, {one.years: one.errors for one in known})


def _base_of(
    figures: Figures,
    quarter: Quarter,
    target: Quarter,
    silent: Collection[str],
    begun: Collection[str],
) -> Quarter | None:
    """Return the quarter that an enterprise is estimated from; None if it is not estimated."""
    p = _last(figures, quarter, begun)
    if p is None or p == target or _is_closed(figures, p):
        return None
    return p if p == quarter or figures[p].city in silent else None


def _base(quarter: Quarter, target: Quarter) -> Quarter:
    """Return the quarter that estimates start from without an enterprise's own."""
    return quarter.previous() if quarter == target else quarter


def _begun(firms: Firms, quarter: Quarter) -> frozenset[str]:
    """Return the cities that reported any enterprise in the year, up to a quarter."""
    year = [Quarter(quarter.year, number) for number in range(1, quarter.quarter + 1)]
    return frozenset(
        figures[one].city for figures in firms.values() for one in year if one in figures
    )


def _last(figures: Figures, quarter: Quarter, begun: Collection[str]) -> Quarter | None:
    """
    Return the last quarter with a figure: of this year, else of the last.

    None if its city has reported this year without it: it has left, and is not estimated.
    """
    newest = newest_of_year(figures, quarter)
    if newest:
        return newest
    last_year = newest_of_year(figures, Quarter(quarter.year - 1, 4))
    return last_year if last_year and figures[last_year].city not in begun else None


def _is_closed(figures: Figures, p: Quarter) -> bool:
    """Return whether a city has declared, after quarter p, that there is no more to come."""
    return any(one.closed for quarter, one in figures.items() if quarter > p)
