"""
Proposals for the layout of a foreign file, each with its reason.

From what headings say and what values look like; nothing from where a column stands. A person
says yes to each, or chooses otherwise.
"""

import dataclasses
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from submissions.workbook.cells import NUMBER, TEXT, Cell, Row, letters
from submissions.workbook.foreign.layout_spec import PLACES, Holds, PlaceColumn
from submissions.workbook.foreign.places import (
    city_in_cell,
    named_period,
    period_in_cell,
    year_in_cell,
)
from submissions.workbook.layout import (
    CITY,
    ENTERPRISES,
    MONEY_UNITS,
    TABLES,
    CellKind,
)
from submissions.workbook.limits import HEADER_WITHIN_ROWS
from submissions.workbook.reading.headings import fold
from submissions.workbook.reading.labels import Labels, labels
from submissions.workbook.reading.row_classifier import FIRM, amount, looks_like_code

NO_CITIES: Mapping[str, str] = MappingProxyType({})

# Words of a heading by which a field is known; the first field of which one is found counts.
SYNONYMS: tuple[tuple[str, str, re.Pattern], ...] = tuple(
    (kind, name, re.compile(words))
    for kind, name, words in (
        (ENTERPRISES.kind, "credit_code", "信用代码|机构代码|组织代码|统一代码"),
        (ENTERPRISES.kind, "revenue_last_year", "(?:上年|去年|同期).*(?:收入|营收)"),
        (ENTERPRISES.kind, "rd_expenditure", "研发|科研经费|R&D|研究与试验"),
        (ENTERPRISES.kind, "employees", "从业人员|员工|职工|人数|从业人数|用工"),
        (ENTERPRISES.kind, "total_revenue", "总收入|全部.*收入|主营业务收入|企业营业收入"),
        (ENTERPRISES.kind, "revenue", "收入|营收|销售额"),
        (ENTERPRISES.kind, "output_value", "产值"),
        (ENTERPRISES.kind, "park", "园区"),
        (ENTERPRISES.kind, "remark", "说明|备注"),
        (ENTERPRISES.kind, "name", "企业名称|单位名称|公司名称|企业全称|企业$|名称|公司$|单位$"),
        (CITY.kind, "measure", "指标"),
        (CITY.kind, "unit", "计量单位"),
    )
)
# Words of a heading by which a column is known that names the place of each row.
PLACE_WORDS: tuple[tuple[PlaceColumn, re.Pattern], ...] = (
    (
        PlaceColumn.CITY,
        re.compile(
            "^(?:所[在属]|设区|地级)*(?:城市|地市|市别|市州|市|地区|行政区划?)(?:名称|代码)?$"
        ),
    ),
    (PlaceColumn.YEAR, re.compile("^(?:统计|报告|数据|所属)?(?:年份|年度|年)$")),
    (
        PlaceColumn.QUARTER,
        re.compile("^(?:统计|数据|所属)?(?:季度|季别|季|报告期|所属期|统计期|期间|时期|期别)$"),
    ),
)
# What such a column says of its values, and how a value is seen to be one.
PLACE_VALUES = {
    PlaceColumn.CITY: "cities",
    PlaceColumn.YEAR: "years",
    PlaceColumn.QUARTER: "quarters",
}
LONGEST_PLACE = 12
# A share, a rate, a rank, a plan: no amount.
NO_AMOUNT = re.compile("增长|增速|增减|增幅|占比|比重|比例|率|排名|目标|计划|预计|%|‰")
QUARTER_WORDS = re.compile("当季|本季|单季|季度(?!末)|Q[1-4]|[1-4]Q")
CUMULATIVE_WORDS = re.compile("累计|1-|一至|前三季|上半年|年初")
YEAR_WORDS = re.compile("全年|年度|年报|本年(?!累)")

# So many rows of values are looked at, and so large a part of them must look alike.
LINES_LOOKED_AT = 20
# Fewer headings that are known are a coincidence.
FEWEST = 2
MOST = 0.7


