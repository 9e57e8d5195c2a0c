"""The columns of a template's table in their order, and the formulas that check what is typed."""

from dataclasses import dataclass
from decimal import Decimal

from submissions.workbook import limits
from submissions.workbook.cells import letters
from submissions.workbook.layout import (
    CHECKED,
    CITY,
    CITY_LABELS,
    ENTERPRISES,
    LINES_TOTAL,
    MONEY_UNITS,
    REVENUE_GROWTH,
    CellKind,
    LayoutColumn,
    TableLayout,
    reference_headings,
)
from submissions.workbook.template.facts import TemplateFacts, TemplateLine

UNIT = "万元"
HEADER_ROW = 4
FIRST_ROW = 5
LAST_ROW = FIRST_ROW + limits.ENTERPRISE_LINES - 1

# The threshold of 环保营业收入过1亿元企业数, in the unit of the template.
OVER_100M = 100_000_000 // MONEY_UNITS[UNIT]


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """
    One column: its letter and heading.

    about  the column of the layout that it is, or that its reference is about; None for a check
    given  whether it is to be filled in, and not a reference or a check
    """

    letter: str
    heading: str
    about: LayoutColumn | None
    given: bool = False


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and its result in the template as it is downloaded."""

    text: str
    result: Decimal | int | str


def columns_of(layout: TableLayout, facts: TemplateFacts) -> list[TemplateColumn]:
    """
    Return the columns: each to be filled in, then its earlier figures; checks before 说明.

    所属园区 is left out for a city without parks, and a reference to last year where the table
    asks for last year's figure itself.
    """
    asked_for = {column.a_year_before for column in layout.columns}
    order: list[tuple[str, LayoutColumn | None, bool]] = []
    for column in layout.columns:
        if layout is ENTERPRISES and column.field == "park" and not facts.parks:
            continue
        if column.field == "remark" and layout in (CITY, ENTERPRISES):
            order += [(LINES_TOTAL, None, False)] if layout is CITY else []
            order.append((CHECKED, None, False))
        order.append((column.heading, column, True))
        order += [
            (words, column, False)
            for words, field in reference_headings(layout).items()
            if field == column.field and not (field in asked_for and _is_of_last_year(words))
        ]
        if column.field == "revenue_last_year":
            order.append((REVENUE_GROWTH, None, False))
    if layout is ENTERPRISES:
        order = _last_year_beside_revenue(order)
    return [TemplateColumn(letters(at), *each) for at, each in enumerate(order, start=1)]


def _is_of_last_year(words: str) -> bool:
    """Return whether a reference heading is of the same quarter of last year."""
    return "去年" in words


def _last_year_beside_revenue(order: list) -> list:
    """Return the order with 上年同期环保业务营业收入 and its check behind the revenue."""
    moved = [
        each
        for each in order
        if each[0] == REVENUE_GROWTH or (each[1] and each[1].field == "revenue_last_year")
    ]
    rest = [each for each in order if each not in moved]
    at = 1 + max(n for n, each in enumerate(rest) if each[1] and each[1].field == "revenue")
    return rest[:at] + moved + rest[at:]


def given_letters(columns: list[TemplateColumn]) -> dict[str, str]:
    """Return field -> letter of the columns to be filled in."""
    return {column.about.field: column.letter for column in columns if column.given}


def checks_of_line(
    columns: list[TemplateColumn], row: int, line: TemplateLine, facts: TemplateFacts
) -> dict[str, Formula]:
    """Return heading -> formula of the checks of an enterprise line."""
    at = {field: f"{letter}{row}" for field, letter in given_letters(columns).items()}
    before = {
        column.about.field: f"{column.letter}{row}"
        for column in columns
        if column.about and not column.given and not _is_of_last_year(column.heading)
    }
    wording = facts.wording
    blank = f'AND({at["output_value"]}="",{at["revenue"]}="")'
    below = ",".join(
        f"AND(ISNUMBER({at[name]}),ISNUMBER({before[name]}),{at[name]}<{before[name]})"
        for name in ("output_value", "revenue")
    )
    fallen = f'IF(OR({below}),"{wording.below_last_quarter}","")' if facts.in_year else '""'
    now, last = at["revenue"], at["revenue_last_year"]
    growth = f'IF(AND(ISNUMBER({now}),ISNUMBER({last})),IF({last}>0,{now}/{last}-1,""),"")'
    unfilled = f'IF({at["remark"]}="","{wording.unfilled}","")'
    return {
        REVENUE_GROWTH: Formula(f"={growth}", ""),
        CHECKED: Formula(f"=IF({blank},{unfilled},{fallen})", wording.unfilled),
    }


def checks_of_measure(
    columns: list[TemplateColumn], row: int, line: TemplateLine, facts: TemplateFacts
) -> dict[str, Formula]:
    """Return heading -> formula of the checks of a row of 城市汇总."""
    firms = given_letters(columns_of(ENTERPRISES, facts))
    measure = CITY_LABELS[line.values["measure"]]
    counted = measure.field in ("enterprises", "enterprises_over_100m")
    letter = firms["revenue" if counted else measure.field]
    lines = f"'{ENTERPRISES.sheet}'!{letter}${FIRST_ROW}:{letter}${LAST_ROW}"
    if measure.field == "enterprises":
        total = f"=COUNT({lines})"
    elif measure.field == "enterprises_over_100m":
        total = f'=COUNTIF({lines},">{OVER_100M}")'
    else:
        total = f"=SUM({lines})"
    now = f"{given_letters(columns)['this_year']}{row}"
    sums = next(column.letter for column in columns if column.heading == LINES_TOTAL)
    wording = facts.wording
    below = f'IF(N({now})<{sums}{row},"{wording.below_lines}","")'
    return {
        LINES_TOTAL: Formula(total, 0),
        CHECKED: Formula(f'=IF({now}="","{wording.unfilled}",{below})', wording.unfilled),
    }


def totals_of(columns: list[TemplateColumn], lines: list[TemplateLine]) -> dict[str, Formula]:
    """Return letter -> sum of each column of figures that is to be filled in."""
    found = {}
    for column in columns:
        if not column.given or not column.about.is_figure:
            continue
        values = [line.values.get(column.about.field) for line in lines]
        added = sum((Decimal(value) for value in values if value is not None), Decimal(0))
        if column.about.kind is CellKind.MONEY:
            added /= MONEY_UNITS[UNIT]
        cells = f"{column.letter}{FIRST_ROW}:{column.letter}{LAST_ROW}"
        found[column.letter] = Formula(f"=SUM({cells})", added)
    return found
