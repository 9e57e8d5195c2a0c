"""Waterfall chart of a movement: the figure then, each cause, the figure now."""

import re
from decimal import Decimal
from itertools import accumulate
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.language import quarter_name
from indicators.charts import findings, theme
from indicators.charts.chart import Chart, ChartColumn, ChartTable
from indicators.movement.movement import Movement, Side
from indicators.movement.movement_words import (
    cause_word,
    change_unit_word,
    left_out_words,
    reporting_words,
    unit_word,
)
from indicators.movement.rounded_movement import RoundedMovement

# The year of a day or a quarter, and four Chinese signs before another.
BREAKS = re.compile(r"(\d{4}[-年]|[\u4e00-\u9fff]{4}(?=[\u4e00-\u9fff]))")


def waterfall(of: Movement) -> Chart:
    """
    Return the causes between two figures, each starting at the end of the one before.

    The two figures are markers, not bars, because the axis does not begin at zero. The causes'
    bars have their true lengths.
    """
    shown = of.shown
    unit = unit_word(of.indicator)
    return Chart(
        key=f"movement-{of.indicator.code}",
        title=findings.of_movement(of),
        name=_("What moved the figure"),
        unit=unit,
        figure=_figure(of, shown) if shown else {},
        table=ChartTable(columns=_columns(of), rows=tuple(_rows(of, shown))),
        note=" ".join(filter(None, [_axis_words(), left_out_words(of)])),
    )


def _axis_words() -> str:
    return _("The axis does not begin at zero. Read the lengths of the bars, not their height.")


def _columns(of: Movement) -> tuple[ChartColumn, ...]:
    change = _("Change, in %(unit)s") % {"unit": change_unit_word(of.indicator)}
    figure = _("Figure, in %(unit)s") % {"unit": unit_word(of.indicator)}
    if not of.end.is_complete and of.end.cities:
        words = ngettext(
            "%(figure)s, of %(number)s city", "%(figure)s, of %(number)s cities", of.end.cities
        )
        figure = words % {"figure": figure, "number": of.end.cities}
    return (
        ChartColumn(_("Step"), "text"),
        ChartColumn(change, "change"),
        ChartColumn(figure, "figure"),
    )


def _rows(of: Movement, shown: RoundedMovement | None) -> list[tuple]:
    """Return the rows: the figure then, every cause, the figure now."""
    if shown is None:
        return [(_ends(of, of.start), None, None), (_ends(of, of.end), None, None)]
    stood = {cause: after for cause, _before, after in shown.steps}
    at = shown.start
    rows: list[tuple] = [(_ends(of, of.start), None, shown.start)]
    for cause, part in shown.by_cause.items():
        at = stood.get(cause, at)
        rows.append((cause_word(cause, over_years=of.is_over_years), part, at))
    return [*rows, (_ends(of, of.end), shown.whole, shown.end)]


def _ends(of: Movement, side: Side) -> str:
    """Return the name of an end: its quarter, the day as known on which, and of which cities."""
    if side.as_of is None:
        name = _("%(quarter)s, today") % {"quarter": quarter_name(side.quarter)}
    else:
        name = f"{quarter_name(side.quarter)} · {side.as_of:%Y-%m-%d}"
    if whose := reporting_words(of, side):
        return f"{name} · {whose}"
    if side.is_complete or not side.cities:
        return name
    words = ngettext("%(name)s · %(number)s city", "%(name)s · %(number)s cities", side.cities)
    return words % {"name": name, "number": side.cities}


def _figure(of: Movement, shown: RoundedMovement) -> dict[str, Any]:
    """Return the marks of the two ends and, between them, a bar for every cause."""
    names = [
        _ends(of, of.start),
        *(cause_word(cause, over_years=of.is_over_years) for cause in shown.by_cause),
        _ends(of, of.end),
    ]
    if names[0] == names[-1]:
        names[-1] += " "
    low, high = _range(shown)
    return theme.figure(
        [_marks(names, shown), _bars(names[1:-1], shown)],
        showlegend=False,
        hovermode="closest",
        xaxis=theme.names_axis(
            names,
            tickmode="array",
            tickvals=names,
            ticktext=[_broken(name) for name in names],
            tickangle=0,
            tickfont={"size": 12},
        ),
        yaxis=theme.value_axis(rangemode="normal", range=[float(low), float(high)]),
    )


def _broken(name: str) -> str:
    """Return a name in lines of one word or four Chinese signs."""
    words = name.replace(" · ", " ").replace("（", " （").strip().replace(" ", "<br>")
    return BREAKS.sub(r"\1<br>", words)


def _bars(names: list[str], shown: RoundedMovement) -> dict[str, Any]:
    """Return the bars of the causes, each starting at the end of the one before."""
    parts = list(shown.by_cause.values())
    before = list(accumulate(parts, initial=shown.start))[:-1]
    return {
        "type": "bar",
        "x": names,
        "base": [float(at) for at in before],
        "y": [float(part) for part in parts],
        "text": [_signed(part) for part in parts],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": [theme.MAIN if part > 0 else theme.NEUTRAL for part in parts]},
        "hovertemplate": "%{text}<extra></extra>",
        "meta": {"column": 1, "top": 2},
    }


def _marks(names: list[str], shown: RoundedMovement) -> Any:
    """Return the markers of the two ends."""
    return theme.line(
        "",
        [names[0], names[-1]],
        [float(shown.start), float(shown.end)],
        mode="markers+text",
        text=[f"{shown.start:f}", f"{shown.end:f}"],
        textposition="top center",
        cliponaxis=False,
        marker={"symbol": "line-ew", "size": 44, "line": {"width": 3, "color": theme.INK}},
        hovertemplate="%{y}<extra></extra>",
        meta={"column": 2},
    )


def _range(shown: RoundedMovement) -> tuple[Decimal, Decimal]:
    """
    Return the range of the axis: all values in between, with room for the numbers.

    More room above than below: numbers are written above their markers.
    """
    passed = [shown.start, shown.end, *(after for _c, _b, after in shown.steps)]
    whole = max(passed) - min(passed) or Decimal(4)
    return min(passed) - whole / 4, max(passed) + whole * 2 / 5


def _signed(change: Decimal) -> str:
    """Return a change with its sign; 0 without one."""
    sign = {1: "+", -1: "\N{MINUS SIGN}"}.get((change > 0) - (change < 0), "")
    return f"{sign}{abs(change):f}"
