"""
Tells what a row below the headings is, by its shape: a line, a total, or nothing that counts.

A row with something like a code is a line, whatever else it says. Without one its figures and
texts decide: totals add lines up under any name, signatures and notes have no figures, and a row
of zeros or blanks is left over from copying.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum, auto

from submissions.workbook.cells import DATE, NUMBER, TEXT, Row
from submissions.workbook.layout import TableLayout
from submissions.workbook.reading.headings import fold, is_unit
from submissions.workbook.reading.values import NOT_REPORTED, CellError, number, squeezed

STEMS = set("甲乙丙丁戊己庚辛壬癸")

# What stands before a word of totals if it is of the whole table.
_WHOLE = "本页|本表|全市|全省|全区|本市|全部|企业|各企业|所有企业"
TOTAL = re.compile(
    f"(?P<whole>{_WHOLE})?(?P<sum>合计|总计|小计|共计|汇总|总和|累计)数?(?P<part>\\(.*\\))?(?::.*)?"
    "|(?P<which>其中)(?::.*)?"
).fullmatch
# 历下区小计, 国有企业合计, 市中区 汇总; and a name that is longer is a firm's.
PARTIAL = re.compile("[^:]{1,14}(?:合计|总计|小计|共计|汇总|总和|累计)数?:?").fullmatch
LONGEST_TOTAL = 20

# Words followed by a colon.
FOOTER = re.compile(
    "(?:单位负责人|统计负责人|分管负责人|负责人|填表人|填报人|制表人|审核人|复核人|联系人|联系电话|联系方式"
    "|报出日期|填报日期|填表日期|填报时间|报出时间|制表|填表|填报|审核|复核|校对|录入|经办人?|主管|电话|日期"
    "|签字|签名|签章|盖章|公章):"
)
NOTE = re.compile(r"(?:填表说明|填报说明|说明|附注|备注|注)[0-9一二三四五]?[:.、]")

# Called for every line, so the cheap test comes first: no punctuation, no footer.
PUNCTUATION = re.compile("[:：.．、]").search

# A short label with a colon, a date, the number of a section.
LABELLED = re.compile("[^:]{1,12}:").match
DAY = re.compile("(?:19|20)[0-9]{2}[年./-][0-9]{1,2}[月./-][0-9]{1,2}日?").fullmatch
SECTION = re.compile(
    r"(?:[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十0-9]+\)|第[一二三四五六七八九十]+部分)"
).match
FIRM = re.compile(
    "(?:公司|厂|集团|院|所|中心|站|社|企业|室|部|学校|大学|矿|店|场|处|局|协会|分行)(?:\\(.*\\))?$"
).search
PLACE = re.compile("(?:[区县市镇乡]|街道|开发区|高新区|片区)$").search
HAN = re.compile("[\u4e00-\u9fff]").search
ASCII_RUN = re.compile("[0-9A-Za-z]+")


class Shape(Enum):
    """
    What a row is.

    LINE       an enterprise, a park, a building block, a measure
    TOTAL      adds lines up
    UNCOUNTED  has figures under a name that is no enterprise, and no code
    NAMELESS   has figures and says nothing of whose they are
    ZEROS      nothing but zeros
    BLANK      nothing, or spaces and dashes
    NOTHING    a signature, a date or the heading of a section
    WORDS      a text that is none of these
    """

    LINE = auto()
    TOTAL = auto()
    UNCOUNTED = auto()
    NAMELESS = auto()
    ZEROS = auto()
    BLANK = auto()
    NOTHING = auto()
    WORDS = auto()


class RowShapes:
    """Tells the shapes of the rows of one sheet, of which the columns are known."""

    def __init__(self, layout: TableLayout, columns: Mapping[str, int]) -> None:
        """Take the layout, and field -> column index."""
        self.of_firms = layout.kind == "enterprises"
        self.adds_up = layout.kind in WITH_TOTALS
        self.code = columns.get("credit_code", 0)
        self.key = columns.get("name" if self.of_firms else layout.key, 0)
        self.remark = columns.get("remark", 0)
        self.known = set(columns.values())
        self.figures = {columns[c.field] for c in layout.figures if c.field in columns}

    def has_plain_code(self, row: Row) -> bool:
        """Return whether a row has a code as it should be written, so that it is a line."""
        kind, text = row.cells.get(self.code, NO_CELL)
        return len(text) == 18 and kind == TEXT and text.isascii() and text.isalnum()

    def shape(self, row: Row) -> Shape:
        """Return what a row is that has a cell in a known column."""
        cells = row.cells
        if self.of_firms and self.code in cells and looks_like_code(*cells[self.code]):
            return Shape.LINE
        texts = {
            column: words
            for column, (kind, text) in cells.items()
            if kind == TEXT and squeezed(text) not in NOT_REPORTED and (words := fold(text))
        }
        figures = [figure for at in self.figures if (figure := amount(*cells.get(at, NO_CELL)))]
        others = [kind for at, (kind, _) in cells.items() if at in self.known and kind != TEXT]
        if not texts and not others:
            return Shape.BLANK
        if self.adds_up and (total := total_label(row, self.code)):
            return Shape.UNCOUNTED if total[0] == OF_WHICH and any(figures) else Shape.TOTAL
        if not any(figures) and self._is_zero(row, texts):
            return Shape.ZEROS
        if is_footer(row) or is_note(row):
            return Shape.NOTHING
        if not self.of_firms:
            return Shape.LINE
        return self._without_code(row, texts, figures)

    def _is_zero(self, row: Row, texts: dict[int, str]) -> bool:
        """Return whether every cell in a known column is zero; zero as a code or name too."""
        cells = [cell for at, cell in row.cells.items() if at in self.known]
        words = [text for at, text in texts.items() if at in self.known]
        if any(amount(TEXT, text) != 0 for text in words):
            return False
        zeros = [amount(*cell) for cell in cells if cell[0] != TEXT]
        return all(zero == 0 for zero in zeros) and bool(zeros or words)

    def _without_code(self, row: Row, texts: dict[int, str], figures: list[Decimal]) -> Shape:
        """Return what a row of 企业明细 is that has nothing like a code."""
        name, in_code = texts.get(self.key, ""), texts.get(self.code, "")
        if not name and row.cells.get(self.key, NO_CELL)[0] not in (TEXT, DATE, ""):
            # A picture, a number or a damaged cell in place of the name.
            return Shape.LINE
        labels = [text for at, text in texts.items() if at != self.remark]
        if any(figures):
            if name and not PLACE(name) and not SECTION(name):
                return Shape.LINE
            labels = [text for text in labels if amount(TEXT, text) is None]
            return Shape.UNCOUNTED if labels else Shape.NAMELESS
        is_section = SECTION(name) and not name.endswith("公司")
        if name and not is_section and (FIRM(name) or (in_code and not LABELLED(in_code))):
            return Shape.LINE
        words = list(texts.values())
        if words and all(LABELLED(text) or DAY(text) or SECTION(text) for text in words):
            return Shape.NOTHING
        return Shape.WORDS


# Tables whose rows may be added up in the sheet itself.
WITH_TOTALS = {"enterprises", "parks"}

OF_WHICH = "其中"
PART = "小计"
NO_CELL = ("", "")

# A text with fewer is no code.
FEWEST_DIGITS = 4


def looks_like_code(kind: str, text: str) -> bool:
    """Return whether a cell in the column of codes may be a code, right or wrong."""
    if kind == DATE:
        return False
    if kind == NUMBER:
        return len(text) > 5
    if kind != TEXT:
        return True
    plain = squeezed(text)
    letters = "".join(ASCII_RUN.findall(plain))
    if DAY(plain) or sum(sign.isdigit() for sign in letters) < FEWEST_DIGITS:
        return False
    return len(letters) >= (15 if HAN(text) else 6)


def amount(kind: str, text: str) -> Decimal | None:
    """
    Return the number in a cell; None for a blank one, a date or words.

    A formula without a result, an error and the like count as a number other than zero.
    """
    if kind == DATE or not text or text in NOT_REPORTED:
        return None
    if kind not in (NUMBER, TEXT):
        return Decimal(1)
    try:
        return number(kind, text)
    except CellError:
        return None if kind == TEXT else Decimal(1)


def first_text(row: Row) -> str:
    """Return the folded text of the row's first text cell if it may be a footer, else ""."""
    for kind, text in row.cells.values():
        if kind == TEXT:
            return fold(text) if PUNCTUATION(text) else ""
    return ""


