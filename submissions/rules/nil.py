"""Rules on declarations in place of figures: no business, closed, moved away, no data."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from submissions.rules.catalogue import Severity
from submissions.rules.comparisons import FIRM_AMOUNTS
from submissions.rules.context import Context
from submissions.rules.departures import STAYS_MESSAGE, STAYS_REMEDY, Staying
from submissions.rules.figures import HEADINGS, MEASURES, formatted
from submissions.rules.rule import Location, at, lines_of, on_sheet, rule
from submissions.rules.stock_phrases import says_nothing
from submissions.workbook.contents import Line, Reading, SheetTable
from submissions.workbook.layout import TABLES
from submissions.workbook.reading.nil import nil_state
from submissions.workbook.reading.tables import line_figures


@rule("E206", Severity.MANDATORY, STAYS_MESSAGE, STAYS_REMEDY)
def figures_do_not_vanish_within_a_year(reading: Reading, context: Context) -> Iterator[Location]:
    """A firm without business, closed or moved away has amounts accepted earlier in the year."""
    for table, line in lines_of(reading, "enterprises") if context.staying else ():
        stays = context.staying.get(line.get("credit_code"))
        if stays and _is_nil(table, line):
            yield at(table, line, stays.field, **stays_params(stays))


@rule(
    "E207",
    Severity.MANDATORY,
    _("Above the table it says 本期无数据, but %(where)s has figures: %(figure)s."),
    _("Delete 本期无数据 if there is something to report, or the figures if there is nothing."),
)
def no_data_and_data(reading: Reading, context: Context) -> Iterator[Location]:
    """
    A table is declared empty and has figures, or the other of the two tables has them.

    Enterprises cannot be declared empty without 城市汇总, as in a csv. Figures of last year, which
    the template has filled in, are none of this quarter.
    """
    for kind, table in _declared_empty(reading):
        for other in (kind, "enterprises" if kind == "city" else "city"):
            if figure := _some_figure(reading, other):
                params = {"where": TABLES[other].sheet, "figure": figure}
                yield Location(table.sheet, table.nil.cell, table.nil.written, params)
                break
        else:
            if "city" not in reading.tables:
                yield on_sheet(table, where=TABLES["city"].sheet, figure="?")


@rule(
    "E208",
    Severity.MANDATORY,
    _("本期无数据 needs a reason; “%(reason)s” is none."),
    _("Write why there is nothing to report, such as 本期无数据：全市环保企业均已迁出."),
)
def no_data_without_a_reason(reading: Reading, context: Context) -> Iterator[Location]:
    """A table is declared empty with a text that is no reason."""
    for _kind, table in _declared_empty(reading):
        if says_nothing(str(table.nil.value)):
            params = {"reason": str(table.nil.value)}
            yield Location(table.sheet, table.nil.cell, table.nil.written, params)


@rule(
    "E209",
    Severity.MANDATORY,
    _("城市汇总 says 本期无数据, but %(before)s of %(heading)s was accepted for %(period)s."),
    _(
        "Figures are cumulative from 1 January: what was reported earlier this year does not go "
        "away. Write the cumulative figures again."
    ),
)
def totals_do_not_vanish_within_a_year(reading: Reading, context: Context) -> Iterator[Location]:
    """A city without data had output value or revenue earlier in the year, or its lines had."""
    table = reading.tables.get("city")
    if table is None or table.nil is None or context.period.quarter == 1:
        return
    for name in ("output_value", "revenue"):
        if before := context.city_previous.get(name):
            params = {"before": formatted(before), "heading": MEASURES[name][0]}
            params |= {"period": str(context.period.previous())}
            yield Location(table.sheet, table.nil.cell, table.nil.written, params)
            return
    # Of a city whose earlier workbook had lines only, or that was silent in the quarter before.
    if stays := next(iter(context.staying.values()), None):
        yield Location(table.sheet, table.nil.cell, table.nil.written, stays_params(stays))


def stays_params(stays: Staying) -> dict[str, str]:
    """Return the parameters of what is said of an amount that stays."""
    heading = HEADINGS["enterprises"][stays.field]
    return {"before": formatted(stays.amount), "heading": heading, "period": stays.period}


def _declared_empty(reading: Reading) -> Iterator[tuple[str, SheetTable]]:
    """Yield kind and table of each declaration; what 城市汇总 says for both counts once."""
    city = reading.tables.get("city")
    for kind, table in reading.tables.items():
        if table.nil and (table is city or city is None or table.nil != city.nil):
            yield kind, table


def _is_nil(table: SheetTable, line: Line) -> bool:
    """Return whether a line without figures, or with zeros only, declares that it has none."""
    figures = [value.value for value in line_figures(line, TABLES["enterprises"])]
    if any(line.get(name) for name in FIRM_AMOUNTS):
        return False
    if nil_state(line.get("remark"), has_figures=False):
        return True
    return table.nil is not None and not any(figure is not None for figure in figures)


def _some_figure(reading: Reading, kind: str) -> str | None:
    """Return the first amount or count above zero in a table, formatted; None without one."""
    for _table, line in lines_of(reading, kind):
        for column in TABLES[kind].reported:
            value = line.get(column.field)
            if value:
                holds = column.kind
                if kind == "city":
                    holds = next(
                        (k for label, k in MEASURES.values() if label == line.get("measure")), holds
                    )
                return formatted(value, holds)
    return None
