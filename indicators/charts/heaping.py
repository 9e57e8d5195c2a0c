"""How enterprises lie around the threshold: a strip of dots."""

from decimal import Decimal

from django.utils.translation import gettext as _

from indicators.charts import theme
from indicators.charts.chart import Chart, ChartTable, Column, hundred_millions
from indicators.formulas.heaping import Strip


def heaping(strip: Strip) -> Chart:
    """Return a dot for each enterprise, above its bin; those over the threshold in colour."""
    threshold = strip.bins[len(strip.bins) // 2].low
    under = [one for one in strip.bins if one.low < threshold]
    over = [one for one in strip.bins if one.low >= threshold]
    edge = hundred_millions(threshold)
    most = max((one.number for one in strip.bins), default=0)
    return Chart(
        key="heaping",
        title=_("Enterprises within a fifth of the threshold"),
        figure=theme.figure(
            [
                _dots(_("Not over the threshold"), under, theme.NEUTRAL),
                _dots(_("Over the threshold"), over, theme.MAIN),
                {
                    "type": "scatter",
                    "mode": "lines",
                    "name": _("Threshold"),
                    "x": [edge, edge],
                    "y": [0, most + 1],
                    "line": {"color": theme.TARGET, "dash": "dash"},
                    "hoverinfo": "skip",
                },
            ],
            hovermode="closest",
            xaxis={
                "title": {"text": _("Environmental revenue, 100 million yuan")},
                "automargin": True,
            },
            yaxis=theme.value_axis(_("enterprises"), dtick=max(1, most // 5)),
        ),
        table=ChartTable(
            columns=(
                Column(_("Over"), "amount"),
                Column(_("Up to and with"), "amount"),
                Column(_("Enterprises"), "count"),
            ),
            rows=tuple((one.low, one.high, one.number) for one in strip.bins),
        ),
        note=_("Each dot is an enterprise. The strip says how they lie, and not why."),
    )


def _dots(name: str, bins: list, colour: str) -> dict:
    """Return a bin's enterprises as dots, one above the other."""
    middles = [hundred_millions((one.low + one.high) / Decimal(2)) for one in bins]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [m for m, one in zip(middles, bins, strict=True) for _n in range(one.number)],
        "y": [n + 1 for one in bins for n in range(one.number)],
        "marker": {"color": colour, "size": 9},
        "hovertemplate": "%{x:.2f}<extra></extra>",
    }
