"""The points of a target's trend: by quarter, of four quarters together, or a line a year."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from foundation.language import quarter_name
from foundation.quarters import Quarter
from indicators.catalogue import Pace
from indicators.charts import theme
from indicators.charts.chart import drawn_from
from indicators.estimates.figures import HistoryPoint
from indicators.formulas.likely_range import LikelyRange
from indicators.regions.amounts import Amounts, rests_on
from indicators.results.four_quarters import FourQuarters
from indicators.results.indicator_result import IndicatorResult


@dataclass(frozen=True)
class TrendPoint:
    """
    What is drawn of a quarter, in the indicator's unit.

    value     None while it is not complete
    likely    its estimate, where there is no value; None without one
    restated  the quarter published as another figure before that it rests on; None if none was
    history   what is known of the quarter itself
    """

    quarter: Quarter
    value: Decimal | None
    likely: LikelyRange | None
    restated: Quarter | None
    history: HistoryPoint


@dataclass(frozen=True)
class TrendSeries:
    """Points that one line connects; year is None where it goes over the years."""

    name: str
    points: tuple[TrendPoint, ...]
    year: int | None = None

    def place(self, quarter: Quarter) -> str:
        """Return where a quarter stands on the axis."""
        return place_of(quarter, by_year=self.year is not None)

    def columns(self, **columns: int) -> dict[str, int]:
        """Return which columns of the table something is drawn from, and of which year."""
        return columns if self.year is None else {**columns, "year": self.year}


def place_of(quarter: Quarter, *, by_year: bool) -> str:
    """Return a quarter's name on the axis; within a year without the year."""
    return theme.QUARTER_NAMES[quarter.quarter]() if by_year else quarter_name(quarter)


def is_by_year(result: IndicatorResult) -> bool:
    """Return whether an indicator starts anew each January, so that years are compared."""
    return result.indicator.pace is not Pace.POINT


def points_of(result: IndicatorResult, rolling: FourQuarters | None) -> list[TrendPoint]:
    """Return the points of an indicator, from the first with something to draw."""
    every = [
        _of_four_quarters(result, one, rolling)
        if rolling
        else TrendPoint(one.quarter, one.value, one.likely, _itself(one), one)
        for one in result.history
    ]
    return drawn_from(every, lambda one: one.likely if one.value is None else one.value)


def _of_four_quarters(
    result: IndicatorResult, one: HistoryPoint, rolling: FourQuarters
) -> TrendPoint:
    value = rolling.values.get(one.quarter)
    restated = {point.quarter for point in result.history if point.restated}
    behind = (q for q in rests_on(Amounts.ROLLING, one.quarter) if q in restated)
    return TrendPoint(
        quarter=one.quarter,
        value=value,
        likely=rolling.likely if one.quarter == result.quarter else None,
        restated=None if value is None else next(behind, None),
        history=one,
    )


def _itself(one: HistoryPoint) -> Quarter | None:
    return one.quarter if one.restated else None


def lines_of(result: IndicatorResult, points: list[TrendPoint]) -> list[TrendSeries]:
    """Return the lines of an indicator: one, or one for each year."""
    if not is_by_year(result):
        return [TrendSeries(str(result.indicator.short_name), tuple(points))]
    years = sorted({one.quarter.year for one in points})
    return [
        TrendSeries(str(year), tuple(p for p in points if p.quarter.year == year), year)
        for year in years
    ]


def estimate_name(line: TrendSeries) -> str:
    """Return what the estimates of a line are called."""
    if line.year is None:
        return _("Estimate")
    return _("%(year)s, estimate") % {"year": line.year}
