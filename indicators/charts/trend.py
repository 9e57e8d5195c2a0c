"""Chart of a target: by quarter, of four quarters together, or a line for each year."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from foundation.amount_units import unit_name
from foundation.quarters import Quarter
from indicators.catalogue import IndicatorKind
from indicators.charts import findings, theme
from indicators.charts.chart import Chart
from indicators.charts.trend_points import TrendPoint, is_by_year, lines_of, place_of, points_of
from indicators.charts.trend_table import (
    columns_of,
    quarters_with_target,
    target_words,
    targets_of,
    trend_table,
)
from indicators.charts.trend_traces import (
    SHOWN,
    dashed,
    estimates,
    forecast,
    forecast_band,
    pace_line,
    projection,
    values,
)
from indicators.formulas.forecast import Forecast
from indicators.formulas.incomparable import Incomparable
from indicators.formulas.pace import due_share, interim_shares, pace_value
from indicators.results.four_quarters import FourQuarters
from indicators.results.indicator_result import IndicatorResult


def trend(
    result: IndicatorResult, expected: Forecast | None = None, rolling: FourQuarters | None = None
) -> Chart:
    """
    Return the history of an indicator up to its target's deadline.

    expected is the forecast of the deadline; None where there is none worth drawing. rolling is
    a share's series of four quarters together; None of any other indicator.
    """
    expected = _still_to_come(result, expected, rolling)
    points = points_of(result, rolling)
    ahead = _ahead(result)
    axis = [point.quarter for point in points] + ahead
    every = [point.quarter for point in result.history] + ahead
    pace = {q: value for q, value in _pace(result, axis).items() if not is_by_year(result)}
    columns = columns_of(result, pace=bool(pace), rolling=rolling is not None)
    lines = lines_of(result, points)
    # The band first, so that it lies beneath the figures.
    traces = [
        *forecast_band(result, expected, points, columns),
        *(trace for line in lines for trace in dashed(result, line, columns)),
        *values(result, lines, columns),
        *(trace for line in lines for trace in estimates(result, line, columns)),
        *pace_line(result, pace, columns),
        *projection(result, columns),
        *forecast(result, expected, columns),
    ]
    aims = quarters_with_target(result, axis)
    targets, names = _targets(result, aims, columns)
    return Chart(
        key=f"trend-{result.code}",
        title=findings.of_four_quarters(result, rolling) if rolling else findings.of_target(result),
        name=_name(result, rolling),
        unit=unit_of(result),
        figure=theme.figure(
            [*traces, *targets],
            annotations=names,
            xaxis=_axis(result, axis),
            yaxis=_value_axis(result, [*traces, *targets]),
        ),
        table=trend_table(result, rolling, (every, aims), expected, pace),
        note=_note(result, rolling, points),
    )


def unit_of(result: IndicatorResult) -> str:
    """Return the unit in which an indicator is drawn."""
    if result.unit == "ratio":
        return "%"
    return unit_name("large") if result.unit == "yuan" else result.unit_word


def _name(result: IndicatorResult, rolling: FourQuarters | None) -> str:
    """Return what is drawn, and of which quarters."""
    name = str(result.indicator.short_name)
    if rolling:
        return _("%(name)s, last four quarters together") % {"name": name}
    if is_by_year(result):
        return _("%(name)s, each year from 1 January") % {"name": name}
    return name


def _ahead(result: IndicatorResult) -> list[Quarter]:
    """Return the quarters still to come up to the deadline."""
    if not result.target:
        return []
    return Quarter.range(result.quarter.next(), result.target.period)


def _still_to_come(
    result: IndicatorResult, expected: Forecast | None, rolling: FourQuarters | None
) -> Forecast | None:
    """Return a forecast of a later quarter that nothing else in the chart is an estimate of."""
    if expected is None or expected.of <= result.quarter:
        return None
    if result.projection and expected.of == result.quarter.year_end:
        return None
    # Of the year to date, which is four quarters together at the year's end alone.
    return expected if rolling is None or expected.of.is_year_end else None


# ---- axes ------------------------------------------------------------------------------


def _axis(result: IndicatorResult, quarters: list[Quarter]) -> dict[str, Any]:
    """Return the axis of time: all quarters, or the four of a year."""
    if is_by_year(result):
        return theme.names_axis([name() for name in theme.QUARTER_NAMES.values()])
    return theme.quarters_axis(quarters)


def _value_axis(result: IndicatorResult, traces: list[Any]) -> dict[str, Any]:
    """Return the axis of values: it fits what is drawn, ranges and target among it."""
    drawn = [end for trace in traces for end in _ends(trace)]
    # A share changes by tenths of a point: an axis from zero would show a flat line.
    return theme.fitted_axis(drawn, from_zero=result.unit != "ratio", whole=result.unit == "count")


def _ends(trace: Any) -> list[float]:
    """Return the values of a trace, and the ends of its error bars."""
    drawn = trace.to_plotly_json()
    y, spread = trace["y"], drawn.get("error_y", {})
    ends = [value for value in y if value is not None]
    for sign, side in ((1, "array"), (-1, "arrayminus")):
        reach = spread.get(side)
        ends += [v + sign * r for v, r in zip(y, reach or [], strict=False) if v is not None and r]
    return ends


# ---- target and pace -------------------------------------------------------------------


def _targets(
    result: IndicatorResult, quarters: list[Quarter], columns: dict[str, int]
) -> tuple[list[Any], list[Any]]:
    """Return the lines of the target, or of both edges of its band, and their names."""
    lines, names = [], []
    by_year = is_by_year(result)
    places = [place_of(one, by_year=by_year) for one in quarters]
    year = {"year": quarters[-1].year} if by_year and quarters else {}
    edges = targets_of(result)
    for number, value in enumerate(edges):
        at, label = SHOWN[result.unit](value), target_words(result, value)
        meta = {"column": columns["target"] + number, **year}
        lines.append(theme.target_line(label, places, at, meta))
        names.append(theme.target_name(label, at, above=number == len(edges) - 1))
    return lines, names


def _pace(result: IndicatorResult, quarters: list[Quarter]) -> dict[Quarter, Decimal]:
    """Return the pace by quarter; nothing without a baseline, or of a part of a thing."""
    if not result.baseline or not result.target or result.indicator.things is not None:
        return {}
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
            for q in Quarter.range(result.baseline.period, result.target.period)
            if q in quarters
        }
    except Incomparable:
        return {}
    return {q: pace_value(share, baseline=start, target=aim) for q, share in shares.items()}


# ---- words -----------------------------------------------------------------------------


def _note(result: IndicatorResult, rolling: FourQuarters | None, points: list[TrendPoint]) -> str:
    """Return the note: what is provisional, and where the axis begins."""
    notes = []
    if rolling:
        notes.append(_("Four quarters together, so that a new year is no jump."))
    if any(point.provisional for point in result.history):
        if result.indicator.kind is IndicatorKind.ESTABLISHED:
            notes.append(_("No bar where nothing is on record of some of them."))
        else:
            notes.append(_("Solid where every city has reported, dashed to the likely range."))
    if any(point.restated for point in points):
        notes.append(_("Diamonds: published as another figure before."))
    if result.unit == "ratio":
        notes.append(_("The axis does not begin at zero."))
    return " ".join(notes)
