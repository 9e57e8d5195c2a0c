"""
Finds the heading row of a table by column names, in any order, on one row or two.

Headings are compared after NFKC and without spaces and required marks (*). What stands in brackets
or in an upper heading line belongs to the heading, unless it is the unit, the period or says
nothing new (必填, 累计, 主要指标): 研发经费（占营业收入比重） is not 研发经费.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from submissions.workbook.cells import TEXT, Row
from submissions.workbook.layout import (
    MONEY_UNITS,
    CellKind,
    LayoutColumn,
    TableLayout,
    ignored_headings,
)
from submissions.workbook.limits import HEADER_WITHIN_ROWS
from submissions.workbook.reading.labels import names_sheet, period
from submissions.workbook.reading.values import squeezed

# Fewer known headings than this are a coincidence.
FEWEST = 2

# Words above a column that say of which other time or kind it is; a title is longer.
OTHER_TIME = re.compile(
    "上年|去年|前年|同期|上期|上季|增长|增速|增减|占|季度|当季|单季|当月|预计|计划|目标|预测"
    "|(?:19|20)[0-9]{2}年"
)
LONGEST_COVER = 14

# A number, or a code.
FIGURE = re.compile(r"[+-]?[0-9０-９][0-9０-９,.，．]*|[0-9A-Za-z]{8,}").fullmatch

HAN = re.compile("[\u4e00-\u9fff]").search

# Numbering columns, which are ignored.
HARMLESS = {"序号", "编号", "行号", "行次"}

BRACKETS = re.compile(r"[(\[【〔{]([^()\[\]【】〔〕{}]*)[)\]】〕}]")
TRAILING_UNIT = re.compile(f"^(.+)[/,]({'|'.join(MONEY_UNITS)})$").match
UNIT_LABEL = re.compile("^(?:计量|金额)?单位:?")

# What is counted: firms, people; and the same with a power of ten, which no column is in.
COUNT_UNITS = {"家", "户", "个", "人", "名", "家次", "人次", "户(家)", "家(户)"}
OTHER_COUNT = re.compile("[十百千万亿]+(?:人|家|户|个|名)|%|‰|百分比|百分点").fullmatch
# 美元, 万美元, 港币: money in a unit that is not accepted.
OTHER_MONEY = re.compile("元|币|镑|[$€£]|USD").search

# Words in brackets, or above a heading, that leave its meaning as it is.
# No word is made of two others, so that there is one way only to match.
SAYS_NOTHING_NEW = re.compile(
    "(?:必填项?|必报|选填|可选|可不填|非必填|如有|全称|累计数?|自?年初|至今|至报告期末?|本年|本期"
    "|期末数?|季末数?|时点数|报告期末?|本报告期|合计数?|金额|数额|数值|实际数?|[0-9]+位|不含空格"
    "|企业|单位|基本|情况|信息|主要|经济|经营|财务|统计|指标|数据|环保|业务|产业|生态|项目|名称"
    "|概况|生产|效益|人员|科技|创新|研发|投入|产出|规模|填报|内容|其中|序号|及|和|与"
    "|[一二三四五六七八九十、.:;,])*"
).fullmatch
LONGEST_NEUTRAL = 40
# Words that make another text of a text, which any other bracket does not.
OTHER_TEXT = re.compile("原|曾用|旧|上年|去年|上级|母公司|集团|简称|英文")
TEXT_KINDS = {CellKind.TEXT, CellKind.CODE}


@dataclass(frozen=True, slots=True)
class Heading:
    """
    A heading, taken apart.

    words    its text, with brackets that change its meaning
    bare     its text without any brackets
    unit     the unit of money: "" without one, None for an unknown one, or for several
    counted  the unit of a count, "" without one
    period   the quarter it names, such as 2024Q3; "" without one
    """

    words: str
    unit: str | None = ""
    counted: str = ""
    period: str = ""
    bare: str = ""

    @property
    def is_neutral(self) -> bool:
        """Return whether, above another heading, it leaves that one's meaning as it is."""
        return says_nothing_new(self.words)


