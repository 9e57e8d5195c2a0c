"""A movement as a waterfall: where the figure stood, what each cause did, where it stands."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from indicators.catalogue import Indicator
from indicators.charts import theme
from indicators.charts.chart import Chart, ChartTable, Column, kept
from indicators.movement import Movement, Side
from indicators.movement_words import cause_word, change_unit_word, unit_word
from indicators.rounded_movement import RoundedMovement


@kept
def waterfall(of: Movement) -> Chart:
    """
    Return the causes between two figures, each from where the one before it has left off.

    The two figures are marks and no bars: the axis does not begin at zero, and a bar that is
    cut off there would tell a wrong story. The causes' bars have their true lengths.
    """
    shown = of.shown
    unit = unit_word(of.indicator)
    return Chart(
        key=f"movement-{of.indicator.code}",
        title=_("What moved the figure"),
        figure=_figure(of, shown, unit) if shown else {},
        table=ChartTable(columns=_columns(of.indicator), rows=tuple(_rows(of, shown))),
        note=_("The axis does not begin at zero. Read the lengths of the bars, not their height."),
    )


def _columns(indicator: Indicator) -> tuple[Column, ...]:
    change = _("Change, in %(unit)s") % {"unit": change_unit_word(indicator)}
    figure = _("Figure, in %(unit)s") % {"unit": unit_word(indicator)}
    return (Column(_("Step"), "text"), Column(change, "change"), Column(figure, "figure"))


def _rows(of: Movement, shown: RoundedMovement | None) -> list[tuple]:
    """Return the rows: the figure then, every cause, the figure now."""
    if shown is None:
        return [(_ends(of.start), None, None), (_ends(of.end), None, None)]
    stood = {cause: after for cause, _before, after in shown.steps}
    at = shown.start
    rows: list[tuple] = [(_ends(of.start), None, shown.start)]
    for cause, part in shown.by_cause.items():
        at = stood.get(cause, at)
        rows.append((cause_word(cause), part, at))
    return [*rows, (_ends(of.end), shown.whole, shown.end)]


def _ends(side: Side) -> str:
    """Return the name of an end: its quarter, and the day as known on which."""
    if side.as_of is None:
        return _("%(quarter)s, today") % {"quarter": side.quarter}
    return f"{side.quarter} · {side.as_of:%Y-%m-%d}"


def _figure(of: Movement, shown: RoundedMovement, unit: str) -> dict[str, Any]:
    start, end = _ends(of.start), _ends(of.end)
    if start == end:
        end += " "
    names = [cause_word(cause) for cause, _before, _after in shown.steps]
    bars = {
        "type": "bar",
        "x": names,
        "base": [float(before) for _c, before, _a in shown.steps],
        "y": [float(after - before) for _c, before, after in shown.steps],
        "text": [_signed(after - before) for _c, before, after in shown.steps],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {
            "color": [
                theme.MAIN if after > before else theme.NEUTRAL for _c, before, after in shown.steps
            ]
        },
        "hovertemplate": "%{text}<extra></extra>",
    }
    ends = theme.line(
        "",
        [start, end],
        [float(shown.start), float(shown.end)],
        mode="markers+text",
        text=[f"{shown.start:f}", f"{shown.end:f}"],
        textposition="top center",
        cliponaxis=False,
        marker={"symbol": "line-ew", "size": 44, "line": {"width": 3, "color": theme.INK}},
        hovertemplate="%{y}<extra></extra>",
    )
    low, high = _range(shown)
    return theme.figure(
        [ends, bars],
        showlegend=False,
        hovermode="closest",
        xaxis=theme.quarters_axis(categoryarray=[start, *names, end], categoryorder="array"),
        yaxis=theme.value_axis(
            unit,
            rangemode="normal",
            range=[float(low), float(high)],
        ),
    )


def _range(shown: RoundedMovement) -> tuple[Decimal, Decimal]:
    """Return the axis: all that the figure passed through, with room for the numbers."""
    passed = [shown.start, shown.end, *(after for _c, _b, after in shown.steps)]
    room = (max(passed) - min(passed)) / 4 or Decimal(1)
    return min(passed) - room, max(passed) + room


def _signed(change: Decimal) -> str:
    minus = "\N{MINUS SIGN}"
    return f"+{change:f}" if change > 0 else f"{minus}{abs(change):f}"
