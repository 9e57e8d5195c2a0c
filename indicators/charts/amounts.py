"""Amounts by period, in one of four ways; a gap is a gap and a fall goes below zero."""

from django.utils.translation import gettext as _

from indicators.amounts import AMOUNTS_FORMULAS, AMOUNTS_WORDS, AmountHistory, AmountRow, Amounts
from indicators.catalogue import MEASURE_WORDS
from indicators.charts import theme
from indicators.charts.chart import Chart, ChartTable, Column, hundred_millions, kept

COLOURS = (theme.MAIN, theme.SECOND)


@kept
def amounts_chart(of: AmountHistory) -> Chart:
    """
    Return bars of each amount by period.

    A period that was not reported, or cannot be told over a gap, has no bar. Numbers at the
    period's end stand in the table as they were reported, whatever the way.
    """
    periods = [_period(of, row) for row in of.rows]
    bars = [
        {
            "type": "bar",
            "name": str(MEASURE_WORDS[measure]),
            "x": periods,
            "y": [hundred_millions(row.amounts[at]) for row in of.rows],
            "marker": {"color": colour},
            "hovertemplate": "%{y:,.4f}",
        }
        for at, (measure, colour) in enumerate(zip(of.flows, COLOURS, strict=False))
    ]
    return Chart(
        key=of.key,
        title=_("By period: %(way)s") % {"way": AMOUNTS_WORDS[of.how]},
        figure=theme.figure(
            bars,
            barmode="group",
            xaxis=theme.quarters_axis(),
            yaxis=theme.value_axis(_("100 million yuan")),
        ),
        table=ChartTable(
            columns=_columns(of),
            rows=tuple(
                (period, *row.amounts, *row.stocks)
                for period, row in zip(periods, of.rows, strict=True)
            ),
        ),
        note=_note(of),
    )


def _period(of: AmountHistory, row: AmountRow) -> str:
    return str(row.quarter.year) if of.how is Amounts.YEAR else str(row.quarter)


def _columns(of: AmountHistory) -> tuple[Column, ...]:
    first = Column(_("Year"), "text") if of.how is Amounts.YEAR else Column(_("Quarter"), "quarter")
    return (
        first,
        *(Column(str(MEASURE_WORDS[measure]), "amount") for measure in of.flows),
        *(
            Column(_("%(measure)s, at the end") % {"measure": MEASURE_WORDS[measure]}, "count")
            for measure in of.stocks
        ),
    )


def _note(of: AmountHistory) -> str:
    """Say how it is reckoned, and what a gap or a fall in it means."""
    told = [str(AMOUNTS_FORMULAS[of.how])]
    if of.has_gap:
        told.append(
            _("Where a quarter that is needed was not reported, the amount cannot be told: a gap.")
        )
    if of.has_fall:
        told.append(
            _("Below zero the cumulative figure went down: a correction, or a contract reversed.")
        )
    return " ".join(told)
