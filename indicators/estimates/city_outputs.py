"""The cities' own totals as inputs of the formulas, and the records of past estimates of them."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from foundation.quarters import Quarter
from indicators.catalogue import AMOUNTS, Indicator, IndicatorKind, Measure
from indicators.data.snapshot import Snapshot
from indicators.data.snapshot_cache import cached_by_snapshot, cached_under
from indicators.data.snapshot_reader import dated_amounts
from indicators.estimates.figures import Contribution, SilentCity
from indicators.formulas.city_output import ZERO, CityOutput
from indicators.formulas.estimate_trials import (
    projection_trials,
    trials,
    up_to_newest_complete,
)
from indicators.formulas.incomparable import Incomparable
from indicators.formulas.likely_output import CityEstimate, EstimateMethod
from indicators.formulas.likely_range import EstimateRecord, LikelyRange, record_of


def outputs(snapshot: Snapshot, part: frozenset[str], measure: Measure) -> list[CityOutput]:
    """Return every city's figures of a measure by quarter; part are those of the numerator."""
    amounts: dict[str, dict[Quarter, Decimal | None]] = {city.code: {} for city in snapshot.cities}
    earlier: dict[str, dict[Quarter, Decimal | None]] = {city.code: {} for city in snapshot.cities}
    for (code, quarter), totals in snapshot.city_totals.items():
        amounts[code][quarter] = _decimal(getattr(totals, measure.value))
        earlier[code][quarter] = _decimal(getattr(totals, f"{measure.value}_last_year"))
    return [CityOutput(code, code in part, amounts[code], earlier[code]) for code in amounts]


def silent_cities(
    snapshot: Snapshot,
    cities: Iterable[CityOutput],
    quarter: Quarter,
    estimates: Iterable[CityEstimate],
) -> tuple[SilentCity, ...]:
    """Return what is known of each city without an accepted figure of a quarter, by code."""
    city_of = {city.code: city for city in snapshot.cities}
    likely = {one.city: LikelyRange(one.low, one.centre, one.high) for one in estimates}
    return tuple(
        SilentCity(
            city=city_of[one.city],
            in_cluster=one.in_cluster,
            floor=one.floor(quarter),
            since=one.last_accepted(quarter),
            last_year=one.amounts.get(quarter.year_earlier()),
            likely=likely.get(one.city),
        )
        for one in cities
        if not one.has(quarter)
    )


def contributions(
    snapshot: Snapshot, part: frozenset[str], measure: Measure, quarter: Quarter
) -> tuple[Contribution, ...]:
    """Return what each city adds to the total of those that reported."""
    made = {city.code: snapshot.figure(city, quarter, measure) for city in snapshot.cities}
    every = sum((amount for amount in made.values() if amount is not None), ZERO)
    return tuple(
        Contribution(
            city=city,
            in_cluster=city.code in part,
            amount=made[city.code],
            share=_part(made[city.code], every),
        )
        for city in snapshot.cities
    )


def estimate_record(
    snapshot: Snapshot, indicator: Indicator, part: frozenset[str]
) -> EstimateRecord | None:
    """Return how past estimates of a share or level fared; None if none could be tried."""
    actual = snapshot.supposed.actual if snapshot.supposed is not None else snapshot
    return _record(actual, indicator, part, EstimateMethod.OWN_GROWTH)


def compared_record(
    snapshot: Snapshot, indicator: Indicator, part: frozenset[str]
) -> EstimateRecord | None:
    """Return how the plain method (last year × the common growth) would have fared."""
    actual = snapshot.supposed.actual if snapshot.supposed is not None else snapshot
    return _record(actual, indicator, part, EstimateMethod.COMMON_GROWTH)


@cached_by_snapshot(maxsize=64)
def _record(
    snapshot: Snapshot, indicator: Indicator, part: frozenset[str], method: EstimateMethod
) -> EstimateRecord | None:
    """
    Return the record over every complete quarter. One query.

    Cached under the publications it rests on: one of an incomplete quarter changes nothing.
    """
    assert indicator.measure is not None
    cities = tuple(city.code for city in snapshot.cities)
    rows = up_to_newest_complete(dated_amounts(snapshot, indicator.measure), cities)
    share, cumulative = indicator.kind is IndicatorKind.SHARE, indicator.measure in AMOUNTS

    def make() -> EstimateRecord | None:
        more: Any = {"share": share, "cumulative": cumulative, "method": method}
        try:
            return record_of(trials(rows, cities, part, **more))
        except Incomparable:
            return None

    key = ("amounts", indicator.measure, share, sorted(part), method, cities, rows)
    return cached_under(snapshot, key, make)


def year_projection_record(snapshot: Snapshot, indicator: Indicator) -> EstimateRecord | None:
    """Return how past projections of an amount to the year's end fared; None without any."""
    actual = snapshot.supposed.actual if snapshot.supposed is not None else snapshot
    return _projection_record(actual, indicator)


@cached_by_snapshot(maxsize=32)
def _projection_record(snapshot: Snapshot, indicator: Indicator) -> EstimateRecord | None:
    assert indicator.measure is not None
    try:
        rows = dated_amounts(snapshot, indicator.measure)
        return record_of(projection_trials(rows, [city.code for city in snapshot.cities]))
    except Incomparable:
        return None


def _decimal(number: Decimal | int | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def _part(amount: Decimal | None, whole: Decimal) -> Decimal | None:
    return amount / whole if amount is not None and whole else None