class GuessReason(NamedTuple):
    """
    Why something is proposed.

    why   heading, synonym, codes, firms, cities, years, quarters, unit_heading, unit_above,
          quarter, holds; taken if it is that of another layout
    said  the words or numbers by which it is known
    """

    why: str
    said: str


@dataclasses.dataclass(slots=True)
class GuessedColumn:
    """What a column may hold: field "" without a proposal; see ColumnSpec for the rest."""

    letter: str
    heading: str
    field: str = ""
    unit: str = ""
    holds: Holds = Holds.CUMULATIVE
    quarter: str = ""
    reasons: list[GuessReason] = dataclasses.field(default_factory=list)


@dataclasses.dataclass(slots=True)
class GuessedTable:
    """The heading lines, their columns, and which table of the contract it may be."""

    kind: str
    rows: tuple[int, ...]
    columns: list[GuessedColumn]


def guess(
    rows: list[Row], units: Iterable[str] = (), cities: Mapping[str, str] = NO_CITIES
) -> GuessedTable | None:
    """
    Return what the first rows of a sheet may be; None if no line has headings that are known.

    units are those of money that stand above the table; cities is name -> code.
    """
    best: GuessedTable | None = None
    for numbers in _candidates(rows):
        table = guess_columns(rows, numbers, units, cities)
        if _known(table) >= FEWEST and (best is None or _score(table) > _score(best)):
            best = table
    return best


def _score(table: GuessedTable) -> tuple[int, int]:
    """Return how many columns are known by their headings, and how many reasons there are."""
    reasons = sum(len(column.reasons) for column in table.columns)
    return _known(table), reasons


def _known(table: GuessedTable) -> int:
    """Return how many columns are known by their headings."""
    return sum(any(one.why in ("heading", "synonym") for one in column.reasons)
               for column in table.columns)  # fmt: skip


def _candidates(rows: list[Row]) -> list[tuple[int, ...]]:
    """Return the lines that may be headings: one without amounts, or two beneath each other."""
    plain = [row.number for row in rows if row.number <= HEADER_WITHIN_ROWS and _has_words(row)]
    return [
        *((number,) for number in plain),
        *((number, number + 1) for number in plain if number + 1 in plain),
    ]


def _has_words(row: Row) -> bool:
    """Return whether a row has several texts, no amounts, and is no line of labels."""
    texts = [text for kind, text in row.cells.values() if kind == TEXT and not _is_amount(text)]
    return len(texts) >= 2 and len(texts) == len(row.cells) and not _is_labels(row)


def _is_labels(row: Row) -> bool:
    """Return whether a row has labels with values; 报告期 before another heading is a heading."""
    found = labels([row])
    if found.period and found.period.value is None:
        found.period = None
    return found != Labels()


def _is_amount(text: str) -> bool:
    """Return whether a text is a number."""
    return amount(TEXT, text) is not None


def guess_columns(
    rows: list[Row],
    numbers: tuple[int, ...],
    units: Iterable[str] = (),
    cities: Mapping[str, str] = NO_CITIES,
) -> GuessedTable:
    """Return the proposals for the columns beneath these heading lines."""
    heads = joined_headings(rows, numbers)
    lines = [row for row in rows if row.number > numbers[-1]][:LINES_LOOKED_AT]
    words = {index: _by_words(text) for index, text in heads.items()}
    is_city = any(kind == CITY.kind and name == "measure" for kind, name, _said in words.values())
    kind = CITY.kind if is_city else ENTERPRISES.kind
    above = list(units)
    columns = [_column(index, text, lines, kind, above) for index, text in heads.items()]
    for index, column in zip(heads, columns, strict=True):
        if not column.field or column.field in PLACES:
            _look_for_places(column, [row.cells.get(index) for row in lines], cities)
    _prefer(columns)
    _of_the_year(columns, kind)
    return GuessedTable(kind, numbers, columns)


