"""A total of the province, from a snapshot: figure, ranges, projection, parts and history."""

from decimal import Decimal
from functools import partial

from foundation.quarters import Quarter
from indicators.catalogue import AMOUNTS, Indicator, Pace
from indicators.data.coverage import coverage, measure_reported
from indicators.data.snapshot import Snapshot
from indicators.estimates.city_outputs import (
    contributions,
    estimate_record,
    outputs,
    silent_cities,
    year_projection_record,
)
from indicators.estimates.figures import Figures, HistoryPoint
from indicators.formulas.break_even import BreakEven, level_break_even
from indicators.formulas.certain_level import certain_level
from indicators.formulas.certain_range import NOTHING_CERTAIN, CertainRange
from indicators.formulas.city_output import ZERO, CityOutput
from indicators.formulas.coverage_weight import coverage_weight
from indicators.formulas.incomparable import Incomparable
from indicators.formulas.likely_output import CityEstimate, likely_level, likely_outputs
from indicators.formulas.likely_range import LikelyRange, NoEstimate
from indicators.formulas.year_projection import year_projection
from indicators.results.withdrawal import or_withdrawn


def level_figures(snapshot: Snapshot, indicator: Indicator, quarter: Quarter) -> Figures:
    """Return the total in a quarter."""
    assert indicator.measure is not None
    in_cluster = snapshot.cluster_cities(quarter)
    cities = outputs(snapshot, in_cluster, indicator.measure)
    who = coverage(snapshot, quarter, measure_reported(indicator.measure))
    reported = _reported(cities, quarter)
    estimates = _estimates(snapshot, indicator, cities, quarter)
    given = () if isinstance(estimates, NoEstimate) else estimates
    projection = _projection(indicator, cities, quarter)
    return Figures(
        value=reported if who.is_complete else None,
        reported_only=None if who.is_complete else reported,
        numerator=reported,
        denominator=None,
        coverage=who,
        weight=_weight(cities, quarter),
        certain=or_withdrawn(
            _certain(indicator, cities, quarter), snapshot, indicator, quarter, certain_level_of
        ),
        estimate=likely_level(cities, quarter, given) if given else None,
        no_estimate=estimates if isinstance(estimates, NoEstimate) else None,
        scored=partial(estimate_record, snapshot, indicator, in_cluster),
        silent=silent_cities(snapshot, cities, quarter, given),
        contributions=contributions(snapshot, in_cluster, indicator.measure, quarter),
        history=tuple(
            _point(snapshot, indicator, cities, q) for q in snapshot.with_figures(quarter)
        ),
        projection=projection,
        projection_scored=partial(year_projection_record, snapshot, indicator),
    )


def level_turn(
    snapshot: Snapshot, indicator: Indicator, quarter: Quarter, line: Decimal
) -> BreakEven | None:
    """Return the break-even of a total at a line; None before the year's end."""
    assert indicator.measure is not None
    if indicator.measure not in AMOUNTS or not quarter.is_year_end:
        return None
    try:
        return level_break_even(outputs(snapshot, frozenset(), indicator.measure), quarter, line)
    except Incomparable:
        return None


def certain_level_of(snapshot: Snapshot, indicator: Indicator, quarter: Quarter) -> CertainRange:
    """Return the certain range of a total from a snapshot, without checking for withdrawal."""
    assert indicator.measure is not None
    return _certain(indicator, outputs(snapshot, frozenset(), indicator.measure), quarter)


def _certain(indicator: Indicator, cities: list[CityOutput], quarter: Quarter) -> CertainRange:
    """Return the certain range; nothing is certain of figures that cannot be added."""
    try:
        return certain_level(cities, quarter, cumulative=indicator.measure in AMOUNTS)
    except Incomparable:
        return NOTHING_CERTAIN


def _estimates(
    snapshot: Snapshot, indicator: Indicator, cities: list[CityOutput], quarter: Quarter
) -> tuple[CityEstimate, ...] | NoEstimate:
    """Return the silent cities' estimates, or why there are none."""
    try:
        return likely_outputs(
            cities,
            quarter,
            cumulative=indicator.measure in AMOUNTS,
            least_weight=snapshot.least_weight(quarter),
        )
    except Incomparable:
        return NoEstimate.NO_EARLIER_FIGURE


def _reported(cities: list[CityOutput], quarter: Quarter) -> Decimal | None:
    """Return the reporting cities' total; None if none reported, or one is negative."""
    known = [city.made(quarter) for city in cities if city.has(quarter)]
    return sum(known, ZERO) if known and all(amount >= 0 for amount in known) else None


def _weight(cities: list[CityOutput], quarter: Quarter) -> Decimal | None:
    try:
        return coverage_weight(cities, quarter)
    except Incomparable:
        return None


def _projection(
    indicator: Indicator, cities: list[CityOutput], quarter: Quarter
) -> LikelyRange | None:
    """Return the projection of the year; None at its end, and of what does not grow within it."""
    if indicator.pace is not Pace.CUMULATIVE or quarter.is_year_end:
        return None
    try:
        return year_projection(cities, quarter)
    except Incomparable:
        return None


def _point(
    snapshot: Snapshot, indicator: Indicator, cities: list[CityOutput], quarter: Quarter
) -> HistoryPoint:
    """Return the total of one quarter of the history."""
    assert indicator.measure is not None
    who = coverage(snapshot, quarter, measure_reported(indicator.measure))
    estimates = None
    if who.accepted and not who.is_complete:
        estimates = _estimates(snapshot, indicator, cities, quarter)
    given = estimates if isinstance(estimates, tuple) else ()
    return HistoryPoint(
        quarter=quarter,
        value=_reported(cities, quarter) if who.is_complete else None,
        certain=_certain(indicator, cities, quarter),
        likely=likely_level(cities, quarter, given) if given else None,
        accepted=who.accepted,
        expected=who.expected,
        restated=snapshot.restated.of_any_city(quarter, indicator.measure),
    )
