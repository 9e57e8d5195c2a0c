"""The estimate of a silent city: last year's figure × its own growth × the change since."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Self

from foundation.quarters import Quarter
from indicators.formulas.city_output import ZERO, CityOutput, split, total
from indicators.formulas.coverage_weight import coverage_weight
from indicators.formulas.likely_range import (
    LEAST_WEIGHT,
    Ends,
    LikelyRange,
    NoEstimate,
    ends_of,
    weight_allows,
)


class EstimateBasis(StrEnum):
    """What a city's estimate was made from."""

    YEAR_BEFORE = "year_before"
    LAST_ACCEPTED = "last_accepted"


@dataclass(frozen=True, slots=True)
class CityEstimate:
    """
    The estimate of a silent city: yuan, cumulative; low <= centre <= high.

    since  the quarter of its last accepted figure, from which it was estimated
    basis  year_before (its growth on the year carried on), or last_accepted
    """

    city: str
    in_cluster: bool
    low: Decimal
    centre: Decimal
    high: Decimal
    since: Quarter
    basis: EstimateBasis


@dataclass(frozen=True, slots=True)
class _Pair:
    """A reporting city's truth and what its truth is compared with, as one term of k."""

    truth: Decimal
    carried: Decimal


@dataclass(frozen=True)
class Peers:
    """
    The cities that reported a quarter, as terms of the two sums of k, which are kept added up.

    by_year  of those with all four figures: x(q), and L(q)·x(p)/L(p)
    by_last  of those with both: x(q), and x(p)
    """

    by_year: dict[str, _Pair]
    by_last: dict[str, _Pair]
    year_sum: _Pair
    last_sum: _Pair

    @classmethod
    def of_cities(cls, cities: Iterable[CityOutput], quarter: Quarter, since: Quarter) -> Self:
        """Return the terms of the cities that have reported both quarters."""
        by_year, by_last = {}, {}
        for city in cities:
            if not (city.has(quarter) and city.has(since)):
                continue
            truth, last = city.made(quarter), city.made(since)
            by_last[city.city] = _Pair(truth, last)
            then, before = city.year_before(since), city.year_before(quarter)
            if then and before is not None:
                by_year[city.city] = _Pair(truth, before * last / then)
        return cls(by_year, by_last, _added(by_year.values()), _added(by_last.values()))

    def growth_since(self, basis: EstimateBasis, without: str) -> Decimal | None:
        """Return k, without one city: the truths / what they were carried to; None if nothing."""
        on_year = basis is EstimateBasis.YEAR_BEFORE
        own = (self.by_year if on_year else self.by_last).get(without, _Pair(ZERO, ZERO))
        whole = self.year_sum if on_year else self.last_sum
        carried = whole.carried - own.carried
        return (whole.truth - own.truth) / carried if carried > 0 else None


def _added(pairs: Iterable[_Pair]) -> _Pair:
    every = list(pairs)
    return _Pair(total(p.truth for p in every), total(p.carried for p in every))


class EstimateMethod(StrEnum):
    """How a silent city is estimated."""

    OWN_GROWTH = "own_growth"
    # Last year × the growth of all reporting cities: the plain method, for comparison only.
    COMMON_GROWTH = "common_growth"


def estimated(
    city: CityOutput,
    quarter: Quarter,
    since: Quarter,
    peers: Peers,
    method: EstimateMethod = EstimateMethod.OWN_GROWTH,
) -> tuple[Decimal, EstimateBasis] | None:
    """
    Return the estimate of a city's quarter, from its figure of an earlier one.

        g = x(p) / L(p)        k = Σ x_j(q) / Σ L_j(q)·x_j(p)/L_j(p)
        estimate = L(q)·g·k

    x is accepted, L the same quarter a year earlier, q the quarter, p (since) the earlier one;
    the sums are over the other cities that have all four. Without a year before:
    x(p)·Σ x_j(q) / Σ x_j(p). None if neither is known.
    """
    last, then = city.made(since), city.year_before(since)
    before = city.amounts.get(quarter.year_earlier())
    if method is EstimateMethod.OWN_GROWTH and then and before is not None:
        k = peers.growth_since(EstimateBasis.YEAR_BEFORE, city.city)
        if k is not None:
            return before * last / then * k, EstimateBasis.YEAR_BEFORE
    k = peers.growth_since(EstimateBasis.LAST_ACCEPTED, city.city)
    return None if k is None else (last * k, EstimateBasis.LAST_ACCEPTED)


def earlier_errors(
    cities: Sequence[CityOutput],
    quarter: Quarter,
    since: Quarter,
    method: EstimateMethod = EstimateMethod.OWN_GROWTH,
) -> list[Decimal]:
    """
    Return truth / estimate of every reporting city, and of the same quarter of earlier years.

    Each city is estimated from the others as if it were silent since the same earlier quarter.
    """
    ratios = []
    first = min((q for city in cities for q in city.amounts), default=quarter)
    while quarter >= first:
        peers = Peers.of_cities(cities, quarter, since)
        for city in cities:
            if city.city not in peers.by_last:
                continue
            found = estimated(city, quarter, since, peers, method)
            if found and found[0] > 0:
                ratios.append(city.made(quarter) / found[0])
        quarter, since = quarter.year_earlier(), since.year_earlier()
    return ratios


