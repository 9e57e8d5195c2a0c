"""Chart of what each city adds to a target."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from foundation.amount_units import unit_name
from indicators.catalogue import AMOUNTS, MEASURE_WORDS, IndicatorKind
from indicators.charts import findings, theme
from indicators.charts.chart import Chart, ChartColumn, ChartTable, in_large_unit, number
from indicators.charts.city_bars import city_bars, figure_of_cities
from indicators.estimates.figures import Contribution
from indicators.results.indicator_result import IndicatorResult


def contributions(result: IndicatorResult) -> Chart:
    """Return bars of an indicator's cities, the largest first, silent cities last."""
    rows = sorted(result.contributions, key=_largest_first)
    if result.indicator.kind is IndicatorKind.COUNT:
        return _firms(result, rows)
    return _output(result, rows)


def _largest_first(one: Contribution) -> tuple:
    return one.amount is None, -(one.amount or 0), one.city.code


def _output(result: IndicatorResult, rows: list[Contribution]) -> Chart:
    """Return bars of a measure: the cities of the numerator in colour, others neutral."""
    assert result.indicator.measure is not None
    measured = str(MEASURE_WORDS[result.indicator.measure])
    money, share = result.indicator.measure in AMOUNTS, result.indicator.kind is IndicatorKind.SHARE
    values = [in_large_unit(one.amount) if money else number(one.amount) for one in rows]
    colours = theme.city_colours([(one.city, one.in_cluster) for one in rows])
    bars = city_bars(
        [str(one.city) for one in rows],
        values,
        column=2,
        places=2 if money else 0,
        marker={"color": [colours[one.city.code] for one in rows]},
    )
    return Chart(
        key=f"contributions-{result.code}",
        title=findings.of_measure_by_city(result),
        name=_("%(measure)s by city") % {"measure": measured},
        unit=unit_name("large") if money else "",
        is_long=True,
        figure=figure_of_cities([str(one.city) for one in rows], [bars]),
        table=ChartTable(
            columns=(
                ChartColumn(_("City"), "text"),
                ChartColumn(_("In the numerator") if share else _("Cluster"), "text"),
                ChartColumn(measured, "amount" if money else "count"),
                ChartColumn(_share_heading(result), "percent"),
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
    cities = [str(one.city) for one in rows]
    kinds = (
        (_("Over the threshold"), "secured", {"color": theme.GOOD}),
        (
            _("Expected to pass it"),
            "on_pace",
            {"color": theme.GOOD, "pattern": {"shape": "/", "bgcolor": theme.PAPER}},
        ),
        (_("Just short of it"), "near_miss", {"color": theme.FAIR}),
    )
    bars = [
        city_bars(
            cities,
            [number(getattr(one, kind)) for one in rows],
            column=column,
            name=name,
            marker=marker,
            textposition="none",
            hovertemplate="%{x}",
        )
        for column, (name, kind, marker) in enumerate(kinds, start=1)
    ]
    return Chart(
        key=f"contributions-{result.code}",
        title=findings.of_firms_by_city(result),
        name=_("Enterprises by city"),
        unit=pgettext("unit after a number", "enterprises"),
        is_long=True,
        figure=figure_of_cities(cities, bars, barmode="stack", showlegend=True),
        table=ChartTable(
            columns=(
                ChartColumn(_("City"), "text"),
                *(ChartColumn(name, "count") for name, _kind, _marker in kinds),
                ChartColumn(_share_of_those_over(result), "percent"),
            ),
            rows=tuple(
                (str(one.city), one.secured, one.on_pace, one.near_miss, one.share) for one in rows
            ),
        ),
    )


def _share_heading(result: IndicatorResult) -> str:
    """Return of what the cities' shares are: of the province, or of how many cities."""
    who = result.coverage
    if who.is_complete:
        return _("Share of the province")
    words = ngettext(
        "Share of the %(number)s city that reported",
        "Share of the %(number)s cities that reported",
        who.accepted,
    )
    return words % {"number": who.accepted}


def _share_of_those_over(result: IndicatorResult) -> str:
    if result.coverage.is_complete:
        return _("Share of those over")
    words = ngettext(
        "Share of those over, of the %(number)s city that reported",
        "Share of those over, of the %(number)s cities that reported",
        result.coverage.accepted,
    )
    return words % {"number": result.coverage.accepted}
