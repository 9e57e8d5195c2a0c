"""Chart of amounts by period, in one of four ways; missing periods are gaps, falls are negative."""

from typing import Any

from django.utils.translation import gettext as _

from foundation.amount_units import unit_name
from foundation.language import quarter_name
from indicators.catalogue import MEASURE_WORDS
from indicators.charts import findings, theme
from indicators.charts.chart import (
    Chart,
    ChartColumn,
    ChartTable,
    FigureNote,
    Row,
    drawn_from,
    in_large_unit,
)
from indicators.regions.amounts import (
    AMOUNTS_FORMULAS,
    AMOUNTS_WORDS,
    AmountHistory,
    AmountRow,
    Amounts,
)

COLOURS = (theme.MAIN, theme.SECOND)


def amounts_chart(of: AmountHistory) -> Chart:
    """
    Return bars of each amount by period.

    A period that was not reported, or is unknown because of a gap, has no bar. Numbers at the
    period's end are in the table as reported, in each of the four ways.
    """
    rows = drawn_from(of.rows, lambda row: next((a for a in row.amounts if a is not None), None))
    periods = [_period(of, row) for row in rows]
    traces = [trace for at in range(len(of.flows)) for trace in _flow(of, at, rows)]
    years = of.how is Amounts.YEAR
    return Chart(
        key=of.key,
        title=findings.of_amounts(of),
        name=_("By period: %(way)s") % {"way": AMOUNTS_WORDS[of.how]},
        unit=unit_name("large"),
        figure=theme.figure(
            traces,
            barmode="group",
            scattermode="group",
            xaxis=theme.names_axis(periods)
            if years
            else theme.quarters_axis([row.quarter for row in rows]),
            yaxis=theme.value_axis(),
        ),
        table=_table(of),
        note=_note(of),
    )


def _flow(of: AmountHistory, at: int, rows: list[AmountRow]) -> list[Any]:
    """Return the bars of one amount, and the diamonds over those that were restated."""
    periods, y = [_period(of, row) for row in rows], [in_large_unit(r.amounts[at]) for r in rows]
    group = f"{at}"
    bars = {
        "type": "bar",
        "name": str(MEASURE_WORDS[of.flows[at]]),
        "x": periods,
        "y": y,
        "offsetgroup": group,
        "marker": {"color": COLOURS[at % len(COLOURS)]},
        "customdata": [_hovered(row, at) for row in rows],
        "hovertemplate": "%{customdata}",
        "meta": {"column": at + 1},
    }
    marked = [(x, v) for x, v, row in zip(periods, y, rows, strict=True) if row.restated]
    diamonds = theme.restated(marked, {"column": at + 1})
    for one in diamonds:
        one.update(offsetgroup=group, showlegend=at == 0)
    return [bars, *diamonds]


def _hovered(row: AmountRow, at: int) -> str:
    """Return an amount in words, as it stands under the pointer."""
    amount = row.amounts[at]
    told = [findings.money(amount)] if amount is not None else []
    return " · ".join([*told, *([_("restated")] if row.restated else [])])


def _period(of: AmountHistory, row: AmountRow) -> str:
    return str(row.quarter.year) if of.how is Amounts.YEAR else quarter_name(row.quarter)


def _cell(of: AmountHistory, row: AmountRow) -> object:
    return str(row.quarter.year) if of.how is Amounts.YEAR else row.quarter


def _table(of: AmountHistory) -> ChartTable:
    first = (
        ChartColumn(_("Year"), "text")
        if of.how is Amounts.YEAR
        else ChartColumn(_("Quarter"), "quarter")
    )
    columns = [
        first,
        *(ChartColumn(str(MEASURE_WORDS[measure]), "amount") for measure in of.flows),
        *(
            ChartColumn(_("%(measure)s, at the end") % {"measure": MEASURE_WORDS[measure]}, "count")
            for measure in of.stocks
        ),
    ]
    rows: list[Row] = [(_cell(of, row), *row.amounts, *row.stocks) for row in of.rows]
    if any(row.restated for row in of.rows):
        columns.append(ChartColumn(_("Which"), "told"))
        told = [FigureNote("", f"of={row.quarter}" if row.restated else "") for row in of.rows]
        rows = [(*row, one) for row, one in zip(rows, told, strict=True)]
    return ChartTable(tuple(columns), tuple(rows))


def _note(of: AmountHistory) -> str:
    """Say how it is computed, and what a gap or a fall in it means."""
    told = [str(AMOUNTS_FORMULAS[of.how])]
    if of.has_gap:
        told.append(
            _("Where a quarter that is needed was not reported, the amount cannot be told: a gap.")
        )
    if of.has_fall:
        told.append(
            _("Below zero the cumulative figure went down: a correction, or a contract reversed.")
        )
    if any(row.restated for row in of.rows):
        told.append(_("Diamonds: published as another figure before."))
    return " ".join(told)
