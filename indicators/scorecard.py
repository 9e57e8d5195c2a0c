"""Aggregates, formulas and targets put together: the rows that pages and API show."""

from clusters.viewpoint import Viewpoint
from indicators.results import IndicatorResult


def result(code: str, viewpoint: Viewpoint) -> IndicatorResult:
    """Return one indicator from a viewpoint. Raises KeyError for a code not in the catalogue."""
    raise NotImplementedError


def scorecard(viewpoint: Viewpoint) -> tuple[IndicatorResult, ...]:
    """Return all indicators of the catalogue from a viewpoint, in its order."""
    raise NotImplementedError
