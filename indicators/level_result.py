"""A total of the province, from a snapshot: value, bounds, projection, parts and history."""

from decimal import Decimal

from clusters.quarters import Quarter
from indicators.catalogue import Indicator, Pace
from indicators.coverage import coverage, measure_reported
from indicators.formulas.city_output import CityOutput
from indicators.formulas.incomparable import Incomparable
from indicators.formulas.level import Level, level, year_projection, year_share
from indicators.results import Bounds, Figures, HistoryPoint, Projection
from indicators.share_result import assumed, contributions, outputs
from indicators.snapshot import Snapshot


def level_figures(of: Snapshot, indicator: Indicator, quarter: Quarter) -> Figures:
    """Return the total in a quarter. The value is None if no city has reported it."""
    assert indicator.measure is not None
    in_cluster = of.cluster_cities(quarter)
    made = outputs(of, in_cluster, indicator.measure)
    found = _level(made, quarter)
    who = coverage(of, quarter, measure_reported(indicator.measure))
    value = found.value if found else None
    return Figures(
        value=value,
        numerator=value,
        denominator=None,
        coverage=who,
        bounds=_bounds(of, found) if found and not who.is_complete else None,
        contributions=contributions(of, in_cluster, indicator.measure, quarter),
        history=tuple(_point(of, indicator, made, q) for q in of.with_figures(quarter)),
        projection=_projection(of, indicator, made, found, quarter),
    )


def _level(made: list[CityOutput], quarter: Quarter) -> Level | None:
    """Return the level; None for figures that cannot be added, such as negative ones."""
    try:
        return level(made, quarter)
    except Incomparable:
        return None


def _bounds(of: Snapshot, found: Level) -> Bounds:
    return Bounds(found.low, found.high, assumed(of, found.assumptions))


def _projection(
    of: Snapshot,
    indicator: Indicator,
    made: list[CityOutput],
    found: Level | None,
    quarter: Quarter,
) -> Projection | None:
    """Return what the year will come to, if the figure begins anew each year and that is known."""
    if indicator.pace is not Pace.CUMULATIVE or found is None:
        return None
    share = Decimal(1) if quarter.is_year_end else year_share(made, quarter)
    if share is None:
        return None
    high = None if found.high is None else year_projection(found.high, share)
    silent = bool(found.assumptions)
    return Projection(
        value=year_projection(found.value, share),
        bounds=Bounds(year_projection(found.low, share), high, assumed(of, found.assumptions))
        if silent
        else None,
    )


def _point(
    of: Snapshot, indicator: Indicator, made: list[CityOutput], quarter: Quarter
) -> HistoryPoint:
    """Return the total of one quarter of the history."""
    assert indicator.measure is not None
    who = coverage(of, quarter, measure_reported(indicator.measure))
    found = _level(made, quarter)
    return HistoryPoint(
        quarter=quarter,
        value=found.value if found else None,
        low=found.low if found else None,
        high=found.high if found else None,
        accepted=who.accepted,
        expected=who.expected,
        restated=of.restated.of_any_city(quarter, indicator.measure),
    )
