"""The table of a target's trend, by quarter: the figures that the chart is drawn from."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from foundation.quarters import Quarter
from indicators.catalogue import IndicatorKind, Pace
from indicators.charts.chart import NONE_YET, ChartColumn, ChartTable, FigureNote, Row
from indicators.charts.trend_points import points_of
from indicators.estimates.figures import HistoryPoint
from indicators.formulas.forecast import Forecast
from indicators.results.four_quarters import FourQuarters
from indicators.results.indicator_result import IndicatorResult
from indicators.verdict.range_words import missing_words
from indicators.verdict.sentences import exactly

COLUMN_KINDS = {"ratio": "percent", "count": "count", "yuan": "amount"}


def targets_of(result: IndicatorResult) -> list[Decimal]:
    """Return the target, or the two edges of its band; nothing without one."""
    target = result.target
    if target is None:
        return []
    edges = [edge for edge in (target.low, target.high) if edge is not None]
    return edges or [target.value]


def target_words(result: IndicatorResult, value: Decimal) -> str:
    """Return what a target's line is called: Target 50%."""
    written = exactly(value, result.written_as) if result.unit == "yuan" else _bare(result, value)
    return _("Target %(value)s") % {"value": written}


def _bare(result: IndicatorResult, value: Decimal) -> str:
    """Return a target for its label: 50% or 300."""
    share = result.unit == "ratio"
    text = f"{value * 100 if share else value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text}%" if share else text


def quarters_with_target(result: IndicatorResult, quarters: list[Quarter]) -> list[Quarter]:
    """Return the quarters at which the target is drawn: all, or those of the newest year."""
    if result.indicator.pace is Pace.POINT or not quarters:
        return quarters
    return [one for one in quarters if one.year == quarters[-1].year]


def trend_table(
    result: IndicatorResult,
    rolling: FourQuarters | None,
    quarters: tuple[list[Quarter], list[Quarter]],
    expected: Forecast | None,
    pace: dict[Quarter, Decimal],
) -> ChartTable:
    """
    Return a row for each quarter, and beneath what is expected of one.

    quarters are all of them, and those at which the target is drawn.

    Of a share of four quarters together the figure of the year to date stands beside it.
    """
    targets, points = targets_of(result), {point.quarter: point for point in result.history}
    every, aims = quarters
    restated = {point.quarter: point.restated for point in points_of(result, rolling)}
    rows = [
        (
            *(q, *_figures(result, rolling, points.get(q))),
            *((pace.get(q),) if pace else ()),
            *(target if q in aims else None for target in targets),
            *_rests_on(result, points.get(q), restated.get(q)),
        )
        for q in every
    ]
    none = [NONE_YET] * (3 if rolling else 2) + [None] * (bool(pace) + len(targets))
    if result.projection and not result.quarter.is_year_end:
        ends = (result.projection.low, result.projection.centre, result.projection.high)
        told = (NONE_YET, *map(_or_none_yet, ends), *none)
        rows.append((result.quarter.year_end, *told, *_only(_("projection of the year"))))
    if expected is not None:
        told = (NONE_YET, expected.low, expected.middle, expected.high, *none)
        rows.append((expected.of, *told, *_only(_("forecast"))))
    return ChartTable(tuple(_columns(result, targets, pace, rolling)), tuple(rows))


def columns_of(result: IndicatorResult, *, pace: bool, rolling: bool) -> dict[str, int]:
    """Return the places of the columns that something is drawn from, by name."""
    after = 8 if rolling else 7
    return {"value": 1, "low": 2, "centre": 3, "high": 4, "pace": after, "target": after + pace}


def _columns(
    result: IndicatorResult,
    targets: list[Decimal],
    pace: dict[Quarter, Decimal],
    rolling: FourQuarters | None,
) -> list[ChartColumn]:
    """Return the headings; of established things with what is known of them."""
    kind = COLUMN_KINDS[result.unit]
    on_record = result.indicator.kind is IndicatorKind.ESTABLISHED
    return [
        ChartColumn(_("Quarter"), "quarter"),
        ChartColumn(_("Last four quarters together") if rolling else _("Value"), kind),
        ChartColumn(_("Estimate, low"), kind, aim=True),
        ChartColumn(_("Estimate"), kind, aim=True),
        ChartColumn(_("Estimate, high"), kind, aim=True),
        *([ChartColumn(_("Cumulative from 1 January"), kind)] if rolling else []),
        ChartColumn(_("Certain: at least"), kind, aim=True),
        ChartColumn(_("Certain: at most"), kind, aim=True),
        *([ChartColumn(_("Pace"), kind, aim=True)] if pace else []),
        *(ChartColumn(target_words(result, value), kind, aim=True) for value in targets),
        ChartColumn(_("Known") if on_record else _("Cities accepted"), "count"),
        ChartColumn(_("On record") if on_record else _("Cities expected"), "count"),
        ChartColumn(_("Which"), "told"),
    ]


def _figures(
    result: IndicatorResult, rolling: FourQuarters | None, point: HistoryPoint | None
) -> Row:
    """Return a quarter's value, its estimate with its ends, and what is certain of it."""
    if point is None:
        return (NONE_YET,) * (7 if rolling else 6)
    likely = point.likely
    if rolling:
        likely = rolling.likely if point.quarter == result.quarter else None
    ends = (likely.low, likely.centre, likely.high) if likely else (None, None, None)
    certain = (None, None) if not point.provisional else (point.certain.low, point.certain.high)
    told = tuple(map(_or_none_yet, (*ends, *certain)))
    if rolling is None:
        return (point.value, *told)
    # Four quarters of all cities may not be known where the quarter itself is.
    value = rolling.values.get(point.quarter, None if point.provisional else NONE_YET)
    return (value, *told[:3], point.value, *told[3:])


def _or_none_yet(figure: Decimal | None) -> Any:
    """Return a figure, or NONE_YET where nothing is due."""
    return NONE_YET if figure is None else figure


def _rests_on(result: IndicatorResult, point: HistoryPoint | None, restated: Quarter | None) -> Row:
    """Return which cities a quarter rests on, and the note on its figure."""
    if point is None:
        return _only(_("still to come"))
    log = f"of={restated}" if restated else ""
    return point.accepted, point.expected, FigureNote(what(result, point), log)


def _only(words: str) -> Row:
    """Return the cells of a row that rests on no report."""
    return NONE_YET, NONE_YET, FigureNote(words)


def what(result: IndicatorResult, point: HistoryPoint) -> str:
    """Return the note on a quarter's figure, with how many cities it lacks."""
    if result.indicator.kind is IndicatorKind.ESTABLISHED:
        known = point.value is not None
        return _("by the records") if known else _("nothing on record of some of them")
    if point.value is not None:
        return _("accepted of every city")
    if not point.accepted:
        return _("not reported")
    missing = missing_words(point.accepted, point.expected)
    if point.likely is None:
        return missing
    return _("estimate, %(missing)s") % {"missing": missing}
