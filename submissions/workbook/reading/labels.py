"""
The labels above a table: 填报单位 (reporter), 报告期 (period), 计量单位 (unit), 本期无数据.

A label and its value may share a cell, several labels too, or the value stands to the right.
"""

import re
import unicodedata
from dataclasses import dataclass

from submissions.workbook.cells import Row, letters
from submissions.workbook.contents import Value
from submissions.workbook.layout import MONEY_UNITS
from submissions.workbook.limits import WRITTEN_CHARACTERS
from submissions.workbook.reading.values import (
    NOT_REPORTED,
    TWO_NUMBERS,
    CellError,
    plain_text,
    squeezed,
)

REPORTER = "reporter"
PERIOD = "period"
UNIT = "unit"
NIL = "nil"

LABELS = {
    "填报单位": REPORTER,
    "填报单位名称": REPORTER,
    "报送单位": REPORTER,
    "报告期": PERIOD,
    "报告期间": PERIOD,
    "计量单位": UNIT,
    "金额单位": UNIT,
    "单位": UNIT,
    "本期无数据": NIL,
}

# Longest first, and spaces allowed between the characters, as in 单 位：万元.
_NAMES = "|".join(r"\s*".join(name) for name in sorted(LABELS, key=len, reverse=True))
WITH_COLON = re.compile(rf"(?<![\u4e00-\u9fff])({_NAMES})\s*[:：]")

BRACKETS = re.compile(r"[()\[\]【】〔〕{}]|人民币(?=[)\]】〕}]|$)")
DASHES = re.compile("[-‐‑‒–—―−~～〜至到]+")
_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4}
_QUARTER = r"([1-4一二三四])"
QUARTER = re.compile(rf"([0-9]{{4}})年?[-/]?(?:Q([1-4])|第?{_QUARTER}季度?)").fullmatch
FIRST_QUARTERS = re.compile(r"([0-9]{4})年(?:前|[1一]-)([1-4一二三四])季度").fullmatch
MONTHS = re.compile(r"([0-9]{4})年0?1月?-(?:([0-9]{4})年)?([0-9]{1,2})月份?").fullmatch
YEAR = re.compile(r"([0-9]{4})年(上半年|全年|年度|度)?").fullmatch
FIRST_MONTHS = re.compile(r"([0-9]{4})年前([0-9]{1,2}|[三六九])个月").fullmatch
DOTTED_MONTHS = re.compile(r"([0-9]{4})[.年]0?1-(?:([0-9]{4})[.年])?0?([0-9]{1,2})").fullmatch
DAYS = re.compile(r"([0-9]{4})年0?1月0?1日-(?:([0-9]{4})年)?0?([0-9]{1,2})月(30|31)日").fullmatch
# That figures are cumulative from January says nothing new; single quarters (当季) do.
CUMULATIVE = re.compile(r"\(?(?:自?年初至今|自?年初|本年)?累计数?\)?$")
HAN_YEAR = re.compile("^([〇零一二三四五六七八九]{4})年")
HAN_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_HAN_MONTHS = {"三": "3", "六": "6", "九": "9"}


@dataclass(slots=True)
class Labels:
    """
    The labels above a table; None for those not found.

    If a label occurs twice with different values, the first counts and the other is in
    `contradictions`, with its cell.
    """

    reporter: Value | None = None
    period: Value | None = None
    unit: Value | None = None
    nil: Value | None = None
    contradictions: list[tuple[str, Value]] | None = None

    def take(self, name: str, value: Value) -> None:
        """Set a label; a second, different value becomes a contradiction."""
        before = getattr(self, name)
        if before is None:
            setattr(self, name, value)
        elif before.value != value.value:
            self.contradictions = [*(self.contradictions or []), (name, value)]


