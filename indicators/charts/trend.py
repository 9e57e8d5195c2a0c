"""An indicator by quarter, with its target, its pace and how far silent cities could move it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from clusters.quarters import Quarter
from indicators.catalogue import Kind
from indicators.charts import theme
from indicators.charts.chart import Chart, ChartTable, Column, Row, kept, number, percent
from indicators.forecasting import ahead
from indicators.formulas.forecast import Forecast
from indicators.formulas.incomparable import Incomparable
from indicators.formulas.pace import due_share, pace_value
from indicators.results import HistoryPoint, IndicatorResult

Shown = Callable[[Decimal | None], float | None]


@kept
def trend(result: IndicatorResult) -> Chart:
    """Return the history of an indicator up to its target's deadline."""
    share = result.indicator.kind is Kind.SHARE
    shown = percent if share else number
    points = result.history
    quarters = [str(point.quarter) for point in points]
    ahead = [str(q) for q in _ahead(result)]
    expected = _forecast(result)
    # The band first, so that it lies beneath the figures.
    traces = [*_cone(result, expected, shown), _values(result, points, quarters, shown)]
    if result.target:
        label = _("Target %(value)s") % {"value": _written(result.target.value, share)}
        at = shown(result.target.value)
        traces.append(theme.target_line(label, quarters + ahead, at))
        traces += _pace(result, [p.quarter for p in points] + _ahead(result), shown)
    if result.projection and not result.quarter.is_year_end:
        traces.append(_projection(result))
    return Chart(
        key=f"trend-{result.code}",
        title=str(result.indicator.short_name),
        figure=theme.figure(
            traces,
            xaxis=theme.quarters_axis(categoryarray=quarters + ahead),
            # A share is a line, and moves by tenths of a point: from zero it would be flat.
            yaxis=theme.value_axis("%", rangemode="normal")
            if share
            else theme.value_axis(pgettext("unit after a number", "enterprises")),
        ),
        table=_table(points, expected, "percent" if share else "count"),
        note=_note(points, share),
    )


def _ahead(result: IndicatorResult) -> list[Quarter]:
    """Return the quarters that are still to come before the target is due."""
    if not result.target:
        return []
    return Quarter.range(result.quarter.next(), result.target.period)


def _values(
    result: IndicatorResult, points: tuple[HistoryPoint, ...], quarters: list[str], shown: Shown
) -> Any:
    """Return the line (a share) or the bars (a count), with how far it could move."""
    spread = {
        "type": "data",
        "symmetric": False,
        "array": [_distance(p.value, p.high, shown) for p in points],
        "arrayminus": [_distance(p.low, p.value, shown) for p in points],
        "color": theme.NEUTRAL,
        "thickness": 1.5,
    }
    y = [shown(point.value) for point in points]
    name = str(result.indicator.short_name)
    if result.indicator.kind is Kind.COUNT:
        return {
            "type": "bar",
            "name": name,
            "x": quarters,
            "y": y,
            "marker": {
                "color": [_bar_colour(point) for point in points],
                # Hatched: some city is missing.
                "pattern": {"shape": ["/" if point.provisional else "" for point in points]},
            },
        }
    symbols = ["circle-open" if point.provisional else "circle" for point in points]
    return theme.line(
        name,
        quarters,
        y,
        line={"color": theme.MAIN},
        marker={"symbol": symbols, "size": 8},
        error_y=spread,
    )


def _bar_colour(point: HistoryPoint) -> str:
    return theme.NEUTRAL if point.provisional else theme.MAIN


def _distance(lower: Decimal | None, upper: Decimal | None, shown: Shown) -> float | None:
    """Return the length of half an error bar; None where there is none."""
    return None if lower is None or upper is None else shown(upper - lower)


