"""Whether the figures can be right beside those of earlier quarters."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from submissions.rules.catalogue import Severity
from submissions.rules.context import FIRM_FIGURES, Context, Earlier
from submissions.rules.figures import HEADINGS, MEASURES, city_figures, rounding, written
from submissions.rules.rule import Spot, at, lines_of, on_sheet, rule
from submissions.workbook.contents import Line, Reading, Table
from submissions.workbook.headings import fold
from submissions.workbook.layout import Kind

# Amounts run up from January; numbers of firms and people are those of the quarter's end.
FIRM_AMOUNTS = [name for name in FIRM_FIGURES if name != "employees"]
CITY_AMOUNTS = [name for name, (_label, kind) in MEASURES.items() if kind is Kind.MONEY]

# 元 taken for 万元 is a factor of 10⁴, for 亿元 10⁸. Honest growth on top of it is threefold at
# most, either way; a factor of 3,000 has no other cause worth guessing at.
SLIPS = [(Decimal(3) * 10**power, Decimal(3) * 10 ** (power + 1)) for power in (3, 7)]

# Of fewer lines nothing can be said about most of them.
FEWEST_LINES = 3


class Beside(NamedTuple):
    """One amount, and the earlier one it is held against."""

    table: Table
    line: Line
    field: str
    heading: str
    now: Decimal
    before: Decimal


@rule(
    "W157",
    Severity.ADVISORY,
    _("%(heading)s is %(now)s, but was %(before)s earlier: the unit may be wrong."),
    _("Check the unit of the sheet and of the figure, or say in 说明 why it changed so much."),
)
def unit_may_have_slipped(reading: Reading, context: Context) -> Iterator[Spot]:
    """An amount is about 10⁴ or 10⁸ times an earlier one of its own, or that much less."""
    lines, slipped, rows = _slips(reading, context)
    firms = [] if _most(rows, lines) else slipped
    for each in (*firms, *_city_slips(reading, context)):
        yield at(each.table, each.line, each.field, **_both(each))


@rule(
    "E158",
    Severity.MANDATORY,
    _("%(rows)s of %(lines)s lines are ten thousand times larger or smaller than earlier."),
    _("The unit of the sheet is wrong: correct 计量单位, or the figures."),
)
def unit_slipped_in_most_lines(reading: Reading, context: Context) -> Iterator[Spot]:
    """More than half of the lines that have earlier figures have slipped."""
    lines, _slipped, rows = _slips(reading, context)
    if _most(rows, lines):
        yield on_sheet(reading.tables["enterprises"], rows=rows, lines=lines)


@rule(
    "W159",
    Severity.ADVISORY,
    _("%(heading)s is %(now)s, below the %(before)s of the quarter before."),
    _("Cumulative figures do not fall within a year. Correct the figure, or say in 说明 why."),
)
def cumulative_figure_fell(reading: Reading, context: Context) -> Iterator[Spot]:
    """A cumulative amount is below that of the quarter before, of the same year."""
    if context.period.quarter == 1:
        return
    firms = _firms_beside(reading, context.previous, has_fallen)
    city = _city_beside(reading, context.city_previous, has_fallen)
    for each in (*city, *firms):
        yield at(each.table, each.line, each.field, **_both(each))


@rule(
    "W160",
    Severity.ADVISORY,
    _("%(name)s (%(code)s) reported in %(period)s and is missing now."),
    _("Add the enterprise, with 0 if it made nothing, or say why it no longer reports."),
)
def enterprise_is_missing(reading: Reading, context: Context) -> Iterator[Spot]:
    """An enterprise of the quarter before has no line. One of unreadable code is not missing."""
    table = reading.tables.get("enterprises")
    if table is None or table.sheet in context.broken:
        return
    present = {line.get("credit_code") for line in table.lines}
    by_name = {
        fold(line.get("name") or "")
        for line in table.lines
        if not line.get("credit_code") or line.get("credit_code") in context.problems
    }
    for code, earlier in context.previous.items():
        if earlier.expected and code not in present and fold(earlier.name) not in by_name:
            period = context.period.previous()
            yield on_sheet(table, name=earlier.name, code=code, period=period)


@rule(
    "W161",
    Severity.ADVISORY,
    _("All lines are the same as in %(period)s, to the last figure."),
    _("Upload the workbook of this quarter, or say why nothing changed."),
)
def nothing_has_changed(reading: Reading, context: Context) -> Iterator[Spot]:
    """The same enterprises report the same figures as in the quarter before."""
    table = reading.tables.get("enterprises")
    if table is None or not table.lines or len(table.lines) != len(context.previous):
        return
    for line in table.lines:
        earlier = context.previous.get(line.get("credit_code"))
        if earlier is None or any(line.get(name) != earlier.figures[name] for name in FIRM_FIGURES):
            return
    if any(line.get(name) for line in table.lines for name in FIRM_AMOUNTS):
        yield on_sheet(table, period=context.period.previous())


@rule(
    "W176",
    Severity.ADVISORY,
    _("%(heading)s is given as %(now)s, but %(before)s was accepted for %(period)s."),
    _("Correct the figure, or say in 说明 why it differs, such as a change of scope (口径)."),
)
def last_year_differs_from_what_was_accepted(reading: Reading, context: Context) -> Iterator[Spot]:
    """上年同期 is not what was accepted a year earlier, rounding aside."""
    period = context.period.year_earlier()
    heading = HEADINGS["enterprises"]["revenue_last_year"]
    for table, line in lines_of(reading, "enterprises") if context.year_earlier else ():
        earlier = context.year_earlier.get(line.get("credit_code"))
        before = earlier.figures["revenue"] if earlier else None
        now = line.get("revenue_last_year")
        unit = table.units.get("revenue_last_year")
        if None not in (now, before) and abs(now - before) > rounding(unit):
            both = {"now": written(now), "before": written(before)}
            yield at(table, line, "revenue_last_year", heading=heading, period=period, **both)
    for name, (table, line) in city_figures(reading).items():
        label, kind = MEASURES[name]
        now, before = line.get("last_year"), context.city_year_earlier.get(name)
        slack = rounding(line.get("unit")) if kind is Kind.MONEY else 0
        if None not in (now, before) and abs(now - before) > slack:
            both = {"now": written(now, kind), "before": written(before, kind)}
            yield at(table, line, "last_year", heading=label, period=period, **both)


def is_slip(now: Decimal, before: Decimal) -> bool:
    """Return whether two amounts are apart by about what a wrong unit makes."""
    small, large = sorted((abs(now), abs(before)))
    if not small or large < SLIPS[0][0] * small:
        return False
    return any(low * small <= large <= high * small for low, high in SLIPS)


def has_fallen(now: Decimal, before: Decimal) -> bool:
    """Return whether an amount fell, other than by a slip of the unit."""
    return now < before and not is_slip(now, before)


def _slips(reading: Reading, context: Context) -> tuple[int, list[Beside], int]:
    """Return how many lines have earlier figures, which amounts slipped, in how many lines."""
    reference = _reference(context)
    lines = lines_of(reading, "enterprises")
    compared = sum(1 for _table, line in lines if line.get("credit_code") in reference)
    slipped = list(_firms_beside(reading, reference, is_slip))
    return compared, slipped, len({each.line.row for each in slipped})


def _most(rows: int, lines: int) -> bool:
    """Return whether so many lines slipped that it is the sheet's unit and not the lines'."""
    return lines >= FEWEST_LINES and rows * 2 > lines


def _reference(context: Context) -> dict[str, Earlier]:
    """
    Return the figures to hold amounts against: of the quarter before, else a year earlier.

    In the first quarter it is the other way round, because a year is not a quarter.
    """
    if context.period.quarter == 1:
        return context.previous | context.year_earlier
    return context.year_earlier | context.previous


def _firms_beside(
    reading: Reading, earlier: dict[str, Earlier], differ: Callable[[Decimal, Decimal], bool]
) -> Iterator[Beside]:
    """Yield each amount of the enterprise lines that differs so from an earlier one."""
    headings = HEADINGS["enterprises"]
    for table, line in lines_of(reading, "enterprises") if earlier else ():
        known = earlier.get(line.get("credit_code"))
        for name in FIRM_AMOUNTS if known else ():
            now, before = line.get(name), known.figures[name]
            if now is not None and before is not None and differ(now, before):
                yield Beside(table, line, name, headings[name], now, before)


def _city_beside(
    reading: Reading,
    earlier: dict[str, Decimal | int | None],
    differ: Callable[[Decimal, Decimal], bool],
) -> Iterator[Beside]:
    """Yield each amount of 城市汇总 that differs so from an earlier one."""
    for name, (table, line) in city_figures(reading).items():
        now, before = line.get("this_year"), earlier.get(name)
        if name in CITY_AMOUNTS and now is not None and before is not None and differ(now, before):
            yield Beside(table, line, "this_year", MEASURES[name][0], now, before)


def _city_slips(reading: Reading, context: Context) -> Iterator[Beside]:
    """Yield the city's slips beside the quarter before, else a year earlier."""
    first, second = context.city_previous, context.city_year_earlier
    if context.period.quarter == 1:
        first, second = second, first
    return _city_beside(reading, first or second, is_slip)


def _both(each: Beside) -> dict[str, str]:
    """Return the fill-ins that name both figures."""
    return {"heading": each.heading, "now": written(each.now), "before": written(each.before)}
