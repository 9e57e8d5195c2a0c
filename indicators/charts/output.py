"""Charts of output value: of a park and of a city's share by quarter, and of all cities."""

from django.utils.translation import gettext as _

from foundation.amount_units import unit_name
from foundation.language import quarter_name
from indicators.charts import findings, theme
from indicators.charts.chart import (
    NONE_YET,
    WITHHELD,
    Chart,
    ChartColumn,
    ChartTable,
    FigureNote,
    Row,
    drawn_from,
    in_large_unit,
    percent,
)
from indicators.charts.city_bars import city_bars, figure_of_cities
from indicators.regions.place_figures import CityFigures, CityHistory, ParkFigures, PlacePoint


def park_output(of: ParkFigures) -> Chart:
    """
    Return bars of what each quarter added to a park's output value.

    A quarter that was not reported, or is unknown because of a gap, is a gap. The table has the
    reported cumulative figures too.
    """
    points = drawn_from(of.history, lambda point: point.single)
    quarters = [quarter_name(point.quarter) for point in points]
    singles = [in_large_unit(point.single) for point in points]
    bars = {
        "type": "bar",
        "name": _("In the quarter"),
        "x": quarters,
        "y": singles,
        "marker": {"color": theme.MAIN},
        "hovertemplate": "%{customdata}<extra></extra>",
        "customdata": [_hovered(point) for point in points],
        "meta": {"column": 2},
    }
    marked = [(q, y) for q, y, p in zip(quarters, singles, points, strict=True) if p.restated]
    return Chart(
        key=f"output-{of.park.slug}",
        title=findings.of_park(of),
        name=_("Output value by quarter"),
        unit=unit_name("large"),
        figure=theme.figure(
            [bars, *theme.restated(marked, {"column": 2})],
            showlegend=bool(marked),
            xaxis=theme.quarters_axis([point.quarter for point in points]),
            yaxis=theme.value_axis(),
        ),
        table=ChartTable(
            columns=(
                ChartColumn(_("Quarter"), "quarter"),
                ChartColumn(_("Cumulative"), "amount"),
                ChartColumn(_("In the quarter"), "amount"),
                ChartColumn(_("Which"), "told"),
            ),
            rows=tuple(_park_cells(p) for p in of.history),
        ),
        note=_note(of.history),
    )


def _park_cells(point: PlacePoint) -> Row:
    return (
        point.quarter,
        WITHHELD if point.withheld else point.cumulative,
        WITHHELD if point.single_withheld else point.single,
        figure_note(point),
    )


def figure_note(point: PlacePoint) -> FigureNote:
    """Return the note on a quarter's figure, with the query of its restatements."""
    log = f"of={point.quarter}" if point.restated else ""
    if point.withheld:
        return FigureNote(_("not disclosed"), log)
    if point.cumulative is None:
        return FigureNote(_("not reported"), log)
    return FigureNote(_("not every city has reported") if point.provisional else "", log)


def _hovered(point: PlacePoint) -> str:
    """Return the words beside a figure under the pointer."""
    amount = "" if point.single is None else findings.money(point.single)
    words = [amount, figure_note(point).words, _("restated") if point.restated else ""]
    return " · ".join(filter(None, words))


def city_share(of: CityHistory) -> Chart:
    """
    Return the line of a city's share of the province's output value of four quarters.

    Four quarters together, so that a new year is no jump; a quarter of which a city is silent
    is a gap.
    """
    points = drawn_from(of.points, lambda point: point.share)
    quarters = [quarter_name(point.quarter) for point in points]
    shares = [percent(point.share) for point in points]
    drawn = zip(quarters, shares, points, strict=True)
    marked = [(q, y) for q, y, p in drawn if p.restated and y is not None]
    line = theme.line(
        _("Share"),
        quarters,
        shares,
        line={"color": theme.MAIN},
        marker={"symbol": "circle", "size": 8},
        connectgaps=False,
        customdata=[_hovered_share(point) for point in points],
        hovertemplate="%{customdata}<extra></extra>",
        meta={"column": 1},
    )
    return Chart(
        key=f"share-{of.city.slug}",
        title=findings.of_city_share(of),
        name=_("Share of the province's output value, last four quarters"),
        unit="%",
        figure=theme.figure(
            [line, *theme.restated(marked, {"column": 1})],
            showlegend=bool(marked),
            xaxis=theme.quarters_axis([point.quarter for point in points]),
            # A share changes by tenths of a point: an axis from zero would show a flat line.
            yaxis=theme.value_axis(rangemode="normal"),
        ),
        table=ChartTable(
            columns=(
                ChartColumn(_("Quarter"), "quarter"),
                ChartColumn(_("Share of the province, last four quarters"), "percent"),
                ChartColumn(_("Which"), "told"),
            ),
            # No share where a city is silent, which need not be this one.
            rows=tuple(
                (p.quarter, NONE_YET if p.share is None else p.share, _which_share(p))
                for p in of.points
            ),
        ),
        note=_share_note(of),
    )


def _which_share(point: PlacePoint) -> FigureNote:
    """Return why a quarter has no share; empty words if it has one."""
    log = f"of={point.quarter}" if point.restated and point.share is not None else ""
    if point.share is not None:
        return FigureNote("", log)
    if point.cumulative is None:
        return FigureNote(_("not reported"), log)
    return FigureNote(
        _("a city is silent") if point.provisional else _("no four quarters of all"), log
    )


def _hovered_share(point: PlacePoint) -> str:
    share = "" if point.share is None else findings.share(point.share)
    return " · ".join(filter(None, [share, _("restated") if point.restated else ""]))


def output_by_city(rows: tuple[CityFigures, ...]) -> Chart:
    """Return bars of the cities' output value, the largest first, silent cities last."""
    ordered = sorted(rows, key=_largest_first)
    names = [str(row.city) for row in ordered]
    colours = theme.city_colours([(row.city, row.in_cluster) for row in ordered])
    bars = city_bars(
        names,
        [in_large_unit(row.totals.output_value) for row in ordered],
        column=1,
        places=2,
        marker={"color": [colours[row.city.code] for row in ordered]},
    )
    return Chart(
        key="cities-output",
        title=findings.of_output_by_city(rows),
        name=_("Output value by city"),
        unit=unit_name("large"),
        is_long=True,
        figure=figure_of_cities(names, [bars]),
        table=ChartTable(
            columns=(ChartColumn(_("City"), "text"), ChartColumn(_("Output value"), "amount")),
            rows=tuple((str(row.city), row.totals.output_value) for row in ordered),
        ),
        note=_("Cumulative from 1 January. Cluster cities are in colour."),
    )


def _largest_first(row: CityFigures) -> tuple:
    return row.totals.output_value is None, -(row.totals.output_value or 0), row.city.code


def _note(history: tuple[PlacePoint, ...]) -> str:
    notes = []
    if any(
        p.cumulative is not None and p.single is None and not p.single_withheld for p in history
    ):
        notes.append(
            _(
                "Where the quarter before was not reported, what a quarter added cannot be told "
                "and is left out."
            )
        )
    if any(p.single_withheld for p in history):
        notes.append(
            _("A quarter that is not disclosed has no bar, nor has one that would show it.")
        )
    if any(p.restated for p in history):
        notes.append(_("Diamonds: published as another figure before."))
    return " ".join(notes)


def _share_note(of: CityHistory) -> str:
    notes = [
        _(
            "The city's output value of the last four quarters, of that of all cities; drawn only "
            "where every city has reported them."
        )
    ]
    if any(p.restated and p.share is not None for p in of.points):
        notes.append(_("Diamonds: published as another figure before."))
    return " ".join(notes)
