"""Headings, rounding and formatting of figures for rules, and the lines that count."""

from collections.abc import Iterator
from decimal import Decimal

from foundation.yuan import WAN
from submissions.rules.context import Context
from submissions.workbook.contents import Line, Reading, SheetTable
from submissions.workbook.layout import CITY_LABELS, CITY_MEASURES, TABLES, CellKind
from submissions.workbook.reading.headings import fold

# The most that rounding takes from one figure, in yuan: half a unit, or of 亿元, which people
# write with two places, half a hundredth.
ROUNDING = {
    "元": Decimal("0.5"),
    "千元": Decimal(500),
    "万元": Decimal(5_000),
    "百万元": Decimal(500_000),
    "亿元": Decimal(500_000),
}

# field of CityReturn -> (label, kind)
MEASURES = {field: (measure.heading, measure.kind) for field, measure in CITY_MEASURES.items()}

# table -> (field, kind) of its figures
FIGURES = {kind: [(c.field, c.kind) for c in table.figures] for kind, table in TABLES.items()}
HEADINGS = {kind: {c.field: c.heading for c in table.columns} for kind, table in TABLES.items()}


def rounding(unit: object) -> Decimal:
    """Return the largest error in yuan by rounding a figure in this unit."""
    return ROUNDING.get(fold(str(unit)), ROUNDING["万元"])


def formatted(value: Decimal | int, kind: CellKind = CellKind.MONEY) -> str:
    """Return a figure as text for messages: an amount exactly, in 万元; a count as it is."""
    if kind is CellKind.COUNT:
        return f"{value:,.0f}"
    wan = f"{Decimal(value) / WAN:,.6f}".rstrip("0").rstrip(".")
    return f"{wan} 万元"


def city_figures(reading: Reading) -> dict[str, tuple[SheetTable, Line]]:
    """Return field of CityReturn -> its row of 城市汇总, for the rows that are there."""
    found: dict[str, tuple[SheetTable, Line]] = {}
    if table := reading.tables.get("city"):
        for line in table.lines:
            if measure := CITY_LABELS.get(line.get("measure")):
                found.setdefault(measure.field, (table, line))
    return found


def counted_lines(reading: Reading, context: Context) -> Iterator[Line]:
    """Yield the enterprise lines that count: each code once, and no other city's firms."""
    table = reading.tables.get("enterprises")
    seen = set()
    for line in table.lines if table else ():
        code = line.get("credit_code")
        if code in seen or context.is_elsewhere(code):
            continue
        if code:
            seen.add(code)
        yield line
