"""The status of a figure (A, P, E, M) and the reason for no value: the API's two columns."""

from django.utils import timezone

from foundation.quarters import Quarter
from indicators.catalogue import Indicator, IndicatorKind
from indicators.data.coverage import Reported, coverage, firms_reported, measure_reported
from indicators.data.snapshot import Snapshot
from indicators.estimates.figures import Figures
from indicators.formulas.likely_range import NoEstimate
from indicators.results.indicator_result import DataStatus, FigureState, NoValue
from indicators.results.share_result import numerator_cities


def figure_state(
    snapshot: Snapshot, indicator: Indicator, figures: Figures, quarter: Quarter
) -> FigureState:
    """Return an indicator's status in a quarter and why it has no value."""
    if figures.value is not None:
        later = _later_is_complete(snapshot, indicator, quarter)
        return FigureState(DataStatus.SETTLED if later else DataStatus.COMPLETE, None)
    if indicator.kind is IndicatorKind.SHARE and not numerator_cities(snapshot, indicator, quarter):
        return FigureState(DataStatus.MISSING, NoValue.NO_CLUSTER)
    if figures.estimate is not None:
        return FigureState(DataStatus.ESTIMATED, NoValue.SILENT_CITIES)
    return FigureState(DataStatus.MISSING, _why(snapshot, figures, quarter))


def _why(snapshot: Snapshot, figures: Figures, quarter: Quarter) -> NoValue:
    if figures.no_estimate is NoEstimate.LOW_COVERAGE:
        return NoValue.LOW_COVERAGE
    if figures.no_estimate in (NoEstimate.NO_EARLIER_FIGURE, NoEstimate.TOO_FEW_ERRORS):
        return NoValue.NO_EARLIER_FIGURE
    due_on = snapshot.due_on.get(quarter)
    if due_on is None or timezone.localdate(snapshot.moment) <= due_on:
        return NoValue.NOT_DUE
    return NoValue.SILENT_CITIES


def _later_is_complete(snapshot: Snapshot, indicator: Indicator, quarter: Quarter) -> bool:
    """Return whether a later quarter is complete: then corrections of this one are rare."""
    if indicator.kind is IndicatorKind.ESTABLISHED:
        return False
    reported: Reported = firms_reported
    if indicator.kind is not IndicatorKind.COUNT:
        assert indicator.measure is not None
        reported = measure_reported(indicator.measure)
    return any(
        coverage(snapshot, q, reported).is_complete for q in snapshot.quarters if q > quarter
    )
