"""Chart of the enterprises around the threshold: a strip of dots."""

from decimal import Decimal

from django.utils.translation import gettext as _

from foundation.amount_units import suitable_unit, unit_name
from indicators.charts import findings, theme
from indicators.charts.chart import Chart, ChartColumn, ChartTable, in_unit
from indicators.formulas.heaping import Bin, Strip


def heaping(strip: Strip) -> Chart:
    """Return a dot for each enterprise, above its bin; those over the threshold are filled."""
    threshold = strip.bins[len(strip.bins) // 2].low
    unit = suitable_unit(threshold)
    under = [one for one in strip.bins if one.low < threshold]
    over = [one for one in strip.bins if one.low >= threshold]
    most = max((one.number for one in strip.bins), default=0)
    return Chart(
        key="heaping",
        title=findings.of_heap(strip),
        name=_("Enterprises within a fifth of the threshold"),
        unit=_("environmental revenue, %(unit)s") % {"unit": unit_name(unit)},
        figure=theme.figure(
            [
                _dots(_("Not over the threshold"), under, unit, "circle-open"),
                _dots(_("Over the threshold"), over, unit, "circle"),
            ],
            hovermode="closest",
            shapes=[_line_at(in_unit(threshold, unit))],
            xaxis={"automargin": True},
            yaxis=theme.value_axis(dtick=max(1, most // 5), range=[0, most + 1]),
        ),
        table=ChartTable(
            columns=(
                ChartColumn(_("Over"), "amount"),
                ChartColumn(_("Up to and with"), "amount"),
                ChartColumn(_("Enterprises"), "count"),
            ),
            rows=tuple((one.low, one.high, one.number) for one in strip.bins),
        ),
        note=_(
            "Each dot is an enterprise, the dashed line the threshold. The strip says how they "
            "lie, and not why."
        ),
    )


def _line_at(edge: float) -> dict:
    return {
        "type": "line",
        "x0": edge,
        "x1": edge,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "line": {"color": theme.TARGET, "dash": "dash"},
    }


def _dots(name: str, bins: list[Bin], unit: str, symbol: str) -> dict:
    """Return a bin's enterprises as dots, one above the other."""
    middles = [in_unit((one.low + one.high) / Decimal(2), unit) for one in bins]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [m for m, one in zip(middles, bins, strict=True) for _n in range(one.number)],
        "y": [n + 1 for one in bins for n in range(one.number)],
        "marker": {"color": theme.MAIN, "size": 9, "symbol": symbol},
        "hovertemplate": "%{x:.2f}<extra></extra>",
        "meta": {"column": 2, "dots": True},
    }
