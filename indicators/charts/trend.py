"""An indicator by quarter, with its target, its pace and how far silent cities could move it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from clusters.quarters import Quarter
from indicators import forecasting
from indicators.catalogue import Kind, Pace
from indicators.charts import theme
from indicators.charts.chart import (
    Chart,
    ChartTable,
    Column,
    Row,
    hundred_millions,
    kept,
    number,
    percent,
)
from indicators.formulas.forecast import Forecast
from indicators.formulas.incomparable import Incomparable
from indicators.formulas.pace import due_share, interim_shares, pace_value
from indicators.results import HistoryPoint, IndicatorResult
from indicators.sentences import exactly

Shown = Callable[[Decimal | None], float | None]


@kept
def trend(result: IndicatorResult) -> Chart:
    """Return the history of an indicator up to its target's deadline."""
    shown, share = SHOWN[result.unit], result.indicator.kind is Kind.SHARE
    points = result.history
    quarters = [str(point.quarter) for point in points]
    ahead = [str(q) for q in _ahead(result)]
    expected = _forecast(result)
    # The band first, so that it lies beneath the figures.
    traces = [*_cone(result, expected, shown), _values(result, points, quarters, shown)]
    if result.target:
        for value in (result.target.low, result.target.high):
            if value is not None:
                traces.append(_target_line(result, value, quarters + ahead))
        if result.target.low is None:
            traces.append(_target_line(result, result.target.value, quarters + ahead))
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
            yaxis=theme.value_axis(axis_title(result), rangemode="normal" if share else "tozero"),
        ),
        table=_table(result, expected),
        note=_note(result, share),
    )


SHOWN: dict[str, Shown] = {"ratio": percent, "count": number, "yuan": hundred_millions}
COLUMN_KINDS = {"ratio": "percent", "count": "count", "yuan": "amount"}


def axis_title(result: IndicatorResult) -> str:
    """Return the unit of an indicator's axis."""
    if result.unit == "ratio":
        return "%"
    return _("100 million yuan") if result.unit == "yuan" else result.unit_word


def _target_line(result: IndicatorResult, value: Decimal, quarters: list[str]) -> Any:
    """Return the line of the target, or of one edge of its band."""
    written = exactly(value, result.written_as) if result.unit == "yuan" else _bare(result, value)
    label = _("Target %(value)s") % {"value": written}
    return theme.target_line(label, quarters, SHOWN[result.unit](value))


def _bare(result: IndicatorResult, value: Decimal) -> str:
    return _written(value, result.unit == "ratio")


def _ahead(result: IndicatorResult) -> list[Quarter]:
    """Return the quarters that are still to come before the target is due."""
    if not result.target:
        return []
    return Quarter.range(result.quarter.next(), result.target.period)


def _values(
    result: IndicatorResult, points: tuple[HistoryPoint, ...], quarters: list[str], shown: Shown
) -> Any:
    """Return the line (a share, a total) or the bars (a count), with how far it could move."""
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
    if result.indicator.kind in (Kind.COUNT, Kind.ESTABLISHED):
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
    assert result.verdict is not None
    start, aim = result.baseline.value, result.verdict.goal.aim
    try:
        interim = interim_shares(result.target.interim, baseline=start, target=aim)
        shares = [
            due_share(
                q,
                baseline_at=result.baseline.period,
                deadline=result.target.period,
                interim=interim,
            )
            for q in within
        ]
    except Incomparable:
        return []
    values = [pace_value(share, baseline=start, target=aim) for share in shares]
    if result.indicator.pace is not Pace.POINT:
        # What grows anew within each year has the pace of the years' ends.
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
    projection, shown = result.projection, SHOWN[result.unit]
    assert projection is not None
    high = projection.bounds.high if projection.bounds else None
    return theme.line(
        _("Projection of the year"),
        [str(result.quarter.year_end)],
        [shown(projection.value)],
        mode="markers",
        marker={"symbol": "diamond-open", "size": 11, "color": theme.SECOND},
        error_y={
            "type": "data",
            "symmetric": False,
            "array": [_distance(projection.value, high, shown)],
            "arrayminus": [0],
        },
    )


def _forecast(result: IndicatorResult) -> Forecast | None:
    """Return the forecast of the deadline; None if there is none."""
    found = forecasting.ahead(result)
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


def _table(result: IndicatorResult, expected: Forecast | None) -> ChartTable:
    """Return the quarters, and the forecast beneath them; a count has bounds only there."""
    kind, points = COLUMN_KINDS[result.unit], result.history
    columns = [Column(_("Quarter"), "quarter"), Column(_("Value"), kind)]
    bounded = result.indicator.kind is not Kind.COUNT or expected is not None
    if bounded:
        columns += [Column(_("At least"), kind), Column(_("At most"), kind)]
    if result.indicator.kind is Kind.ESTABLISHED:
        columns += [Column(_("Known"), "count"), Column(_("On record"), "count")]
    else:
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


def _note(result: IndicatorResult, share: bool) -> str:
    """Say what a reader must know: what is provisional, and where the axis begins."""
    notes = []
    if any(point.provisional for point in result.history):
        if result.indicator.kind is Kind.ESTABLISHED:
            notes.append(_("Grey marks are provisional: of some nothing is on record."))
        else:
            notes.append(_("Open or hatched marks are provisional: not every city has reported."))
    if share:
        notes.append(_("The axis does not begin at zero."))
    return " ".join(notes)
