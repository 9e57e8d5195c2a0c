"""T1: how far the clusters' share could move if the silent cities spoke."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal, localcontext

from clusters.quarters import Quarter
from indicators.formulas.city_output import CityOutput, checked
from indicators.formulas.cluster_share import cluster_share

ZERO, ONE = Decimal("0"), Decimal("1")
CENT, MILLIONTH = Decimal("0.01"), Decimal("0.000001")

# Wide enough to add any amounts without rounding, so that low <= value <= high holds exactly.
DIGITS = 80


@dataclass(frozen=True, slots=True)
class Record:
    """
    The record from which a silent city's ceiling was taken.

    quarter, amount  the city's own figure: yuan, cumulative
    growth           by how much it was raised, to six places; never below 1
    fastest          the reporting city that grew so fast; None if none of them grew
    """

    quarter: Quarter
    amount: Decimal
    growth: Decimal
    fastest: str | None


@dataclass(frozen=True, slots=True)
class Assumption:
    """
    What is assumed of a silent city: that it made something from floor to ceiling, in yuan.

    ceiling and record are None for a city with no record to go by: it could be anything.
    """

    city: str
    in_cluster: bool
    floor: Decimal
    ceiling: Decimal | None
    record: Record | None


@dataclass(frozen=True, slots=True)
class ShareBounds:
    """
    The share of the accepted figures, how far it could move, and what that rests on.

    Fractions, low <= value <= high; value is None if the accepted figures give no share. One
    assumption for each silent city, in the order in which the cities were given.
    """

    value: Decimal | None
    low: Decimal
    high: Decimal
    assumptions: tuple[Assumption, ...]


def share_bounds(cities: Iterable[CityOutput], quarter: Quarter) -> ShareBounds:
    """
    Return the clusters' share in a quarter, and how far the silent cities could move it.

        low  = C / (C + N + ceilings of the silent cities outside the clusters)
        high = (C + c) / (C + c + N), c = ceilings of the silent cluster cities

    C and N are what the reporting cities made, in the clusters and outside. Silent is a city
    without an amount for the quarter: it is taken to have made something between zero and a
    ceiling. The ceiling is the larger of two amounts: its last cumulative one of the same
    year, and the one of the same period a year earlier, each grown as fast as the
    fastest-growing reporting city grew between the same two periods, and never shrunk. So
    the bounds hold the share that comes out in the end, unless a silent city outgrew every
    city that has reported. (From nothing to something is no rate of growth.) They hold the
    three scenarios of share_scenarios too.

    A silent city without such a record has no ceiling: outside the clusters the low bound is
    then 0, in a cluster the high bound is 1. The order of the cities is of no account.

    Raises Incomparable for a negative amount, or a city given twice.
    """
    every = checked(cities)
    reporting = [city for city in every if city.amounts.get(quarter) is not None]
    with localcontext(prec=DIGITS):
        silent = tuple(
            _assumption(city, quarter, reporting)
            for city in every
            if city.amounts.get(quarter) is None
        )
        clusters = sum((city.made(quarter) for city in reporting if city.in_cluster), ZERO)
        province = sum((city.made(quarter) for city in reporting), ZERO)
        more_in_clusters = _ceilings(silent, in_cluster=True)
        more_elsewhere = _ceilings(silent, in_cluster=False)
        low_of = province + (more_elsewhere or ZERO)
        most = clusters + (more_in_clusters or ZERO)
        high_of = province + (more_in_clusters or ZERO)

    value, low, high = None, ZERO, ONE
    if province:
        value = cluster_share(clusters=clusters, province=province)
    if low_of and more_elsewhere is not None:
        low = cluster_share(clusters=clusters, province=low_of)
    if high_of and more_in_clusters is not None:
        high = cluster_share(clusters=most, province=high_of)
    return ShareBounds(value, low, high, silent)


def _assumption(city: CityOutput, quarter: Quarter, reporting: list[CityOutput]) -> Assumption:
    """
    Return what is assumed of a silent city, from the record that gives the higher ceiling.

    No ceiling if one of its records is larger than what could be told from the other: then
    it may well have made more.
    """
    records = [q for q in (city.last_of_the_year(quarter), city.a_year_earlier(quarter)) if q]
    best: tuple[Decimal, Record] | None = None
    for then in records:
        candidate = _grown(city, then, quarter, reporting)
        if candidate is not None and (best is None or candidate[0] > best[0]):
            best = candidate
    if best is None or any(city.made(then) > best[0] for then in records):
        return Assumption(city.city, city.in_cluster, ZERO, None, None)
    return Assumption(city.city, city.in_cluster, ZERO, *best)


def _grown(
    city: CityOutput, then: Quarter, quarter: Quarter, reporting: list[CityOutput]
) -> tuple[Decimal, Record] | None:
    """
    Return a silent city's amount of an earlier quarter, grown to this one, and its record.

    None if no reporting city shows how fast one could have grown.
    """
    amount = city.made(then)
    rates = [
        (other.made(quarter) / base, other.city, base, other.made(quarter))
        for other in reporting
        if (base := other.amounts.get(then))
    ]
    if not rates:
        return None
    # Of two that grew alike the lower city code is named, in whatever order they came.
    rate, fastest, base, now = min(rates, key=lambda one: (-one[0], one[1]))
    if rate <= 1:
        return amount, Record(then, amount, ONE, None)
    ceiling = (amount * now / base).quantize(CENT, ROUND_CEILING)
    return ceiling, Record(then, amount, rate.quantize(MILLIONTH), fastest)


def _ceilings(silent: Iterable[Assumption], *, in_cluster: bool) -> Decimal | None:
    """Return the sum of ceilings inside or outside the clusters; None if one has none."""
    ceilings = [one.ceiling for one in silent if one.in_cluster is in_cluster]
    if None in ceilings:
        return None
    return sum((ceiling for ceiling in ceilings if ceiling is not None), ZERO)
