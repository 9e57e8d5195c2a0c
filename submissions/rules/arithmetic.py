"""Rules that compare figures of one file with each other."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from enterprises.thresholds import OVER_100M
from indicators.formulas.firms_over import is_over
from submissions.rules.catalogue import Severity
from submissions.rules.context import Context
from submissions.rules.figures import (
    FIGURES,
    HEADINGS,
    MEASURES,
    city_figures,
    counted_lines,
    formatted,
    rounding,
)
from submissions.rules.rule import Location, at, lines_of, on_sheet, rule
from submissions.workbook.contents import Line, Reading, SheetTable
from submissions.workbook.layout import CellKind

# Measures of 城市汇总 that add up over the lines of 企业明细.
ADD_UP = ("output_value", "revenue")
SUM_LABELS = {"合计", "总计", "汇总", "共计", "总和", "累计"}


@rule(
    "E180",
    Severity.MANDATORY,
    _("%(heading)s is negative: %(figure)s."),
    _("Cumulative amounts and numbers of things are never below zero. Correct the figure."),
)
def figure_is_negative(reading: Reading, context: Context) -> Iterator[Location]:
    """An amount or a count is below zero."""
    for kind, fields in FIGURES.items():
        for table, line in lines_of(reading, kind):
            values = line.values
            for name, holds in fields:
                value = values.get(name)
                if value is not None and value.value is not None and value.value < 0:
                    heading = line.get("measure") if kind == "city" else HEADINGS[kind][name]
                    if kind == "city":
                        holds = _kind_of(line)
                    figure = formatted(value.value, holds)
                    yield at(table, line, name, heading=heading, figure=figure)


@rule(
    "E181",
    Severity.MANDATORY,
    _("Environmental revenue is %(part)s, more than total revenue, which is %(whole)s."),
    _("环保业务营业收入 is a part of 营业总收入. Correct whichever is wrong."),
)
def part_exceeds_total_revenue(reading: Reading, context: Context) -> Iterator[Location]:
    """Environmental revenue is above the total revenue it is a part of."""
    return _above_total_revenue(reading, "revenue")


@rule(
    "W182",
    Severity.ADVISORY,
    _("R&D expenditure is %(part)s, more than total revenue, which is %(whole)s."),
    _("Check both figures, or say in 说明 what paid for it."),
)
def rd_exceeds_total_revenue(reading: Reading, context: Context) -> Iterator[Location]:
    """R&D expenditure is above total revenue: possible, but rarely right."""
    return _above_total_revenue(reading, "rd_expenditure")


@rule(
    "E183",
    Severity.MANDATORY,
    _("%(part)s enterprises over 100 million yuan are more than all enterprises: %(whole)s."),
    _("环保营业收入过1亿元企业数 is a part of 环保企业数. Correct whichever is wrong."),
)
def large_enterprises_exceed_all(reading: Reading, context: Context) -> Iterator[Location]:
    """The city counts more enterprises over 100 million than enterprises."""
    rows = city_figures(reading)
    if "enterprises" not in rows or "enterprises_over_100m" not in rows:
        return
    _table, whole = rows["enterprises"]
    table, part = rows["enterprises_over_100m"]
    for name in ("this_year", "last_year"):
        some, everything = part.get(name), whole.get(name)
        if some is not None and everything is not None and some > everything:
            yield at(table, part, name, part=f"{some:,.0f}", whole=f"{everything:,.0f}")


@rule(
    "E184",
    Severity.MANDATORY,
    _("%(measure)s of the city is %(total)s, but its enterprise lines alone add up to %(sum)s."),
    _("Correct the total or the lines. Often one of the two sheets is in another unit."),
)
def city_total_is_below_its_lines(reading: Reading, context: Context) -> Iterator[Location]:
    """
    The city's output value or revenue is less than the sum of its lines, rounding aside.

    Each line counts once; those of other cities or below zero do not count and have findings of
    their own.
    """
    rows = city_figures(reading)
    lines = list(counted_lines(reading, context))
    for name in ADD_UP:
        if name not in rows or not lines:
            continue
        table, row = rows[name]
        total = row.get("this_year")
        figures = [value for line in lines if (value := line.get(name)) is not None and value > 0]
        added = sum(figures, Decimal(0))
        unit = reading.tables["enterprises"].units.get(name)
        slack = rounding(row.get("unit")) + rounding(unit) * len(figures)
        if total is not None and 0 <= total < added - slack:
            measure = MEASURES[name][0]
            yield at(
                table,
                row,
                "this_year",
                measure=measure,
                total=formatted(total),
                sum=formatted(added),
            )


@rule(
    "W185",
    Severity.ADVISORY,
    _(
        "The row %(label)s says %(total)s for %(heading)s, but the lines add up to %(sum)s. "
        "%(above)s lines stand above this row and %(below)s below it."
    ),
    _(
        "Check that no line is missing and that the formula covers all of them, or say why not. A "
        "total belongs below the last line; one of a part is called 小计."
    ),
)
def totals_row_differs_from_the_sum(reading: Reading, context: Context) -> Iterator[Location]:
    """The last row of totals is not the sum of the lines, rounding aside."""
    for kind in ("enterprises", "parks"):
        table = reading.tables.get(kind)
        row = _totals_row(table) if table else None
        for name, holds in FIGURES[kind] if row else ():
            total = row.get(name)
            if total is None or _has_refused(table, name, context):
                continue
            figures = [value for line in table.lines if (value := line.get(name)) is not None]
            added = sum(figures, Decimal(0))
            slack = Decimal(0)
            if holds is CellKind.MONEY:
                slack = rounding(table.units.get(name)) * (len(figures) + 1)
            if abs(total - added) > slack:
                above = sum(line.row < row.row for line in table.lines)
                params = {"label": row.get("label"), "heading": HEADINGS[kind][name]}
                params |= {"above": above, "below": len(table.lines) - above}
                figures = {"total": formatted(total, holds), "sum": formatted(added, holds)}
                yield at(table, row, name, **params, **figures)


@rule(
    "W186",
    Severity.ADVISORY,
    _(
        "The city counts %(total)s enterprises over 100 million yuan, but %(lines)s of its lines "
        "are over it."
    ),
    _("Correct the number or the lines, or say in 说明 whom the number leaves out."),
)
def more_lines_over_100m_than_the_city_counts(
    reading: Reading, context: Context
) -> Iterator[Location]:
    """More lines have revenue strictly over 100 million yuan than 城市汇总 says."""
    row = city_figures(reading).get("enterprises_over_100m")
    if row is None or row[1].get("this_year") is None:
        return
    table, line = row
    total = line.get("this_year")
    over = sum(is_over(one.get("revenue"), OVER_100M) for one in counted_lines(reading, context))
    if 0 <= total < over:
        yield at(table, line, "this_year", total=f"{total:,.0f}", lines=over)


@rule(
    "E187",
    Severity.MANDATORY,
    _("城市汇总 does not say the city's output value (环保业务产值)."),
    _("Fill in 本年累计 of 环保业务产值, 0 if it was nothing: the share target rests on it."),
)
def output_value_is_absent(reading: Reading, context: Context) -> Iterator[Location]:
    """Without the city's output value the province's share has no figure for it."""
    table = reading.tables.get("city")
    if table is None or table.sheet in context.broken or table.nil:
        return
    row = city_figures(reading).get("output_value")
    if row is None:
        yield on_sheet(table)
    elif row[1].get("this_year") is None:
        cell = row[1].cell("this_year")
        if (table.sheet, cell) not in context.refused:
            yield at(*row, "this_year")


@rule(
    "W188",
    Severity.ADVISORY,
    _("城市汇总 lacks these rows: %(measures)s."),
    _("Add the rows, or say why the city does not report them."),
)
def measures_are_missing(reading: Reading, context: Context) -> Iterator[Location]:
    """城市汇总 lacks the row of a measure other than output value, which has a rule of its own."""
    table = reading.tables.get("city")
    if table is None or table.sheet in context.broken or table.nil:
        return
    present = city_figures(reading)
    missing = [
        label
        for name, (label, _kind) in MEASURES.items()
        if name not in present and name != "output_value"
    ]
    if missing:
        yield on_sheet(table, measures="、".join(missing))


def _above_total_revenue(reading: Reading, name: str) -> Iterator[Location]:
    """Yield the lines where a figure is above total revenue."""
    for table, line in lines_of(reading, "enterprises"):
        part, whole = line.get(name), line.get("total_revenue")
        if part is not None and whole is not None and part > whole >= 0:
            yield at(table, line, name, part=formatted(part), whole=formatted(whole))


def _totals_row(table: SheetTable) -> Line | None:
    """Return the last row of totals of all lines; None without one. 本页合计 is of one page."""
    for line in reversed(table.totals):
        if line.get("label") in SUM_LABELS and "本页" not in line.values["label"].written:
            return line
    return None


def _has_refused(table: SheetTable, name: str, context: Context) -> bool:
    """Return whether the reader refused a cell of the column, so that it has no sum."""
    return any((table.sheet, line.cell(name)) in context.refused for line in table.lines)


def _kind_of(line: Line) -> CellKind:
    """Return the kind of figure in a row of 城市汇总."""
    return next(
        (kind for label, kind in MEASURES.values() if label == line.get("measure")), CellKind.MONEY
    )
