"""What each city adds to a target."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from indicators.catalogue import AMOUNTS, MEASURE_WORDS, Kind
from indicators.charts import theme
from indicators.charts.chart import Chart, ChartTable, Column, hundred_millions, kept, number
from indicators.results import Contribution, IndicatorResult


@kept
def contributions(result: IndicatorResult) -> Chart:
    """Return the cities of an indicator, the largest first; silent ones at the end, unnumbered."""
    rows = sorted(result.contributions, key=_largest_first)
    if result.indicator.kind is Kind.COUNT:
        return _firms(result, rows)
    return _output(result, rows)


def _largest_first(one: Contribution) -> tuple:
    return one.amount is None, -(one.amount or 0), one.city.code


def _output(result: IndicatorResult, rows: list[Contribution]) -> Chart:
    """Return bars of a measure: the cities of the numerator in the main colour, others neutral."""
    assert result.indicator.measure is not None
    measured = str(MEASURE_WORDS[result.indicator.measure])
    money, share = result.indicator.measure in AMOUNTS, result.indicator.kind is Kind.SHARE
    drawn = [one for one in rows if one.amount is not None]
    bars = {
        "type": "bar",
        "x": [str(one.city) for one in drawn],
        "y": [hundred_millions(one.amount) if money else number(one.amount) for one in drawn],
        "marker": {"color": [theme.MAIN if one.in_cluster else theme.NEUTRAL for one in drawn]},
        "hovertemplate": "%{y:,.2f}<extra></extra>",
    }
    return Chart(
        key=f"contributions-{result.code}",
        title=_("%(measure)s by city") % {"measure": measured},
        figure=theme.figure(
            [bars],
            showlegend=False,
            xaxis=theme.quarters_axis(),
            yaxis=theme.value_axis(_("100 million yuan") if money else ""),
        ),
        table=ChartTable(
            columns=(
                Column(_("City"), "text"),
                Column(_("In the numerator") if share else _("Cluster"), "text"),
                Column(measured, "amount" if money else "count"),
                Column(_("Share of the reporting cities"), "percent"),
            ),
            rows=tuple(
                (str(one.city), _("yes") if one.in_cluster else "", one.amount, one.share)
                for one in rows
            ),
        ),
        note=_("The cities of the numerator are in colour.")
        if share
        else _("Cluster cities are in colour."),
    )


def _firms(result: IndicatorResult, rows: list[Contribution]) -> Chart:
    """Return stacked bars of firms: secured, on pace, near miss."""
    drawn = [one for one in rows if one.amount is not None]
    cities = [str(one.city) for one in drawn]
    kinds = (
        (_("Over the threshold"), "secured", theme.MAIN),
        (_("Expected to pass it"), "on_pace", theme.SECOND),
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
        key=f"contributions-{result.code}",
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
