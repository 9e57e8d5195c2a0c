"""What is drawn of a target: values, estimates with their ranges, pace, projection, forecast."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from foundation.quarters import Quarter
from indicators.catalogue import IndicatorKind
from indicators.charts import theme
from indicators.charts.chart import in_large_unit, number, percent
from indicators.charts.trend_points import (
    TrendPoint,
    TrendSeries,
    estimate_name,
    is_by_year,
    place_of,
)
from indicators.charts.trend_table import what
from indicators.formulas.forecast import Forecast
from indicators.formulas.likely_range import LikelyRange
from indicators.results.indicator_result import IndicatorResult
from indicators.verdict.range_words import likely_words
from indicators.verdict.value_words import value_words

Columns = dict[str, int]
Shown = Callable[[Decimal | None], float | None]
SHOWN: dict[str, Shown] = {"ratio": percent, "count": number, "yuan": in_large_unit}
HOVERED = "%{customdata}"
# Of the lines of years: the newest is solid and dark, the others lighter, each in its own dashes.
NEWEST = ({"color": theme.MAIN, "width": 2.5}, {"symbol": "circle", "size": 8})
EARLIER = ("solid", "dash", "dot", "dashdot", "longdash")
# Seen also where a range is less high than a line is thick.
ESTIMATE = {"symbol": "line-ns-open", "size": 8, "color": theme.INK, "line": {"width": 2}}
NO_ENDS = {"symbol": "circle-open", "size": 9, "color": theme.INK}


def values(result: IndicatorResult, lines: list[TrendSeries], columns: Columns) -> list[Any]:
    """Return the lines (or, of things established, bars), and what of them was restated."""
    traces, diamonds = [], []
    for age, line in enumerate(reversed(lines)):
        places = [line.place(point.quarter) for point in line.points]
        drawn = [SHOWN[result.unit](point.value) for point in line.points]
        meta = line.columns(column=columns["value"])
        told = [_hovered(result, point) for point in line.points]
        trace = _values(result, line.name, places, drawn, _look(age))
        trace.update(customdata=told, hovertemplate=HOVERED, meta=meta)
        traces.append(trace)
        marked = zip(places, drawn, line.points, strict=True)
        diamonds += theme.restated([(x, y) for x, y, p in marked if p.restated], meta)
    for diamond in diamonds[1:]:
        diamond.update(showlegend=False)
    return [*reversed(traces), *diamonds]


def _values(
    result: IndicatorResult, name: str, x: list[str], y: list[float | None], look: Any
) -> Any:
    if result.indicator.kind is IndicatorKind.ESTABLISHED:
        return theme.bars(name, x, y)
    line, marker = look
    alone = sum(value is not None for value in y) == 1
    mode = "markers" if alone else "lines+markers"
    return theme.line(name, x, y, line=line, marker=marker, mode=mode)


def _look(age: int) -> Any:
    """Return line and marker of the newest line (0) or an earlier one."""
    if age == 0:
        return NEWEST
    dash = EARLIER[(age - 1) % len(EARLIER)]
    return {"color": theme.NEUTRAL, "width": 1.75, "dash": dash}, {"symbol": "circle", "size": 5}


def _hovered(result: IndicatorResult, point: TrendPoint) -> str:
    """Return a figure in words, as it stands under the pointer."""
    if point.value is None:
        return what(result, point.history)
    told = value_words(point.value, result.verdict, result.written_as)
    return " · ".join([told, _("restated")]) if point.restated else told


# ---- ranges ----------------------------------------------------------------------------


def estimates(result: IndicatorResult, line: TrendSeries, columns: Columns) -> list[Any]:
    """Return the likely ranges of quarters with a silent city."""
    found = [(point.quarter, point.likely) for point in line.points if point.likely]
    with_ends = [one for one in found if one[1].low is not None]
    without = [one for one in found if one[1].low is None]
    traces = [
        _ranges(result, [line.place(q) for q, _l in some], [likely for _q, likely in some])
        for some in (with_ends, without)
        if some
    ]
    for nth, trace in enumerate(traces):
        trace.update(
            name=estimate_name(line),
            showlegend=nth == 0,
            meta=line.columns(**_range_columns(columns)),
        )
    return traces


def _range_columns(columns: Columns) -> dict[str, int]:
    return {"column": columns["centre"], "low": columns["low"], "high": columns["high"]}


def _ranges(result: IndicatorResult, places: list[str], ranges: list[LikelyRange]) -> Any:
    """Return likely ranges as error bars: of all with ends, or of all without."""
    shown = SHOWN[result.unit]
    goal = result.verdict.goal if result.verdict else None
    has_ends = ranges[0].low is not None
    return theme.line(
        "",
        places,
        [shown(one.centre) for one in ranges],
        mode="markers",
        marker=ESTIMATE if has_ends else NO_ENDS,
        error_y=_spread(shown, ranges) if has_ends else None,
        customdata=[likely_words(one, result.written_as, goal) for one in ranges],
        hovertemplate=HOVERED,
    )


def _spread(shown: Shown, ranges: list[LikelyRange]) -> dict[str, Any] | None:
    """Return the error bars of ranges; None where they have no height."""
    up = [_reach(shown, one.centre, one.high) for one in ranges]
    down = [_reach(shown, one.low, one.centre) for one in ranges]
    if not any([*up, *down]):
        return None
    return {
        "type": "data",
        "symmetric": False,
        "array": up,
        "arrayminus": down,
        "color": theme.INK,
        "thickness": 2,
        "width": 6,
    }


def _reach(shown: Shown, lower: Decimal | None, upper: Decimal | None) -> float:
    """Return the length of half a range."""
    return 0.0 if lower is None or upper is None else shown(upper - lower) or 0.0


def dashed(result: IndicatorResult, line: TrendSeries, columns: Columns) -> list[Any]:
    """Return the dashed lines that lead from complete figures to what is estimated after them."""
    shown, traces = SHOWN[result.unit], []
    ends = [(p.quarter, p.likely, p.value) for p in line.points]
    if result.projection and line.year == result.quarter.year and not result.quarter.is_year_end:
        ends.append((result.quarter.year_end, result.projection, None))
    start: tuple[Quarter, Decimal, int] | None = None
    for quarter, likely, value in ends:
        if value is not None:
            start = quarter, value, columns["value"]
        elif likely is not None:
            if start is not None:
                y = [shown(start[1]), shown(likely.centre)]
                x = [line.place(start[0]), line.place(quarter)]
                meta = line.columns(column=columns["centre"], start=start[2])
                traces.append(theme.dashed_line(x, y, meta))
            start = quarter, likely.centre, columns["centre"]
    return traces


def projection(result: IndicatorResult, columns: Columns) -> list[Any]:
    """Return the projected year's end with its two ends."""
    if result.projection is None or result.quarter.is_year_end:
        return []
    end = result.quarter.year_end
    by_year = is_by_year(result)
    trace = _ranges(result, [place_of(end, by_year=by_year)], [result.projection])
    year = {"year": end.year} if by_year else {}
    trace.update(name=_("Projection of the year"), meta={**_range_columns(columns), **year})
    return [trace]


