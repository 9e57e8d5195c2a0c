"""Rules on amounts in a wrong unit: 元, 万元 and 亿元 are easily confused."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from statistics import median_low

from django.utils.translation import gettext_lazy as _

from submissions.rules.catalogue import Severity
from submissions.rules.comparisons import (
    FIRM_AMOUNTS,
    Comparison,
    compare_city,
    compare_firms,
    nearest_first,
    slip,
)
from submissions.rules.context import Context
from submissions.rules.figures import HEADINGS
from submissions.rules.rule import Location, at, on_sheet, rule
from submissions.workbook.contents import Line, Reading
from submissions.workbook.layout import MONEY_UNITS
from submissions.workbook.reading.headings import fold

# Fewer comparable lines than this allow no conclusion about a column.
FEWEST_LINES = 3

# A median needs at least this many amounts.
FEWEST_AMOUNTS = 8

# (power, smallest factor to the column's median) of a wrong unit. Firms differ in size, and very
# small ones are common, so factors below a thousand are no sign of one.
OUTLIER_FACTORS = (
    [(8, Decimal(3_000_000)), (4, Decimal(1_000))],
    [(-8, Decimal(30_000_000)), (-4, Decimal(3_000))],
)

TIMES = {4: "10,000", 8: "100,000,000", -4: "1/10,000", -8: "1/100,000,000"}


@rule(
    "W157",
    Severity.ADVISORY,
    _("%(heading)s is %(now)s, but was %(before)s earlier: it may have been meant in %(likely)s."),
    _("Check the unit of the sheet and of the figure, or say in 说明 why it changed so much."),
)
def unit_may_have_slipped(reading: Reading, context: Context) -> Iterator[Location]:
    """An amount is about 10⁴ or 10⁸ times its earlier value, or that much less."""
    slipped = _slipped(reading, context)
    columns = _whole_columns(reading, context, slipped)
    for each in slipped:
        if columns.get(each.field) != slip(each.now, each.before):
            yield _location(each, each.table.units.get(each.field))
    totals = nearest_first(context, context.city_previous, context.city_year_earlier)
    for each in compare_city(reading, *totals, differ=slip):
        yield _location(each, each.line.get("unit"))


@rule(
    "E158",
    Severity.MANDATORY,
    _(
        "%(columns)s: in %(rows)s of %(lines)s lines about %(times)s times what was reported "
        "earlier. The figures seem to be in %(likely)s, not in %(unit)s."
    ),
    _("The unit is wrong for the whole column: correct 计量单位, or the figures."),
)
def unit_slipped_in_most_lines(reading: Reading, context: Context) -> Iterator[Location]:
    """More than half of a column's comparable amounts are wrong by the same power."""
    slipped = _slipped(reading, context)
    columns = _whole_columns(reading, context, slipped)
    if not columns:
        return
    table = reading.tables["enterprises"]
    together: dict[tuple[int, str], list[str]] = defaultdict(list)
    for name, power in columns.items():
        together[power, str(table.units.get(name, ""))].append(name)
    compared = list(_comparisons(reading, context, lambda _now, before: before != 0))
    for (power, unit), names in together.items():
        rows = {e.line.row for e in slipped if e.field in names and slip(e.now, e.before) == power}
        lines = {each.line.row for each in compared if each.field in names}
        yield on_sheet(
            table,
            columns="、".join(HEADINGS["enterprises"][name] for name in names),
            rows=len(rows),
            lines=len(lines),
            times=TIMES[power],
            likely=likely_unit(unit, power),
            unit=unit,
        )