def period(text: str) -> str | None:
    """
    Return the quarter of a text, such as 2025Q3; None if it names none.

    2025年1—9月 is 2025Q3: all figures count from January. So a half year is the second
    quarter and a year the fourth. A range that starts or ends elsewhere is no quarter.
    """
    written = unicodedata.normalize("NFKC", text)
    if TWO_NUMBERS(written):
        return None
    plain = CUMULATIVE.sub("", DASHES.sub("-", squeezed(written)).upper())
    plain = HAN_YEAR.sub(lambda match: match[0].translate(HAN_DIGITS), _unbracketed(plain))
    if match := QUARTER(plain):
        year, digit, word = match.groups()
        return _quarter(year, digit or word)
    if match := FIRST_QUARTERS(plain):
        return _quarter(*match.groups())
    if match := MONTHS(plain) or DOTTED_MONTHS(plain):
        year, until_year, month = match.groups()
        return _quarter_to(year, month) if until_year in (None, year) else None
    if match := DAYS(plain):
        year, until_year, month, _day = match.groups()
        return _quarter_to(year, month) if until_year in (None, year) else None
    if match := FIRST_MONTHS(plain):
        year, month = match.groups()
        return _quarter_to(year, _HAN_MONTHS.get(month, month))
    if match := YEAR(plain):
        return _quarter(match[1], "2" if match[2] == "上半年" else "4")
    return None


def _unbracketed(text: str) -> str:
    """Return a text without one pair of brackets around all of it."""
    return text[1:-1] if text[:1] in "([【〔" and text[-1:] in ")]】〕" else text


def _quarter_to(year: str, month: str) -> str | None:
    """Return the quarter that ends with a month; None if none does."""
    return _quarter(year, str(int(month) // 3)) if int(month) in (3, 6, 9, 12) else None


def _quarter(year: str, digit: str) -> str | None:
    """Return 2025Q3 for "2025" and "3" or "三"; None for an impossible year."""
    if not 2000 <= int(year) <= 2100:
        return None
    return f"{year}Q{_DIGITS.get(digit, digit)}"


def money_unit(text: str) -> str | None:
    """
    Return the unit of money in a text such as 万元、户、人 or (人民币万元).

    None if there is none, or more than one.
    """
    plain = BRACKETS.sub("", squeezed(unicodedata.normalize("NFKC", text)))
    words = {word.removeprefix("人民币") for word in re.split("[、,;/和及]", plain)}
    units = {word for word in words if word in MONEY_UNITS}
    return units.pop() if len(units) == 1 else None


def labels(rows: list[Row]) -> Labels:
    """Return the labels in the rows above a table's headings."""
    found = Labels()
    for row in rows:
        wanted: str | None = None
        for column in sorted(row.cells):
            text = _text(*row.cells[column])
            cell = f"{letters(column)}{row.number}"
            named = _named(text)
            if not named and wanted and text:
                _keep(found, wanted, text, cell)
            if named or text:
                wanted = None
            for name, value in named:
                if value:
                    _keep(found, name, value, cell)
                else:
                    wanted = name
    return found


def names_sheet(text: str) -> bool:
    """Return whether a text says who reports, or for which period."""
    return any(name in (REPORTER, PERIOD) for name, _value in _named(text))


def _text(kind: str, text: str) -> str:
    """Return a cell as plain text; "" if it has none."""
    try:
        return plain_text(kind, text) or ""
    except CellError:
        return ""


def _named(text: str) -> list[tuple[str, str]]:
    """Return (label, text after it) for each label in a text."""
    if squeezed(text) in LABELS:
        return [(LABELS[squeezed(text)], "")]
    matches = list(WITH_COLON.finditer(text))
    ends = [match.start() for match in matches[1:]] + [len(text)] * bool(matches)
    return [
        (LABELS[squeezed(match[1])], text[match.end() : end].strip())
        for match, end in zip(matches, ends, strict=True)
    ]


def _keep(found: Labels, name: str, text: str, cell: str) -> None:
    """Set the value of a label. A unit other than of money is ignored."""
    meaning: str | None = text
    if name == PERIOD:
        meaning = period(text)
    elif name == UNIT:
        meaning = money_unit(text)
        if meaning is None:
            return
    elif name == NIL and squeezed(text) in NOT_REPORTED:
        # 本期无数据：无 is not a declaration.
        return
    found.take(name, Value(meaning, cell, text[:WRITTEN_CHARACTERS]))