def total_label(row: Row, code_column: int | None) -> tuple[str, int] | None:
    """
    Return the word of a row of totals, such as 合计, 小计 or 其中, and its column.

    None for other rows. 小计 stands for every total of a part of the table, such as 历下区合计. A
    row with anything else in its code column is an enterprise, whatever its name.
    """
    for column, (kind, text) in row.cells.items():
        if kind != TEXT or len(text) > LONGEST_TOTAL + 40:
            continue
        words = fold(text)
        match = TOTAL(words)
        if match or (len(words) <= LONGEST_TOTAL and PARTIAL(words) and not FIRM(words)):
            code = row.cells.get(code_column, ("", ""))[1]
            if code_column != column and squeezed(code) not in NOT_REPORTED:
                return None
            if match is None or (match["part"] and not is_unit(match["part"])):
                return PART, column
            return match["sum"] or match["which"], column
    return None


def is_stem_row(row: Row) -> bool:
    """Return whether this is the row 甲 乙 丙 1 2 3 beneath the headings."""
    texts = [fold(text) for _, text in row.cells.values()]
    return texts[0] in STEMS and all(
        text in STEMS or text.strip("()-—").isdecimal() or not text.strip("-—") for text in texts
    )


def is_number_row(row: Row) -> bool:
    """Return whether this is the row 1 2 3 … beneath the headings."""
    texts = [fold(text).strip("()") for kind, text in row.cells.values() if kind in (TEXT, NUMBER)]
    count = len(row.cells)
    return count > 2 and texts == [str(number) for number in range(1, count + 1)]


def is_unit_row(row: Row) -> bool:
    """Return whether this is a row of units beneath the headings: 万元 万元 … 人."""
    texts = [fold(text) for kind, text in row.cells.values() if kind == TEXT]
    units = [text for text in texts if is_unit(text)]
    return (
        bool(units)
        and len(texts) == len(row.cells)
        and all(is_unit(text) or text in NOT_REPORTED or text in UNIT_STEMS for text in texts)
    )


# What may stand in a row of units over columns without one.
UNIT_STEMS = {"单位", "计量单位", "文本", "文字", "日期", "代码", "名称", ""}


def is_footer(row: Row) -> bool:
    """Return whether the row is a footer: 单位负责人：… 填表人：…"""
    return bool(FOOTER.match(first_text(row)))


def is_note(row: Row) -> bool:
    """Return whether the row is a remark on the table: 说明：… 注：…"""
    return bool(NOTE.match(first_text(row))) and all(k == TEXT for k, _ in row.cells.values())