@rule(
    "W178",
    Severity.ADVISORY,
    _(
        "%(heading)s is %(now)s, while the middle enterprise has %(before)s: it may have been "
        "meant in %(likely)s. The enterprise has no earlier figures to compare."
    ),
    _("Check the unit of the line, or say in 说明 that the enterprise is so large or so small."),
)
def unit_is_unlike_the_column(reading: Reading, context: Context) -> Iterator[Location]:
    """
    An amount of a firm without earlier figures is thousands of times the median, or less.

    In all its amounts, or in only one of output value and revenue: a firm may be tiny, but not
    tiny in one and ordinary in the other.
    """
    table = reading.tables.get("enterprises")
    medians = _medians(table.lines) if table else {}
    for line in table.lines if len(medians) > 1 else ():
        code = line.get("credit_code")
        if code in context.previous or code in context.year_earlier:
            continue
        amounts = {name: now for name in medians if (now := line.get(name))}
        powers = {name: _power_off(now, medians[name]) for name, now in amounts.items()}
        for name in _outliers(amounts, powers):
            heading = HEADINGS["enterprises"][name]
            each = Comparison(table, line, name, heading, amounts[name], medians[name])
            likely = likely_unit(table.units.get(name), powers[name])
            yield at(table, line, name, **each.params(), likely=likely)


def likely_unit(unit: object, power: int) -> str:
    """
    Return the unit that was probably meant for a figure wrong by a power of ten.

    Without such a unit, the correcting factor.
    """
    factor = MONEY_UNITS.get(fold(str(unit)), 10_000)
    meant = Decimal(factor) / Decimal(10) ** power
    return next((name for name, yuan in MONEY_UNITS.items() if yuan == meant), f"× {TIMES[-power]}")


def _location(each: Comparison, unit: object) -> Location:
    """Return the location of an amount in a wrong unit."""
    likely = likely_unit(unit, slip(each.now, each.before))
    return at(each.table, each.line, each.field, **each.params(), likely=likely)


def _comparisons(reading: Reading, context: Context, differ) -> Iterator[Comparison]:
    """Yield comparisons of lines with the firm's nearest earlier figures."""
    quarters = nearest_first(context, context.previous, context.year_earlier)
    return compare_firms(reading, *quarters, differ=differ)


def _slipped(reading: Reading, context: Context) -> list[Comparison]:
    """Return the amounts of lines in a wrong unit, by the firm's own figures."""
    return list(_comparisons(reading, context, slip))


def _whole_columns(reading: Reading, context: Context, slipped: list[Comparison]) -> dict[str, int]:
    """Return column -> power, where more than half of the comparable amounts are wrong by it."""
    if not slipped:
        return {}
    compared: dict[str, int] = defaultdict(int)
    for each in _comparisons(reading, context, lambda now, before: now and before):
        compared[each.field] += 1
    alike: dict[tuple[str, int], int] = defaultdict(int)
    for each in slipped:
        alike[each.field, slip(each.now, each.before)] += 1
    return {
        name: power
        for (name, power), rows in alike.items()
        if compared[name] >= FEWEST_LINES and rows * 2 > compared[name]
    }


def _medians(lines: list[Line]) -> dict[str, Decimal]:
    """Return the median of the amounts above zero, for each column with enough of them."""
    columns = {
        name: [now for line in lines if (now := line.get(name)) is not None and now > 0]
        for name in FIRM_AMOUNTS
    }
    return {
        name: median_low(amounts)
        for name, amounts in columns.items()
        if len(amounts) >= FEWEST_AMOUNTS
    }


def _power_off(now: Decimal, middle: Decimal) -> int:
    """Return the power by which an amount is probably wrong against the median; 0 if by none."""
    larger, smaller = OUTLIER_FACTORS
    if now >= middle * larger[-1][1]:
        return next(power for power, times in larger if now >= middle * times)
    if now > 0 and now * smaller[-1][1] <= middle:
        return next(power for power, times in smaller if now * times <= middle)
    return 0


def _outliers(amounts: dict[str, Decimal], powers: dict[str, int]) -> list[str]:
    """Return the fields of a line that are outliers, by the power of each."""
    if len(amounts) < 2 or not any(powers.values()):
        return []
    if len(set(powers.values())) == 1:
        return list(powers)
    output, revenue = amounts.get("output_value"), amounts.get("revenue")
    if output is None or revenue is None or not slip(output, revenue):
        return []
    return [name for name in ("output_value", "revenue") if powers[name]]
