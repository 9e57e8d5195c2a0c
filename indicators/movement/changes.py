"""Changes on the year, between the same cities and the same months, or None."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from clusters.models import City
from foundation.quarters import Quarter
from indicators.catalogue import Indicator, IndicatorKind
from indicators.data.coverage import firms_reported
from indicators.data.snapshot import Snapshot
from indicators.results.indicator_result import IndicatorResult
from indicators.results.share_result import numerator_cities

ZERO = Decimal("0")


@dataclass(frozen=True, slots=True)
class LikeForLike:
    """
    A change between the same cities and the same months.

    since       the quarter a year earlier
    cities      how many cities reported both; None of established things, which are on record
    before, now the indicator's figure of these cities alone, in its unit
    """

    since: Quarter
    cities: int | None
    before: Decimal
    now: Decimal

    @property
    def difference(self) -> Decimal:
        """now − before, in the indicator's unit."""
        return self.now - self.before


@dataclass(frozen=True)
class Change:
    """An indicator with its change on the year; year is None where nothing is comparable."""

    result: IndicatorResult
    year: LikeForLike | None


def change(snapshot: Snapshot, result: IndicatorResult) -> Change:
    """
    Return how an indicator has changed on the year.

    On the year and not on the quarter, because figures are cumulative: twelve months cannot be
    compared with nine. None across two plans, whose targets and clusters differ.
    """
    then = result.quarter.year_earlier()
    if not in_one_plan(snapshot, result.quarter, then):
        return Change(result, None)
    if result.indicator.kind is IndicatorKind.ESTABLISHED:
        return Change(result, _of_things(result, then))
    return Change(result, like_for_like(snapshot, result.indicator, result.quarter, then))


def like_for_like(
    snapshot: Snapshot, indicator: Indicator, now: Quarter, then: Quarter
) -> LikeForLike | None:
    """Return a figure of the cities that reported both quarters; None if unknown."""
    same = [
        city
        for city in snapshot.cities
        if all(_has(snapshot, indicator, city, q) for q in (now, then))
    ]
    codes = {city.code for city in same}
    before, after = (_figure(snapshot, indicator, q, now, codes) for q in (then, now))
    if before is None or after is None or not same:
        return None
    return LikeForLike(then, len(same), before, after)


def in_one_plan(snapshot: Snapshot, now: Quarter, then: Quarter) -> bool:
    """Return whether no other plan than that of the one quarter holds the other quarter."""
    others = [p for p in snapshot.plans if p.first_year <= then.year <= p.last_year]
    return not others or snapshot.plan_for(now) in others


def _of_things(result: IndicatorResult, then: Quarter) -> LikeForLike | None:
    point = result.at(then)
    if point is None or point.value is None or result.value is None:
        return None
    return LikeForLike(then, None, point.value, result.value)


def _has(snapshot: Snapshot, indicator: Indicator, city: City, quarter: Quarter) -> bool:
    """Return whether a city reported what an indicator rests on."""
    if indicator.kind is IndicatorKind.COUNT:
        return firms_reported(snapshot, city, quarter)
    assert indicator.measure is not None
    return snapshot.figure(city, quarter, indicator.measure) is not None


def _figure(
    snapshot: Snapshot,
    indicator: Indicator,
    quarter: Quarter,
    plan_of: Quarter,
    codes: Collection[str],
) -> Decimal | None:
    """Return an indicator's figure of some cities; the clusters are those of one quarter's plan."""
    if indicator.kind is IndicatorKind.COUNT:
        over = snapshot.over_by_line[indicator.line].get(quarter, {})
        return Decimal(sum(code in codes for code in over.values()))
    assert indicator.measure is not None
    amounts = {
        city.code: snapshot.figure(city, quarter, indicator.measure) or ZERO
        for city in snapshot.cities
        if city.code in codes
    }
    whole = sum(amounts.values(), ZERO)
    if indicator.kind is IndicatorKind.LEVEL:
        return whole
    part = numerator_cities(snapshot, indicator, plan_of)
    return sum((amounts[code] for code in amounts if code in part), ZERO) / whole if whole else None