def likely_outputs(
    cities: Iterable[CityOutput],
    quarter: Quarter,
    *,
    cumulative: bool = True,
    least_weight: Decimal = LEAST_WEIGHT,
    method: EstimateMethod = EstimateMethod.OWN_GROWTH,
) -> tuple[CityEstimate, ...] | NoEstimate:
    """
    Return each silent city's estimate, or why there is none.

    The ends are the estimate × the lowest and × the highest ratio of truth to estimate that
    the same method gave (earlier_errors), at least 1 % away. Never under the city's floor nor
    over its ceiling (cumulative figures). Nothing is estimated from less than the least
    weight of coverage, or if one silent city has nothing to be estimated from.
    """
    reporting, silent = split(cities, quarter)
    every = [*reporting, *silent]
    if not reporting:
        return NoEstimate.NOBODY_REPORTED
    allowed = weight_allows(
        coverage_weight(every, quarter),
        reporting=len(reporting),
        expected=len(every),
        least=least_weight,
    )
    if not allowed:
        return NoEstimate.LOW_COVERAGE
    ends: dict[Quarter, tuple[Peers, Ends | None]] = {}
    found = []
    for city in silent:
        since = _since(city, quarter, method)
        if since is None:
            return NoEstimate.NO_EARLIER_FIGURE
        if since not in ends:
            errors = earlier_errors(every, quarter, since, method)
            ends[since] = Peers.of_cities(reporting, quarter, since), ends_of(errors)
        peers, limits = ends[since]
        centre = estimated(city, quarter, since, peers, method)
        if centre is None:
            return NoEstimate.NO_EARLIER_FIGURE
        if limits is None:
            return NoEstimate.TOO_FEW_ERRORS
        found.append(_within(city, quarter, since, centre, limits, cumulative))
    return tuple(found)


def _since(city: CityOutput, quarter: Quarter, method: EstimateMethod) -> Quarter | None:
    """Return the quarter that a silent city is estimated from; None if it has none."""
    if method is EstimateMethod.OWN_GROWTH:
        return city.last_accepted(quarter)
    return quarter.year_earlier() if city.has(quarter.year_earlier()) else None


def _within(
    city: CityOutput,
    quarter: Quarter,
    since: Quarter,
    centre: tuple[Decimal, EstimateBasis],
    ends: Ends,
    cumulative: bool,
) -> CityEstimate:
    """Return an estimate with its ends, none of them under the floor or over the ceiling."""
    floor = city.floor(quarter) if cumulative else ZERO
    ceiling = city.ceiling(quarter) if cumulative else None

    def held(amount: Decimal) -> Decimal:
        most = amount if ceiling is None else min(amount, ceiling)
        return max(most, floor)

    amount, basis = centre
    return CityEstimate(
        city=city.city,
        in_cluster=city.in_cluster,
        low=held(amount * ends.low),
        centre=held(amount),
        high=held(amount * ends.high),
        since=since,
        basis=basis,
    )


def likely_share(
    cities: Iterable[CityOutput],
    quarter: Quarter,
    estimates: Sequence[CityEstimate],
) -> LikelyRange | None:
    """
    Return the estimated share, a fraction; None if nothing positive was made.

    Low: the silent clusters at their low, the other silent cities at their high; high reversed.
    """
    reporting, _silent = split(cities, quarter)
    clusters = total(c.made(quarter) for c in reporting if c.in_cluster)
    rest = total(c.made(quarter) for c in reporting if not c.in_cluster)
    inside = [one for one in estimates if one.in_cluster]
    outside = [one for one in estimates if not one.in_cluster]

    def share(more: Iterable[Decimal], others: Iterable[Decimal]) -> Decimal | None:
        part, whole = clusters + total(more), rest + total(others)
        return part / (part + whole) if part + whole else None

    low = share((one.low for one in inside), (one.high for one in outside))
    centre = share((one.centre for one in inside), (one.centre for one in outside))
    high = share((one.high for one in inside), (one.low for one in outside))
    return None if centre is None else LikelyRange(low, centre, high)


def likely_level(
    cities: Iterable[CityOutput], quarter: Quarter, estimates: Sequence[CityEstimate]
) -> LikelyRange:
    """Return the estimated total: all cities at their low, centre and high."""
    reporting, _silent = split(cities, quarter)
    known = total(city.made(quarter) for city in reporting)
    return LikelyRange(
        known + total(one.low for one in estimates),
        known + total(one.centre for one in estimates),
        known + total(one.high for one in estimates),
    )