@dataclass(slots=True)
class Header:
    """
    The headings of a table.

    rows       their row numbers: one or two
    columns    field name -> column index
    units      field name -> unit in the heading; "" if none, None if it is not understood
    unfit      field name of a count -> a unit that does not fit it
    periods    field name -> (the quarter its heading names, the heading as written)
    twice      (heading, column index of the first, of the second)
    unknown    (heading as written, column index)
    changed    how many headings of the table have another meaning here, and are not among them
    texts      the folded texts of each heading row, to recognise them on the next page
    width      the number of fields of the last heading row of a csv; None for a spreadsheet
    """

    rows: list[int]
    columns: dict[str, int] = field(default_factory=dict)
    units: dict[str, str | None] = field(default_factory=dict)
    unfit: dict[str, str] = field(default_factory=dict)
    periods: dict[str, tuple[str, str]] = field(default_factory=dict)
    twice: list[tuple[str, int, int]] = field(default_factory=list)
    unknown: list[tuple[str, int]] = field(default_factory=list)
    changed: int = 0
    texts: list[dict[int, str]] = field(default_factory=list)
    width: int | None = None

    @property
    def recognised(self) -> int:
        """Return how many headings are those of the table, whatever else they say."""
        return len(self.columns) + self.changed

    def repeats(self, row: Row) -> bool:
        """Return whether a row is one of the heading rows again, as on a second page."""
        first = next(iter(row.cells))
        if not any(first in texts for texts in self.texts):
            return False
        first_text = fold(row.cells[first][1])
        if not any(texts.get(first) == first_text for texts in self.texts):
            return False
        return {column: fold(text) for column, (_, text) in row.cells.items()} in self.texts


def fold(text: str) -> str:
    """Return a text as headings and sheet names are compared: NFKC, without spaces."""
    return squeezed(unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=4096)
def heading(text: str) -> Heading:
    """Return a heading taken apart."""
    folded = fold(text).strip("*:")
    bare = BRACKETS.sub("", folded).strip("*:")
    inside = [part for found in BRACKETS.findall(folded) for part in re.split("[、,;]", found)]
    if match := TRAILING_UNIT(bare):
        bare, last = match.groups()
        inside.append(last)
    if is_unit(bare):
        # A line of units above or beneath the headings.
        inside.append(bare)
        bare = ""
    money: set[str | None] = set()
    counted = named = ""
    kept = []
    for part in inside:
        unit = UNIT_LABEL.sub("", part).removeprefix("人民币")
        if unit in MONEY_UNITS:
            money.add(unit)
        elif unit in COUNT_UNITS or OTHER_COUNT(unit):
            counted = unit
        elif quarter := period(part):
            named = quarter
        elif OTHER_MONEY(part):
            money.add(None)
        elif not says_nothing_new(part):
            kept.append(part)
    if quarter := period(bare):
        bare, named = "", quarter
    words = bare + (f"({'、'.join(kept)})" if kept else "")
    return Heading(words, money.pop() if len(money) == 1 else None if money else "", counted,
                   named, bare)  # fmt: skip


def says_nothing_new(text: str) -> bool:
    """Return whether a text, in brackets or above a heading, leaves its meaning as it is."""
    return len(text) <= LONGEST_NEUTRAL and bool(SAYS_NOTHING_NEW(text))


def is_unit(text: str) -> bool:
    """Return whether a folded text is nothing but a unit, of money or of a count."""
    word = UNIT_LABEL.sub("", text.strip("()[]【】")).removeprefix("人民币")
    return word in MONEY_UNITS or word in COUNT_UNITS or bool(OTHER_COUNT(word))


def find_header(rows: list[Row], layout: TableLayout) -> Header | None:
    """
    Return the header among the first rows of a sheet; None if there is none.

    The row, or the two rows one below the other, with the most headings of the table, also those
    with another meaning; of equals the single row, unless the other one has words of its own for
    the figures; then the upper one.
    """
    rows = [row for row in rows if row.number <= HEADER_WITHIN_ROWS]
    candidates = [[row] for row in rows]
    candidates += [
        [a, b]
        for a, b in zip(rows, rows[1:], strict=False)
        if b.number == a.number + 1 and _may_be_headings(b)
    ]
    best: Header | None = None
    for candidate in candidates:
        header = _match(candidate, layout)
        if len(header.columns) < FEWEST:
            continue
        if (
            best is None
            or header.recognised > best.recognised
            or _is_fuller(header, best, candidate, layout)
        ):
            best = header
    return best


def _may_be_headings(row: Row) -> bool:
    """Return whether a row may be the second line of headings: it has neither figures nor codes."""
    return not any(FIGURE(squeezed(text)) for _kind, text in row.cells.values())


def _is_fuller(header: Header, best: Header, rows: list[Row], layout: TableLayout) -> bool:
    """Return whether of two equal headers the one of two lines says more than that of one."""
    if header.recognised != best.recognised:
        return False
    if best.rows == header.rows[:1]:
        return _continues(best, rows[-1], layout)
    return best.rows == header.rows[1:] and _covers(best, rows[0], layout)


def _covers(header: Header, row: Row, layout: TableLayout) -> bool:
    """Return whether a row above says of which other time or kind the figures beneath it are."""
    figures = {header.columns.get(column.field) for column in layout.figures}
    texts = [fold(text) for at, (kind, text) in row.cells.items() if at in figures and kind == TEXT]
    return any(
        len(text) <= LONGEST_COVER and ":" not in text and OTHER_TIME.search(text) for text in texts
    )


