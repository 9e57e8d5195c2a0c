"""The quarters of a target up to a paper's, as its picture draws them; frozen with the paper."""

from enum import StrEnum

from foundation.frozen_data import Data, written
from foundation.quarters import Quarter
from indicators.catalogue import AMOUNTS, IndicatorKind, Pace
from indicators.data.snapshot import Snapshot
from indicators.estimates.figures import HistoryPoint
from indicators.results.four_quarters import rolling_values
from indicators.results.indicator_result import IndicatorResult


class SeriesBasis(StrEnum):
    """
    What the figures of a series are of.

    FOUR_QUARTERS  the four quarters that end with each, so that a new year is no jump
    YEAR           from January to each quarter's end: begins anew every year
    STATE          the state at each quarter's end
    """

    FOUR_QUARTERS = "four_quarters"
    YEAR = "year"
    STATE = "state"


def series(snapshot: Snapshot, result: IndicatorResult) -> Data:
    """
    Return a target's figure in each quarter of its plan up to the result's, from the baseline on.

    value is None where a city is silent or the figures of its basis are not all on record. low
    and high are the ends of the estimate while a city is silent, or of what is certain of
    established things; None where there is no range, or one on another basis.
    """
    basis = _basis(result)
    points = [one for one in result.history if one.quarter >= _first(snapshot, result)]
    values = rolling_values(snapshot, result) if basis is SeriesBasis.FOUR_QUARTERS else {}
    return {
        "basis": str(basis),
        "points": [
            {
                "period": str(one.quarter),
                "value": written(values.get(one.quarter) if values else one.value),
                **_range(result, one, basis),
            }
            for one in points
        ],
    }


def _basis(result: IndicatorResult) -> SeriesBasis:
    indicator = result.indicator
    if (
        indicator.kind in (IndicatorKind.SHARE, IndicatorKind.LEVEL)
        and indicator.measure in AMOUNTS
    ):
        return SeriesBasis.FOUR_QUARTERS
    return SeriesBasis.YEAR if indicator.pace is Pace.THRESHOLD else SeriesBasis.STATE


def _first(snapshot: Snapshot, result: IndicatorResult) -> Quarter:
    """Return the baseline's quarter, or the plan's first; the result's own without a plan."""
    plan = snapshot.plan_for(result.quarter)
    first = Quarter(plan.first_year, 1) if plan else result.quarter
    return min(first, result.baseline.period) if result.baseline else first


def _range(result: IndicatorResult, point: HistoryPoint, basis: SeriesBasis) -> Data:
    """Return the ends of a point's range; of four quarters only a year's end has one."""
    other_months = basis is SeriesBasis.FOUR_QUARTERS and not point.quarter.is_year_end
    if point.value is not None or other_months:
        return {"low": None, "high": None}
    found = point.certain if result.indicator.things is not None else point.likely
    return {
        "low": written(found.low) if found else None,
        "high": written(found.high) if found else None,
    }