def _of_the_year(columns: list[GuessedColumn], kind: str) -> None:
    """Propose the year's end for counts beside amounts that are all of a whole year."""
    figures = {column.field: column.kind for column in TABLES[kind].figures}
    amounts = [one for one in columns if figures.get(one.field) is CellKind.MONEY]
    if amounts and all(one.holds is Holds.YEAR for one in amounts):
        for column in columns:
            if figures.get(column.field) is CellKind.COUNT:
                column.holds, column.quarter = Holds.YEAR, ""


def joined_headings(rows: list[Row], numbers: tuple[int, ...]) -> dict[int, str]:
    """
    Return column index -> its heading, of two lines as one text.

    A text of the upper line extends to the right over blanks: merged headings look like that.
    """
    by_number = {row.number: row for row in rows}
    lines = [by_number[number].cells if number in by_number else {} for number in numbers]
    found: dict[int, str] = {}
    above = ""
    for index in sorted(set().union(*lines)):
        texts = [fold(line[index][1]) if index in line else "" for line in lines]
        if len(texts) == 2:
            above = texts[0] or (above if texts[1] else "")
            texts[0] = above
        found[index] = "".join(texts)
    return found


def _by_words(text: str) -> tuple[str, str, str]:
    """Return table, field and the words by which a heading is known; "" for an unknown one."""
    for table in (ENTERPRISES, CITY):
        for column in table.columns:
            if text == fold(column.heading):
                return table.kind, column.field, column.heading
    for what, pattern in PLACE_WORDS:
        if pattern.search(text):
            return "", what, text
    if NO_AMOUNT.search(text):
        return "", "", ""
    for kind, name, pattern in SYNONYMS:
        if match := pattern.search(text):
            return kind, name, match[0]
    return "", "", ""


def _column(index: int, text: str, lines: list[Row], kind: str, above: list[str]) -> GuessedColumn:
    """Return the proposal for one column."""
    column = GuessedColumn(letters(index), text)
    of, name, said = _by_words(text)
    cells = [row.cells[index] for row in lines if index in row.cells]
    exact = fold(said) == text
    if name in PLACES or (of == kind and name):
        column.field = name
        column.reasons.append(GuessReason("heading" if exact else "synonym", said))
    elif kind == CITY.kind and named_period(text).quarter:
        column.field = "this_year"
        column.reasons.append(GuessReason("synonym", text))
    if column.field in PLACES:
        return column
    _look_at_values(column, cells, kind)
    if column.field and TABLES[kind].column(column.field).is_figure:
        _figure(column, text, cells, above, kind)
    return column


def _look_at_values(column: GuessedColumn, cells: list, kind: str) -> None:
    """Propose by the values where the heading says nothing, or drop what they contradict."""
    if kind == CITY.kind or not cells:
        return
    codes = [cell for cell in cells if cell[0] == TEXT and looks_like_code(*cell)
             and len(fold(cell[1])) == 18]  # fmt: skip
    firms = [cell for cell in cells if cell[0] == TEXT and FIRM(fold(cell[1]))]
    figures = [cell for cell in cells if cell[0] == NUMBER or _is_amount(cell[1])]
    seen = f"{{}}/{len(cells)}"
    if len(codes) >= MOST * len(cells) and column.field in ("", "credit_code"):
        column.field = "credit_code"
        column.reasons.append(GuessReason("codes", seen.format(len(codes))))
    elif len(firms) >= MOST * len(cells) and column.field in ("", "name"):
        column.field = "name"
        column.reasons.append(GuessReason("firms", seen.format(len(firms))))
    elif column.field and ENTERPRISES.column(column.field).is_figure:
        if len(figures) >= MOST * len(cells):
            column.reasons.append(GuessReason("amounts", seen.format(len(figures))))
        else:
            column.field, column.reasons = "", []


