"""What each city adds to a target."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from indicators.catalogue import Kind
from indicators.charts import theme
from indicators.charts.chart import Chart, ChartTable, Column, hundred_millions, kept, number
from indicators.results import Contribution, IndicatorResult


@kept
def contributions(result: IndicatorResult) -> Chart:
    """Return the cities of an indicator, the largest first; silent ones at the end, unnumbered."""
    rows = sorted(result.contributions, key=_largest_first)
    if result.indicator.kind is Kind.SHARE:
        return _output(rows)
    return _firms(rows)


def _largest_first(one: Contribution) -> tuple:
    return one.amount is None, -(one.amount or 0), one.city.code


def _output(rows: list[Contribution]) -> Chart:
    """Return bars of output value: cluster cities in the main colour, the others neutral."""
    drawn = [one for one in rows if one.amount is not None]
    bars = {
        "type": "bar",
        "x": [str(one.city) for one in drawn],
        "y": [hundred_millions(one.amount) for one in drawn],
        "marker": {"color": [theme.MAIN if one.in_cluster else theme.NEUTRAL for one in drawn]},
        "hovertemplate": "%{y:,.2f}<extra></extra>",
    }
    return Chart(
        key="contributions-cluster-output-share",
        title=_("Output value by city"),
        figure=theme.figure(
            [bars],
            showlegend=False,
            xaxis=theme.quarters_axis(),
            yaxis=theme.value_axis(_("100 million yuan")),
        ),
        table=ChartTable(
            columns=(
                Column(_("City"), "text"),
                Column(_("Cluster"), "text"),
                Column(_("Output value"), "amount"),
                Column(_("Share of the reporting cities"), "percent"),
            ),
            rows=tuple(
                (str(one.city), _("yes") if one.in_cluster else "", one.amount, one.share)
                for one in rows
            ),
        ),
        note=_("Cumulative from 1 January. Cluster cities are in colour."),
    )


def _firms(rows: list[Contribution]) -> Chart:
    """Return stacked bars of firms: secured, on pace, near miss."""
    drawn = [one for one in rows if one.amount is not None]
    cities = [str(one.city) for one in drawn]
    kinds = (
        (_("Over 100 million"), "secured", theme.MAIN),
        (_("Expected to pass 100 million"), "on_pace", theme.SECOND),
        (_("Just short of it"), "near_miss", theme.NEUTRAL),
    )
    bars = [
        {
            "type": "bar",
            "name": name,
            "x": cities,
            "y": [number(getattr(one, kind)) for one in drawn],
            "marker": {"color": colour},
        }
        for name, kind, colour in kinds
    ]
    return Chart(
        key="contributions-firms-over-100m",
        title=_("Enterprises by city"),
        figure=theme.figure(
            bars,
            barmode="stack",
            xaxis=theme.quarters_axis(),
            yaxis=theme.value_axis(pgettext("unit after a number", "enterprises")),
        ),
        table=ChartTable(
            columns=(
                Column(_("City"), "text"),
                *(Column(name, "count") for name, _kind, _colour in kinds),
                Column(_("Share of those over"), "percent"),
            ),
            rows=tuple(
                (str(one.city), one.secured, one.on_pace, one.near_miss, one.share) for one in rows
            ),
        ),
    )