def _continues(header: Header, row: Row, layout: TableLayout) -> bool:
    """Return whether a row has only words, and only beneath figures: a second line of headings."""
    figures = {header.columns.get(column.field) for column in layout.figures}
    texts = [fold(text) for kind, text in row.cells.values() if kind == TEXT]
    return (
        figures.issuperset(row.cells)
        and len(texts) == len(row.cells)
        and all(HAN(text) for text in texts)
        and not all(is_unit(text) for text in texts)
    )


def _match(rows: list[Row], layout: TableLayout) -> Header:
    """Return the header that one row, or two, would make."""
    known = {fold(column.heading): column for column in layout.columns}
    passed_over = HARMLESS | {fold(words) for words in ignored_headings(layout)}
    header = Header([row.number for row in rows], width=rows[-1].width)
    header.texts = [{column: fold(text) for column, (_, text) in row.cells.items()} for row in rows]
    for index, parent, own, child in _stacked(rows):
        words = (parent or "") + (child or "") if own or child else ""
        column, found = _known(known, parent, own, child)
        if column is None:
            if words and heading(words).bare not in passed_over:
                header.unknown.append((words, index))
            header.changed += any(heading(text or "").bare in known for text in (parent, child))
        elif column.field in header.columns:
            header.twice.append((column.heading, header.columns[column.field], index))
        else:
            _take(header, column, index, found, words)
    return header


def _take(header: Header, column: LayoutColumn, index: int, found: Heading, words: str) -> None:
    """Note a column of the table with its unit and its period."""
    header.columns[column.field] = index
    if found.period and column.is_figure:
        header.periods[column.field] = (found.period, words)
    if column.kind is CellKind.MONEY:
        # 研发经费（人） is in no unit of money.
        unit = None if found.unit == "" and found.counted else found.unit
        header.units[column.field] = unit
    elif column.kind is CellKind.COUNT:
        if found.counted and found.counted not in COUNT_UNITS:
            header.unfit[column.field] = found.counted
        elif found.unit != "" and not found.counted:
            header.unfit[column.field] = found.unit or words


def _stacked(rows: list[Row]) -> list[tuple[int, str | None, bool, str | None]]:
    """
    Return column index, upper text, whether it stands in this very column, lower text.

    An upper text extends to the right over blanks that have a text beneath: merged headings look
    like that cell by cell, and the merged ranges come after all rows of a part.
    """
    upper = rows[0].cells
    lower = rows[1].cells if len(rows) > 1 else {}
    stacked = []
    parent: str | None = None
    parent_at = 0
    for index in sorted({*upper, *lower}):
        own = index in upper
        if own:
            kind, text = upper[index]
            # A label of the sheet is above nothing but its own value.
            parent = text if kind == TEXT and not names_sheet(text) else None
        elif index != parent_at + 1:
            parent = None
        parent_at = index
        child = lower.get(index)
        stacked.append((index, parent, own, child[1] if child and child[0] == TEXT else None))
    return stacked


def _known(
    known: dict[str, LayoutColumn], parent: str | None, own: bool, child: str | None
) -> tuple[LayoutColumn | None, Heading]:
    """Return the column that stacked headings name, and what they say of it; None if none."""
    above = heading(parent) if parent else Heading("")
    below = heading(child) if child else Heading("")
    if column := _column(known, above.words + below.words, above.bare + below.bare):
        return column, _joined(above, below, column)
    column = _column(known, below.words, below.bare)
    if column and (above.is_neutral or _is_text(column, above.bare)):
        return column, _joined(above, below, column)
    column = _column(known, above.words, above.bare) if own else None
    if column and (below.is_neutral or _is_text(column, below.bare)):
        return column, _joined(above, below, column)
    return None, below


def _column(known: dict[str, LayoutColumn], words: str, bare: str) -> LayoutColumn | None:
    """Return the column of a heading; brackets leave the meaning of a text as it is."""
    if column := known.get(words):
        return column
    column = known.get(bare)
    return column if column and _is_text(column, words.removeprefix(bare)) else None


def _is_text(column: LayoutColumn, said: str) -> bool:
    """Return whether a column holds texts, and what else its heading says makes them no others."""
    return column.kind in TEXT_KINDS and not OTHER_TEXT.search(said)


def _joined(above: Heading, below: Heading, column: LayoutColumn) -> Heading:
    """Return what two stacked headings say of a column, the lower one first."""
    unit, counted = below.unit, below.counted
    if unit == "" and not counted:
        unit, counted = above.unit, above.counted
        if column.kind is CellKind.MONEY and unit != "":
            counted = ""
        if column.kind is CellKind.COUNT and below.words and counted not in COUNT_UNITS:
            # A unit over a group of columns is that of its amounts.
            unit = ""
    return Heading(below.words, unit, counted, below.period or above.period, below.bare)
