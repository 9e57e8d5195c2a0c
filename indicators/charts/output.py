"""A place's amounts by quarter: what each quarter added, with the cumulative figure beneath."""

from django.utils.translation import gettext as _

from indicators.charts import theme
from indicators.charts.chart import Chart, ChartTable, Column, hundred_millions, kept, percent
from indicators.places import CityFigures, CityHistory, ParkFigures, PlacePoint


@kept
def park_output(of: ParkFigures) -> Chart:
    """Return what a park made by quarter."""
    return _output_by_quarter(f"output-{of.park.slug}", of.history)


def _output_by_quarter(key: str, history: tuple[PlacePoint, ...]) -> Chart:
    """
    Return bars of what each quarter added.

    A quarter that was not reported, or cannot be told from its neighbours, is a gap. The
    table has the cumulative figures too, which is what was reported.
    """
    with_share = any(point.share is not None for point in history)
    bars = {
        "type": "bar",
        "name": _("In the quarter"),
        "x": [str(point.quarter) for point in history],
        "y": [hundred_millions(point.single) for point in history],
        "marker": {"color": theme.MAIN},
        "hovertemplate": "%{y:,.2f}<extra></extra>",
    }
    columns = [
        Column(_("Quarter"), "quarter"),
        Column(_("Cumulative"), "amount"),
        Column(_("In the quarter"), "amount"),
    ]
    if with_share:
        columns.append(Column(_("Share of the reporting cities"), "percent"))
    return Chart(
        key=key,
        title=_("Output value by quarter"),
        figure=theme.figure(
            [bars],
            showlegend=False,
            xaxis=theme.quarters_axis(),
            yaxis=theme.value_axis(_("100 million yuan")),
        ),
        table=ChartTable(
            columns=tuple(columns),
            rows=tuple(
                (p.quarter, p.cumulative, p.single, *((p.share,) if with_share else ()))
                for p in history
            ),
        ),
        note=_note(history),
    )


@kept
def city_share(of: CityHistory) -> Chart:
    """Return the line of a city's share of the province's output value."""
    history = of.points
    quarters = [str(point.quarter) for point in history]
    shares = [percent(point.share) for point in history]
    return Chart(
        key=f"share-{of.city.slug}",
        title=_("Share of the province's output value"),
        figure=theme.figure(
            [theme.line(_("Share"), quarters, shares, line={"color": theme.MAIN})],
            showlegend=False,
            xaxis=theme.quarters_axis(),
            yaxis=theme.value_axis("%"),
        ),
        table=ChartTable(
            columns=(
                Column(_("Quarter"), "quarter"),
                Column(_("Share of the reporting cities"), "percent"),
            ),
            rows=tuple((p.quarter, p.share) for p in history),
        ),
        note=_("Of the output value of those cities that have reported the quarter."),
    )


@kept
def output_by_city(rows: tuple[CityFigures, ...]) -> Chart:
    """Return the cities' output value beside each other; silent cities have no bar."""
    drawn = [row for row in rows if row.output_reported]
    bars = {
        "type": "bar",
        "x": [str(row.city) for row in drawn],
        "y": [hundred_millions(row.totals.output_value) for row in drawn],
        "marker": {"color": [theme.MAIN if row.in_cluster else theme.NEUTRAL for row in drawn]},
        "hovertemplate": "%{y:,.2f}<extra></extra>",
    }
    return Chart(
        key="cities-output",
        title=_("Output value by city"),
        figure=theme.figure(
            [bars],
            showlegend=False,
            xaxis=theme.quarters_axis(),
            yaxis=theme.value_axis(_("100 million yuan")),
        ),
        table=ChartTable(
            columns=(Column(_("City"), "text"), Column(_("Output value"), "amount")),
            rows=tuple((str(row.city), row.totals.output_value) for row in rows),
        ),
        note=_("Cumulative from 1 January. Cluster cities are in colour."),
    )


def _note(history: tuple[PlacePoint, ...]) -> str:
    if any(p.cumulative is not None and p.single is None for p in history):
        return _(
            "Where the quarter before was not reported, what a quarter added cannot be told "
            "and is left out."
        )
    return ""
