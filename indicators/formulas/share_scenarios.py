"""T1: three completions of the silent cities, and the share that each would give."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import StrEnum

from clusters.quarters import Quarter
from indicators.formulas.city_output import CityOutput, checked
from indicators.formulas.cluster_share import cluster_share

ZERO, CENT = Decimal("0"), Decimal("0.01")

# Wide enough to add and compare any amounts without rounding.
DIGITS = 80


class Scenario(StrEnum):
    """What the silent cities are supposed to have made."""

    NOTHING = "nothing"
    AS_LAST_REPORTED = "as_last_reported"
    LAST_YEAR_AND_TREND = "last_year_and_trend"


@dataclass(frozen=True, slots=True)
class Supposed:
    """
    What one silent city is supposed to have made in one scenario.

    amount   yuan, cumulative; None if nothing is on record to suppose it from
    quarter  whose figure it is, or was grown from; None for nothing, or without a record
    trend    by how much that was multiplied; None if it was taken as it is
    """

    city: str
    in_cluster: bool
    amount: Decimal | None
    quarter: Quarter | None = None
    trend: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Completion:
    """
    One scenario, with every silent city's amount in the order in which the cities were given.

    clusters, province  output value in yuan, the supposed amounts included
    share               clusters / province; all three None if a city has no amount, and the
                        share alone if the province made nothing
    """

    scenario: Scenario
    supposed: tuple[Supposed, ...]
    clusters: Decimal | None
    province: Decimal | None
    share: Decimal | None


def share_scenarios(cities: Iterable[CityOutput], quarter: Quarter) -> tuple[Completion, ...]:
    """
    Return the clusters' share with the silent cities at nothing, as last, and with the trend.

        nothing               every silent city made 0: the share of the accepted figures
        as last reported      its last cumulative figure of the same year; else that of the
                              same quarter a year earlier
        last year and trend   its figure of the same quarter a year earlier × the trend; else
                              its last figure of the same year × the trend

        trend = what all cities that have reported both quarters made now / made then

    Every amount lies between the floor and the ceiling of share_bounds, so that the bounds
    hold all three. None if nobody is silent: there is nothing to suppose.

    Raises Incomparable for a negative amount, or a city given twice.
    """
    every = checked(cities)
    reporting = [city for city in every if city.amounts.get(quarter) is not None]
    silent = [city for city in every if city.amounts.get(quarter) is None]
    if not silent:
        return ()
    return tuple(
        _completion(
            scenario,
            tuple(supposed(city, scenario, quarter, reporting) for city in silent),
            clusters=sum((c.made(quarter) for c in reporting if c.in_cluster), ZERO),
            province=sum((c.made(quarter) for c in reporting), ZERO),
        )
        for scenario in Scenario
    )


def supposed(
    city: CityOutput, scenario: Scenario, quarter: Quarter, reporting: list[CityOutput]
) -> Supposed:
    """Return what a silent city is supposed to have made in a scenario."""
    this_year, last_year = city.last_of_the_year(quarter), city.a_year_earlier(quarter)
    if scenario is Scenario.NOTHING:
        return Supposed(city.city, city.in_cluster, ZERO)
    if scenario is Scenario.AS_LAST_REPORTED:
        then = this_year or last_year
        amount = city.made(then) if then else None
        return Supposed(city.city, city.in_cluster, amount, then)
    for then in (last_year, this_year):
        trend = _trend(reporting, then, quarter) if then else None
        if then and trend:
            now, base = trend
            with localcontext(prec=DIGITS):
                amount = (city.made(then) * now / base).quantize(CENT, ROUND_HALF_UP)
            return Supposed(city.city, city.in_cluster, amount, then, now / base)
    return Supposed(city.city, city.in_cluster, None)


def _trend(
    reporting: list[CityOutput], then: Quarter, now: Quarter
) -> tuple[Decimal, Decimal] | None:
    """
    Return what the cities with both quarters made now, and then; None if then they made nothing.

    A city that made nothing then is left out: from nothing to something is no rate of growth.
    """
    both = [city for city in reporting if city.amounts.get(then)]
    if not both:
        return None
    return sum((c.made(now) for c in both), ZERO), sum((c.made(then) for c in both), ZERO)


def _completion(
    scenario: Scenario, silent: tuple[Supposed, ...], *, clusters: Decimal, province: Decimal
) -> Completion:
    """Return a scenario with its share."""
    with localcontext(prec=DIGITS):
        for one in silent:
            if one.amount is None:
                return Completion(scenario, silent, None, None, None)
            province += one.amount
            if one.in_cluster:
                clusters += one.amount
    share = cluster_share(clusters=clusters, province=province) if province else None
    return Completion(scenario, silent, clusters, province, share)
