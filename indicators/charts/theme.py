"""
Axes, lines and colours of charts; colours are names of CSS properties.

charts.js replaces every var(--…) by the computed property before it draws, so that one figure
serves screen, dark mode and print. Colour means a cluster or a status; all else is ink and grey.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import plotly.graph_objects as go
from django.utils.translation import gettext as _

from clusters.models import City
from foundation.language import quarter_name
from foundation.quarters import Quarter

# By their order in the plan.
CLUSTERS = tuple(f"var(--cluster-{number})" for number in range(1, 7))
MAIN = "var(--chart-6)"
SECOND = "var(--chart-muted)"
NEUTRAL = "var(--chart-muted)"
GOOD, FAIR = "var(--status-good)", "var(--status-fair)"
INK = "var(--chart-ink)"
GRID = "var(--chart-grid)"
TARGET = "var(--chart-target)"
BAND = "var(--chart-band)"
PAPER = "var(--chart-paper)"
CLEAR = "rgba(0,0,0,0)"

# A quarter on an axis of one year.
QUARTER_NAMES: Mapping[int, Callable[[], str]] = {
    1: lambda: _("Q1"),
    2: lambda: _("Q2"),
    3: lambda: _("Q3"),
    4: lambda: _("Q4"),
}
# Room above the greatest value, for the name of a target's line; below the least of a share.
ROOM_ABOVE, ROOM_BELOW = 0.22, 0.06
# Up to here each whole number has its tick: else the axis of a count would have halves.
MOST_SINGLE_TICKS = 6

# Beyond so many quarters there is no room for the name of each.
MOST_NAMED_QUARTERS = 17


def figure(traces: list[Any], **layout: Any) -> dict[str, Any]:
    """
    Return a figure as a plain dict that json can write.

    Only scatter, bar and pie: plotly.js basic silently draws any other type as scatter.
    """
    drawn = go.Figure(
        data=traces,
        layout=go.Layout(
            template={},
            colorway=[MAIN, NEUTRAL],
            paper_bgcolor=CLEAR,
            plot_bgcolor=CLEAR,
            font={"color": INK},
            margin={"l": 8, "r": 16, "t": 8, "b": 8},
            hovermode="x unified",
        ),
    )
    drawn.update_xaxes(gridcolor=GRID, linecolor=GRID, automargin=True)
    drawn.update_yaxes(gridcolor=GRID, linecolor=GRID, automargin=True, fixedrange=True)
    drawn.update_layout(**layout)
    return drawn.to_plotly_json()


def names_axis(names: Sequence[str], **more: Any) -> dict[str, Any]:
    """Return the axis of names, each in its place whether or not it has a value."""
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": names,
        "range": [-0.5, len(names) - 0.5],
        "gridcolor": GRID,
        "automargin": True,
    } | more


def quarters_axis(quarters: Sequence[Quarter]) -> dict[str, Any]:
    """Return the axis of quarters, named as quarter_name does: Q1 to Q4, the year beneath."""
    names = [quarter_name(quarter) for quarter in quarters]
    return names_axis(
        names,
        tickmode="array",
        tickvals=names,
        ticktext=[_tick(quarter, quarters) for quarter in quarters],
        tickangle=0,
        # Under the pointer the quarter is named with its year.
        unifiedhovertitle={"text": "%{x}"},
    )


def _tick(quarter: Quarter, among: Sequence[Quarter]) -> str:
    """Return the label under a quarter; the year's name needs the room of two quarters."""
    begins = quarter.quarter == 1 or (quarter == among[0] and quarter.quarter < 4)
    if len(among) > MOST_NAMED_QUARTERS:
        return str(quarter.year) if begins else ""
    return f"Q{quarter.quarter}<br>{quarter.year if begins or len(among) == 1 else ''}"


def value_axis(**more: Any) -> dict[str, Any]:
    """Return the axis of values, from zero; its unit stands beside the chart's name."""
    return {
        "rangemode": "tozero",
        "gridcolor": GRID,
        "automargin": True,
        "fixedrange": True,
    } | more


def fitted_axis(values: Iterable[float | None], *, from_zero: bool, whole: bool) -> dict[str, Any]:
    """
    Return the axis that fits what is drawn, with room for the names of lines.

    from_zero  whether zero is on it; whole whether it has whole numbers only
    """
    known = [value for value in values if value is not None]
    if not known:
        return value_axis()
    low, high = min(known), max(known)
    if from_zero:
        low, high = min(low, 0), max(high, 0)
    height = high - low or abs(high) or 1
    ends = [
        low - (0 if low == 0 and from_zero else height * ROOM_BELOW),
        high + height * ROOM_ABOVE,
    ]
    ticks = {"dtick": 1} if whole and height <= MOST_SINGLE_TICKS else {}
    return value_axis(range=ends, **ticks)


def line(name: str, x: list[str], y: list[float | None], **more: Any) -> go.Scatter:
    """Return a line with a gap where a value is missing, never a zero."""
    return go.Scatter(name=name, x=x, y=y, **{"mode": "lines+markers", "connectgaps": False} | more)


def dashed_line(x: list[str], y: list[float | None], meta: dict[str, int]) -> go.Scatter:
    """Return the dashed line from what is complete to what is estimated."""
    return line(
        "",
        x,
        y,
        mode="lines",
        line={"color": INK, "dash": "dash", "width": 1.5},
        showlegend=False,
        hoverinfo="skip",
        meta=meta,
    )


def bars(name: str, x: list[str], y: list[float | None]) -> go.Bar:
    """Return bars, light so that a line before them is seen; a missing value has none."""
    return go.Bar(name=name, x=x, y=y, marker={"color": SECOND})


def restated(points: Iterable[tuple[str, float | None]], meta: dict[str, int]) -> list[go.Scatter]:
    """Return the diamonds over what was published as another figure before; none if nothing was."""
    there = [(x, y) for x, y in points if y is not None]
    if not there:
        return []
    return [
        go.Scatter(
            name=_("restated"),
            x=[x for x, _y in there],
            y=[y for _x, y in there],
            mode="markers",
            marker={
                "symbol": "diamond",
                "size": 11,
                "color": PAPER,
                "line": {"color": TARGET, "width": 2},
            },
            hoverinfo="skip",
            meta=meta,
        )
    ]


def target_line(label: str, x: list[str], at: float | None, meta: dict[str, int]) -> go.Scatter:
    """Return the target: a dashed line. Its name is written by target_name."""
    return go.Scatter(
        name=label,
        x=x,
        y=[at] * len(x),
        mode="lines",
        line={"color": TARGET, "dash": "dash", "width": 1.5},
        showlegend=False,
        hoverinfo="skip",
        meta=meta,
    )


def target_name(label: str, at: float | None, *, above: bool) -> dict[str, Any]:
    """Return the name of a target's line: at its start, clear of the line, over what is drawn."""
    return {
        "text": label,
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": at,
        "yanchor": "bottom" if above else "top",
        "yshift": 3 if above else -3,
        "showarrow": False,
        "bgcolor": PAPER,
        "borderpad": 1,
    }


def city_colours(cities: Iterable[tuple[City, bool]]) -> dict[str, str]:
    """
    Return a colour by city's code: of those in colour each cluster's own, others neutral.

    Where more are in colour than there are clusters' colours, all of them are dark.
    """
    known = list(cities)
    members = sorted(city.code for city, is_in in known if is_in)
    own = dict(zip(members, CLUSTERS, strict=False)) if len(members) <= len(CLUSTERS) else {}
    return {city.code: own.get(city.code, MAIN) if is_in else NEUTRAL for city, is_in in known}
