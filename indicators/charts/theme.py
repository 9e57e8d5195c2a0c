"""
How figures look: the single place of colours in Python, and they are names.

charts.js puts the value of the page's custom property in the place of every var(--…) before
it draws, so that one figure serves screen, dark mode and print.
"""

from typing import Any

import plotly.graph_objects as go

CLUSTERS = ("var(--chart-1)", "var(--chart-2)", "var(--chart-3)")
MAIN = "var(--chart-1)"
SECOND = "var(--chart-2)"
THIRD = "var(--chart-3)"
NEUTRAL = "var(--chart-muted)"
INK = "var(--chart-ink)"
GRID = "var(--chart-grid)"
TARGET = "var(--chart-target)"
BAND = "var(--chart-band)"
CLEAR = "rgba(0,0,0,0)"


def figure(traces: list[Any], **layout: Any) -> dict[str, Any]:
    """
    Return a figure as a plain dict that json can write.

    Only scatter, bar and pie: plotly.js basic silently draws any other type as scatter.
    """
    drawn = go.Figure(
        data=traces,
        layout=go.Layout(
            template={},
            colorway=[*CLUSTERS, NEUTRAL],
            paper_bgcolor=CLEAR,
            plot_bgcolor=CLEAR,
            font={"color": INK},
            margin={"l": 8, "r": 8, "t": 8, "b": 8},
            legend={"orientation": "h", "y": -0.2},
            hovermode="x unified",
        ),
    )
    drawn.update_xaxes(gridcolor=GRID, linecolor=GRID, automargin=True, fixedrange=True)
    drawn.update_yaxes(gridcolor=GRID, linecolor=GRID, automargin=True, fixedrange=True)
    drawn.update_layout(**layout)
    return drawn.to_plotly_json()


def quarters_axis(**more: Any) -> dict[str, Any]:
    """Return the axis of quarters: each is a name, or plotly would take it for a date."""
    return {"type": "category", "gridcolor": GRID, "automargin": True, "fixedrange": True} | more


def value_axis(title: str, **more: Any) -> dict[str, Any]:
    """Return the axis of values, from zero and with its unit written on it."""
    return {
        "title": {"text": title},
        "rangemode": "tozero",
        "gridcolor": GRID,
        "automargin": True,
        "fixedrange": True,
    } | more


def line(name: str, x: list[str], y: list[float | None], **more: Any) -> go.Scatter:
    """Return a line that is broken where a value is missing, and never falls to zero there."""
    return go.Scatter(name=name, x=x, y=y, **{"mode": "lines+markers", "connectgaps": False} | more)


def target_line(label: str, x: list[str], at: float | None) -> go.Scatter:
    """Return the target: a dashed line with its name at the start, where values are still below."""
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
    )
