"""Horizontal bars of cities; a silent city has words and no bar."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from indicators.charts import theme

# Room beside the longest bar for its number.
ROOM = 1.18
NBSP = "\N{NO-BREAK SPACE}"


def city_bars(
    names: Sequence[str], values: Sequence[float | None], *, column: int, **more: Any
) -> dict[str, Any]:
    """Return one bar a city with its number, drawn from a column of the table."""
    places = more.pop("places", 0)
    return {
        "type": "bar",
        "orientation": "h",
        "y": names,
        "x": values,
        "texttemplate": f"%{{x:,.{places}f}}",
        "textposition": "outside",
        "cliponaxis": False,
        "hovertemplate": f"%{{x:,.{places}f}}<extra></extra>",
        "meta": {"column": column},
    } | more


def figure_of_cities(
    names: Sequence[str], bars: Sequence[dict[str, Any]], **layout: Any
) -> dict[str, Any]:
    """Return the figure of the cities, the first at the top."""
    told = list(zip(*(one["x"] for one in bars), strict=True))
    longest = max((sum(value or 0 for value in values) for values in told), default=0)
    least = min((value or 0 for values in told for value in values), default=0)
    silent = [n for n, values in zip(names, told, strict=True) if set(values) == {None}]
    return theme.figure(
        [*bars, *_words(silent)],
        **{
            "showlegend": False,
            "hovermode": "y unified",
            "xaxis": theme.value_axis(range=[min(least, 0) * ROOM, (longest or 1) * ROOM]),
            "yaxis": theme.names_axis(
                names, range=[len(names) - 0.5, -0.5], fixedrange=True, tickmode="linear"
            ),
        }
        | layout,
    )


def _words(silent: Sequence[str]) -> list[dict[str, Any]]:
    """Return the words of the cities without a bar."""
    if not silent:
        return []
    return [
        {
            "type": "scatter",
            "mode": "text",
            "x": [0] * len(silent),
            "y": silent,
            "text": [NBSP + _("not reported")] * len(silent),
            "textposition": "middle right",
            "hoverinfo": "skip",
            "showlegend": False,
        }
    ]