def _look_for_places(
    column: GuessedColumn, cells: list[Cell | None], cities: Mapping[str, str]
) -> None:
    """Propose by the values that a column names places, or drop what they contradict."""
    texts = [text for kind, text in filter(None, cells) if kind in (TEXT, NUMBER) and text.strip()]
    if not texts:
        return
    for what in [PlaceColumn(column.field)] if column.field else PlaceColumn:
        known = [text for text in texts if _is_place(what, text, cities, is_headed=column.field)]
        # Without a word in the heading every value must be one.
        least = MOST * len(texts) if column.field else len(texts)
        if len(known) >= least:
            column.field = what
            seen = f"{len(known)}/{len(texts)}"
            column.reasons.append(GuessReason(PLACE_VALUES[what], seen))
            return
    column.field, column.reasons = "", []


def _is_place(what: PlaceColumn, text: str, cities: Mapping[str, str], *, is_headed: str) -> bool:
    """Return whether a value names a place; 1 is a quarter under a heading of quarters only."""
    if len(text) > LONGEST_PLACE:
        return False
    if what is PlaceColumn.CITY:
        return city_in_cell(text, cities) is not None
    if what is PlaceColumn.YEAR:
        return year_in_cell(text) is not None and period_in_cell(text).quarter is None
    return (period_in_cell(text) if is_headed else named_period(text)).quarter is not None


def _figure(column: GuessedColumn, text: str, cells: list, above: list[str], kind: str) -> None:
    """Propose unit, quarter, and what the amounts count from, where words say it."""
    if TABLES[kind].column(column.field).kind is CellKind.MONEY:
        own = [unit for unit in sorted(MONEY_UNITS, key=len, reverse=True) if f"({unit}" in text
               or text.endswith((f"/{unit}", f",{unit}"))]  # fmt: skip
        if own:
            column.unit = own[0]
            column.reasons.append(GuessReason("unit_heading", own[0]))
        elif len(above) == 1:
            column.unit = above[0]
            column.reasons.append(GuessReason("unit_above", above[0]))
    period = named_period(text)
    if period.quarter and not YEAR_WORDS.search(text):
        column.quarter = period.code or f"Q{period.quarter}"
        column.reasons.append(GuessReason("quarter", column.quarter))
    for holds, pattern in (
        (Holds.CUMULATIVE, CUMULATIVE_WORDS),
        (Holds.YEAR, YEAR_WORDS),
        (Holds.QUARTER, QUARTER_WORDS),
    ):
        if match := pattern.search(text):
            column.holds = holds
            column.reasons.append(GuessReason("holds", match[0]))
            return


def _prefer(columns: list[GuessedColumn]) -> None:
    """
    Leave one proposal for each field and quarter.

    The heading of the contract itself before a synonym, and 环保 before a wider word. Where two
    are as good, neither is proposed: a person knows which.
    """
    by_field: dict[tuple[str, str], list[GuessedColumn]] = {}
    for column in columns:
        if column.field:
            by_field.setdefault((column.field, column.quarter), []).append(column)
    for same in by_field.values():
        ranks = [_rank(column) for column in same]
        for column, rank in zip(same, ranks, strict=True):
            if rank < max(ranks) or ranks.count(rank) > 1:
                wider = column.field == "revenue" and rank < max(ranks)
                column.field = "total_revenue" if wider else ""
                column.reasons = column.reasons if wider else []
    totals = [column for column in columns if column.field == "total_revenue"]
    for quarter in {column.quarter for column in totals}:
        same = [column for column in totals if column.quarter == quarter]
        if len(same) > 1:
            for column in same:
                column.field, column.reasons = "", []


def _rank(column: GuessedColumn) -> int:
    """Return how well a column's heading fits its field."""
    exact = any(reason.why == "heading" for reason in column.reasons)
    return 2 * exact + ("环保" in column.heading)
