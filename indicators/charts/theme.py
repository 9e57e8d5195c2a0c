"""
Axes, lines and colours of charts; colours are names of CSS properties.

charts.js replaces every var(--…) by the computed property before it draws, so that one figure
serves screen, dark mode and print. Colour means a cluster or a status; all else is ink and grey.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import plotly.graph_objects as go
from django.utils.translation import gettext as _

from clusters.models import City
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
    """Return the axis of quarters: Q1 to Q4, the year beneath its first."""
    names = [str(quarter) for quarter in quarters]
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


def line(name: str, x: list[str], y: list[float | None], **more: Any) -> go.Scatter:
    """Return a line with a gap where a value is missing, never a zero."""
    return go.Scatter(name=name, x=x, y=y, **{"mode": "lines+markers", "connectgaps": False} | more)


def restated(points: Iterable[tuple[str, float | None]], column: int) -> list[go.Scatter]:
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
            meta={"column": column},
        )
    ]


def target_line(label: str, x: list[str], at: float | None, column: int) -> go.Scatter:
    """Return the target: a dashed line with its name at the start."""
    return go.Scatter(
        name=label,
        x=x,
        y=[at] * len(x),
        mode="lines+text",
        text=[label, *[""] * (len(x) - 1)],
        textposition="top right",
        cliponaxis=False,
        line={"color": TARGET, "dash": "dash"},
        hoverinfo="skip",
        meta={"column": column},
    )


def city_colours(cities: Iterable[tuple[City, bool]]) -> dict[str, str]:
    """
    Return a colour by city's code: of those in colour each cluster's own, others neutral.

    Where more are in colour than there are clusters' colours, all of them are dark.
    """
    known = list(cities)
    members = sorted(city.code for city, is_in in known if is_in)
    own = dict(zip(members, CLUSTERS, strict=False)) if len(members) <= len(CLUSTERS) else {}
    return {city.code: own.get(city.code, MAIN) if is_in else NEUTRAL for city, is_in in known}


def mark(provisional: bool) -> str:
    """Return the marker of a figure: open while a city is missing."""
    return "circle-open" if provisional else "circle"
