"""Recognises rows that are not lines: totals, the 甲乙丙 row, column numbers, footers."""

import re

from submissions.workbook.cells import NUMBER, TEXT, Row
from submissions.workbook.reading.headings import fold
from submissions.workbook.reading.values import NOT_REPORTED, squeezed

STEMS = set("甲乙丙丁戊己庚辛壬癸")
TOTAL = re.compile(
    "(?:本页|本表|全市|全省|全区|本市)?(合计|总计|小计)(?::.*)?|(其中)(?::.*)?"
).fullmatch

# Words followed by a colon.
FOOTER = re.compile(
    "(?:单位负责人|统计负责人|分管负责人|负责人|填表人|填报人|制表人|审核人|复核人|联系人|联系电话|联系方式"
    "|报出日期|填报日期|填表日期|填报时间|报出时间):"
)
NOTE = re.compile(r"(?:填表说明|填报说明|说明|附注|备注|注)[0-9一二三四五]?[:.、]")


# Called for every line, so the cheap test comes first: no punctuation, no footer.
PUNCTUATION = re.compile("[:：.．、]").search


def first_text(row: Row) -> str:
    """Return the folded text of the row's first text cell if it may be a footer, else ""."""
    for kind, text in row.cells.values():
        if kind == TEXT:
            return fold(text) if PUNCTUATION(text) else ""
    return ""


def total_label(row: Row, code_column: int | None) -> str | None:
    """
    Return 合计, 总计, 小计 or 其中 for a row of totals; None for other rows.

    A row with anything else in its code column is an enterprise, whatever its name.
    """
    for column, (kind, text) in row.cells.items():
        if kind != TEXT or not ("计" in text or "其" in text):
            continue
        if match := TOTAL(fold(text)):
            code = row.cells.get(code_column, ("", ""))[1]
            if code_column != column and squeezed(code) not in NOT_REPORTED:
                return None
            return match[1] or match[2]
        if column == code_column or len(text) > 20:
            return None
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


def is_footer(row: Row) -> bool:
    """Return whether the row is a footer: 单位负责人：… 填表人：…"""
    return bool(FOOTER.match(first_text(row)))


def is_note(row: Row) -> bool:
    """Return whether the row is a remark on the table: 说明：… 注：…"""
    return bool(NOTE.match(first_text(row))) and all(k == TEXT for k, _ in row.cells.values())