def _pace(result: IndicatorResult, quarters: list[Quarter], shown: Shown) -> list[Any]:
    """Return the line from baseline to target; nothing without a baseline."""
    if not result.baseline or not result.target:
        return []
    every = Quarter.range(result.baseline.period, result.target.period)
    within = [q for q in every if q in quarters]
    try:
        shares = [
            due_share(q, baseline_at=result.baseline.period, deadline=result.target.period)
            for q in within
        ]
    except Incomparable:
        return []
    values = [
        pace_value(share, baseline=result.baseline.value, target=result.target.value)
        for share in shares
    ]
    if result.indicator.kind is Kind.COUNT:
        # A count grows anew within each year: its pace is that of the years' ends.
        known = [(q, v) for q, v in zip(within, values, strict=True) if q.is_year_end]
        within, values = [q for q, _v in known], [v for _q, v in known]
    return [
        theme.line(
            _("Pace"),
            [str(q) for q in within],
            [shown(value) for value in values],
            line={"color": theme.NEUTRAL, "dash": "dot"},
            mode="lines+markers",
            marker={"symbol": "line-ew-open"},
        )
    ]


def _projection(result: IndicatorResult) -> Any:
    """Return the projected year's end: one open mark, with its bounds."""
    projection = result.projection
    assert projection is not None
    high = projection.bounds.high if projection.bounds else None
    return theme.line(
        _("Projection of the year"),
        [str(result.quarter.year_end)],
        [number(projection.value)],
        mode="markers",
        marker={"symbol": "diamond-open", "size": 11, "color": theme.SECOND},
        error_y={
            "type": "data",
            "symmetric": False,
            "array": [_distance(projection.value, high, number)],
            "arrayminus": [0],
        },
    )


def _forecast(result: IndicatorResult) -> Forecast | None:
    """Return the forecast of the deadline; None if there is none."""
    found = ahead(result)
    return found.forecast if found else None


def _cone(result: IndicatorResult, expected: Forecast | None, shown: Shown) -> list[Any]:
    """Return the forecast as a band from the quarter it starts from; nothing without one."""
    if expected is None:
        return []
    start = next(p for p in result.history if p.quarter == expected.base)
    quarters = [str(expected.base), str(expected.of)]

    def edge(end: Decimal, name: str, **more: Any) -> Any:
        ends = [shown(start.value), shown(end)]
        return theme.line(name, quarters, ends, mode="lines", **more)

    thin = {"color": theme.SECOND, "width": 1, "dash": "dot"}
    return [
        edge(expected.low, _("Forecast, at least"), line=thin, showlegend=False),
        edge(
            expected.high,
            _("Forecast"),
            line=thin,
            fill="tonexty",
            fillcolor=theme.BAND,
        ),
    ]


def _written(value: Decimal, share: bool) -> str:
    """Return a target for its label: 50% or 300."""
    figure = value * 100 if share else value
    text = f"{figure:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text}%" if share else text


def _table(points: tuple[HistoryPoint, ...], expected: Forecast | None, kind: str) -> ChartTable:
    """Return the quarters, and the forecast beneath them; a count has bounds only there."""
    bounded = kind == "percent" or expected is not None
    columns = [Column(_("Quarter"), "quarter"), Column(_("Value"), kind)]
    if bounded:
        columns += [Column(_("At least"), kind), Column(_("At most"), kind)]
    columns += [Column(_("Cities accepted"), "count"), Column(_("Cities expected"), "count")]
    rows: list[Row] = [
        (p.quarter, p.value, *((p.low, p.high) if bounded else ()), p.accepted, p.expected)
        for p in points
    ]
    if expected is not None:
        columns.append(Column(_("Which"), "text"))
        rows = [(*row, _kind_of(p)) for row, p in zip(rows, points, strict=True)]
        middle, low, high = expected.middle, expected.low, expected.high
        rows.append((expected.of, middle, low, high, None, None, _("forecast")))
    return ChartTable(columns=tuple(columns), rows=tuple(rows))


def _kind_of(point: HistoryPoint) -> str:
    """Say what a quarter's figure is."""
    if point.value is None:
        return _("not reported")
    return _("provisional") if point.provisional else _("accepted of every city")


def _note(points: tuple[HistoryPoint, ...], share: bool) -> str:
    """Say what a reader must know: what is provisional, and where the axis begins."""
    notes = []
    if any(point.provisional for point in points):
        notes.append(_("Open or hatched marks are provisional: not every city has reported."))
    if share:
        notes.append(_("The axis does not begin at zero."))
    return " ".join(notes)