# ---- pace and forecast -----------------------------------------------------------------


def pace_line(result: IndicatorResult, pace: dict[Quarter, Decimal], columns: Columns) -> list[Any]:
    """Return the line from baseline to target."""
    if not pace:
        return []
    shown = SHOWN[result.unit]
    return [
        theme.line(
            _("Pace"),
            [place_of(q, by_year=False) for q in pace],
            [shown(value) for value in pace.values()],
            mode="lines",
            line={"color": theme.NEUTRAL, "dash": "dot", "width": 1.5},
            customdata=[
                value_words(value, result.verdict, result.written_as) for value in pace.values()
            ],
            hovertemplate=HOVERED,
            meta={"column": columns["pace"]},
        )
    ]


def forecast_band(
    result: IndicatorResult,
    expected: Forecast | None,
    points: list[TrendPoint],
    columns: Columns,
) -> list[Any]:
    """Return the forecast's range as a band from the quarter it starts from; none within years."""
    start = next((p for p in points if expected and p.quarter == expected.base), None)
    if expected is None or start is None or start.value is None or is_by_year(result):
        return []
    places = [place_of(q, by_year=False) for q in (expected.base, expected.of)]
    shown, begins = SHOWN[result.unit], start.value

    def edge(end: Decimal, column: int, **more: Any) -> Any:
        return theme.line(
            _("Forecast"),
            places,
            [shown(begins), shown(end)],
            mode="lines",
            line={"color": theme.NEUTRAL, "width": 1, "dash": "dot"},
            showlegend=False,
            hoverinfo="skip",
            # It starts from a figure, which stands in the column of figures.
            meta={"column": column, "start": columns["value"]},
            **more,
        )

    return [
        edge(expected.low, columns["low"]),
        edge(expected.high, columns["high"], fill="tonexty", fillcolor=theme.BAND),
    ]


def forecast(result: IndicatorResult, expected: Forecast | None, columns: Columns) -> list[Any]:
    """Return the middle of the forecast with its ends: one mark."""
    if expected is None:
        return []
    by_year = is_by_year(result)
    one = LikelyRange(expected.low, expected.middle, expected.high)
    trace = _ranges(result, [place_of(expected.of, by_year=by_year)], [one])
    year = {"year": expected.of.year} if by_year else {}
    trace.update(
        name=_("Forecast"),
        marker={"symbol": "cross-thin-open", "size": 10, "color": theme.INK},
        meta={**_range_columns(columns), **year},
    )
    return [trace]
