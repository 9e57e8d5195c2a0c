"""Chart of an indicator by quarter, with target, pace, ranges and forecast."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from foundation.amount_units import unit_name
from foundation.quarters import Quarter
from indicators.catalogue import IndicatorKind, Pace
from indicators.charts import findings, theme
from indicators.charts.chart import (
    Chart,
    in_large_unit,
    number,
    percent,
)
from indicators.charts.trend_table import target_words, targets_of, trend_table, what
from indicators.estimates.figures import HistoryPoint
from indicators.formulas.forecast import Forecast
from indicators.formulas.incomparable import Incomparable
from indicators.formulas.pace import due_share, interim_shares, pace_value
from indicators.results.indicator_result import IndicatorResult

Shown = Callable[[Decimal | None], float | None]
# The columns of the table that the traces are drawn from; then come pace and targets. LOW,
# CENTRE and HIGH are of an estimate, a projection or a forecast.
VALUE, LOW, CENTRE, HIGH, PACE = 1, 2, 3, 4, 7


def trend(result: IndicatorResult, expected: Forecast | None = None) -> Chart:
    """
    Return the history of an indicator up to its target's deadline.

    expected is the forecast of the deadline; None where there is none worth drawing.
    """
    share = result.indicator.kind is IndicatorKind.SHARE
    points = result.history
    quarters = [point.quarter for point in points] + _ahead(result)
    pace = _pace(result, quarters)
    # The band first, so that it lies beneath the figures.
    traces = [*_band(result, expected), *_values(result), *_estimates(result)]
    traces += _pace_line(result, pace)
    for column, value in enumerate(targets_of(result), start=PACE + bool(pace)):
        traces.append(_target_line(result, value, [str(q) for q in quarters], column))
    traces += [*_projection(result), *_expected(result, expected)]
    return Chart(
        key=f"trend-{result.code}",
        title=findings.of_target(result),
        name=str(result.indicator.short_name),
        unit=unit_of(result),
        figure=theme.figure(
            traces,
            xaxis=theme.quarters_axis(quarters),
            # A share changes by tenths of a point: an axis from zero would show a flat line.
            yaxis=theme.value_axis(rangemode="normal" if share else "tozero"),
        ),
        table=trend_table(result, quarters, expected, pace),
        note=_note(result, share),
    )


SHOWN: dict[str, Shown] = {"ratio": percent, "count": number, "yuan": in_large_unit}
# The format of numbers under the pointer.
HOVERED = {"ratio": "%{y:,.2f}%", "count": "%{y:,.0f}", "yuan": "%{y:,.2f}"}


def unit_of(result: IndicatorResult) -> str:
    """Return the unit in which an indicator is drawn."""
    if result.unit == "ratio":
        return "%"
    return unit_name("large") if result.unit == "yuan" else result.unit_word


def _target_line(result: IndicatorResult, value: Decimal, quarters: list[str], column: int) -> Any:
    """Return the line of the target, or of one edge of its band."""
    at = SHOWN[result.unit](value)
    return theme.target_line(target_words(result, value), quarters, at, column)


def _ahead(result: IndicatorResult) -> list[Quarter]:
    """Return the quarters still to come up to the deadline."""
    if not result.target:
        return []
    return Quarter.range(result.quarter.next(), result.target.period)


# ---- the figures -----------------------------------------------------------------------


def _values(result: IndicatorResult) -> list[Any]:
    """Return the line (a share, a total) or the bars (a count), with what was restated."""
    points, shown = result.history, SHOWN[result.unit]
    quarters, y = [str(point.quarter) for point in points], [shown(p.value) for p in points]
    common: dict[str, Any] = {
        "name": str(result.indicator.short_name),
        "x": quarters,
        "y": y,
        "customdata": [_hovered(result, point) for point in points],
        "hovertemplate": HOVERED[result.unit] + " %{customdata}",
        "meta": {"column": VALUE},
    }
    if result.indicator.kind in (IndicatorKind.COUNT, IndicatorKind.ESTABLISHED):
        values: Any = {"type": "bar", "marker": {"color": theme.MAIN}} | common
    else:
        marker = {"symbol": "circle", "size": 8}
        values = theme.line(**common, line={"color": theme.MAIN}, marker=marker)
    marked = [(q, v) for q, v, p in zip(quarters, y, points, strict=True) if p.restated]
    return [values, *theme.restated(marked, VALUE)]


def _hovered(result: IndicatorResult, point: HistoryPoint) -> str:
    """Return the words beside a figure under the pointer."""
    told = [what(result, point)] if point.value is None else []
    if point.restated:
        told.append(_("restated"))
    return " · ".join(told)


def _estimates(result: IndicatorResult) -> list[Any]:
    """Return the likely ranges of quarters with a silent city, as error bars."""
    points = [point for point in result.history if point.likely is not None]
    if not points:
        return []
    shown = SHOWN[result.unit]
    ends = [(p.likely.centre, p.likely.low, p.likely.high) for p in points if p.likely]
    return [
        theme.line(
            _("Estimate"),
            [str(point.quarter) for point in points],
            [shown(centre) for centre, _low, _high in ends],
            mode="markers",
            marker={"symbol": "circle-open", "size": 9, "color": theme.INK},
            error_y=_spread(shown, ends),
            hovertemplate=HOVERED[result.unit],
            meta={"column": CENTRE, "low": LOW, "high": HIGH},
        )
    ]


def _spread(
    shown: Shown, ends: Sequence[tuple[Decimal | None, Decimal | None, Decimal | None]]
) -> Any:
    """Return the error bars of values with their low and high ends; none where nothing could."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [_distance(value, high, shown) for value, _low, high in ends],
        "arrayminus": [_distance(low, value, shown) for value, low, _high in ends],
        "color": theme.INK,
        "thickness": 1.5,
    }


