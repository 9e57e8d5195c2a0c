"""What has changed since the last quarter, and since the same quarter last year."""

from dataclasses import dataclass
from decimal import Decimal

from indicators.catalogue import Pace
from indicators.results import HistoryPoint, IndicatorResult


@dataclass(frozen=True)
class Change:
    """
    An indicator beside what it was; differences in its own unit.

    before       last quarter; None if not on record, or for what begins anew in the
                 first quarter of a year, where the two say nothing about each other
    year_before  the same quarter last year
    """

    result: IndicatorResult
    before: HistoryPoint | None
    difference: Decimal | None
    year_before: HistoryPoint | None
    year_difference: Decimal | None


def change(result: IndicatorResult) -> Change:
    """Return how an indicator has changed."""
    before = result.at(result.quarter.previous())
    if result.indicator.pace is not Pace.POINT and result.quarter.quarter == 1:
        before = None
    year_before = result.at(result.quarter.year_earlier())
    return Change(
        result=result,
        before=before,
        difference=_difference(result.value, before),
        year_before=year_before,
        year_difference=_difference(result.value, year_before),
    )


def _difference(now: Decimal | None, then: HistoryPoint | None) -> Decimal | None:
    if now is None or then is None or then.value is None:
        return None
    return now - then.value