def _distance(lower: Decimal | None, upper: Decimal | None, shown: Shown) -> float | None:
    """Return the length of half an error bar; None where there is none."""
    return None if lower is None or upper is None or lower == upper else shown(upper - lower)


# ---- pace, projection and forecast -----------------------------------------------------


def _pace(result: IndicatorResult, quarters: list[Quarter]) -> dict[Quarter, Decimal]:
    """Return the pace by quarter; nothing without a baseline."""
    if not result.baseline or not result.target:
        return {}
    every = Quarter.range(result.baseline.period, result.target.period)
    assert result.verdict is not None
    start, aim = result.baseline.value, result.verdict.goal.aim
    try:
        interim = interim_shares(result.target.interim, baseline=start, target=aim)
        shares = {
            q: due_share(
                q,
                baseline_at=result.baseline.period,
                deadline=result.target.period,
                interim=interim,
            )
            for q in every
            if q in quarters
        }
    except Incomparable:
        return {}
    # What grows anew within each year has the pace of the years' ends.
    every_quarter = result.indicator.pace is Pace.POINT
    return {
        q: pace_value(share, baseline=start, target=aim)
        for q, share in shares.items()
        if every_quarter or q.is_year_end
    }


def _pace_line(result: IndicatorResult, pace: dict[Quarter, Decimal]) -> list[Any]:
    """Return the line from baseline to target."""
    if not pace:
        return []
    shown = SHOWN[result.unit]
    return [
        theme.line(
            _("Pace"),
            [str(q) for q in pace],
            [shown(value) for value in pace.values()],
            line={"color": theme.NEUTRAL, "dash": "dot"},
            marker={"symbol": "line-ew-open"},
            hovertemplate=HOVERED[result.unit],
            meta={"column": PACE},
        )
    ]


def _projection(result: IndicatorResult) -> list[Any]:
    """Return the projected year's end: one open mark, with its two ends."""
    projection, shown = result.projection, SHOWN[result.unit]
    if projection is None or result.quarter.is_year_end:
        return []
    return [
        theme.line(
            _("Projection of the year"),
            [str(result.quarter.year_end)],
            [shown(projection.centre)],
            mode="markers",
            marker={"symbol": "square-open", "size": 11, "color": theme.INK},
            error_y=_spread(shown, [(projection.centre, projection.low, projection.high)]),
            hovertemplate=HOVERED[result.unit],
            meta={"column": CENTRE, "low": LOW, "high": HIGH},
        )
    ]


def _band(result: IndicatorResult, expected: Forecast | None) -> list[Any]:
    """Return the forecast's range as a band from the quarter it starts from."""
    if expected is None:
        return []
    start = next(p for p in result.history if p.quarter == expected.base)
    quarters, shown = [str(expected.base), str(expected.of)], SHOWN[result.unit]

    def edge(name: str, end: Decimal, column: int, **more: Any) -> Any:
        return theme.line(
            name,
            quarters,
            [shown(start.value), shown(end)],
            mode="lines",
            line={"color": theme.NEUTRAL, "width": 1, "dash": "dot"},
            showlegend=False,
            hovertemplate=HOVERED[result.unit],
            # It starts from a figure, which stands in the column of figures.
            meta={"column": column, "start": VALUE},
            **more,
        )

    return [
        edge(_("Forecast, at least"), expected.low, LOW),
        edge(_("Forecast, at most"), expected.high, HIGH, fill="tonexty", fillcolor=theme.BAND),
    ]


def _expected(result: IndicatorResult, expected: Forecast | None) -> list[Any]:
    """Return the middle of the forecast: one mark in its band."""
    if expected is None:
        return []
    return [
        theme.line(
            _("Forecast"),
            [str(expected.of)],
            [SHOWN[result.unit](expected.middle)],
            mode="markers",
            marker={"symbol": "cross-thin-open", "size": 10, "color": theme.INK},
            hovertemplate=HOVERED[result.unit],
            meta={"column": CENTRE},
        )
    ]


def _note(result: IndicatorResult, share: bool) -> str:
    """Return the note: what is provisional, and where the axis begins."""
    notes = []
    if any(point.provisional for point in result.history):
        if result.indicator.kind is IndicatorKind.ESTABLISHED:
            notes.append(_("No bar where nothing is on record of some of them."))
        else:
            notes.append(_("Open marks with a range are estimates: not every city has reported."))
    if any(point.restated for point in result.history):
        notes.append(_("Diamonds: published as another figure before."))
    if share:
        notes.append(_("The axis does not begin at zero."))
    return " ".join(notes)
