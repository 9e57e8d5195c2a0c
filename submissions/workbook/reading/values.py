"""
The value of one cell. One parser for each kind of column; nothing is guessed.

Each takes a cell's kind and text, returns the value, or None for "not reported", and raises
CellError with the code of the fault. Arithmetic is in Decimal; floats are never used as amounts.
"""

import calendar
import re
import unicodedata
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from foundation.yuan import CENT
from submissions.workbook import cells, limits

# Amounts are stored with 18 digits before the point, counts as a database integer.
LARGEST_AMOUNT = Decimal("1e18")
LARGEST_COUNT = 2_147_483_647

# Ways to write "not reported". Never 0.
NOT_REPORTED = {
    *("", "-", "--", "---", "–", "——", "—", "―", "－", "−", "/", "／", "\\", "…", "……", "无"),
}

# Only these are translated: Decimal itself would accept Arabic and other digits too.
FULL_WIDTH = str.maketrans("０１２３４５６７８９，．－＋", "0123456789,.-+")
# Thousands may be separated by commas or by single blanks; any other blank within a number may
# stand between two numbers.
NUMBER = re.compile(
    r"[+-]? ?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
    r"|[+-]? ?\.[0-9]+"
).fullmatch
# Blanks that separate thousands: space, no-break, narrow, thin, figure and ideographic space.
BLANKS = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009\u2007\u3000", " "))
TWO_NUMBERS = re.compile(r"[0-9]\s+[0-9]").search
# A mark by which a text was kept from becoming a number: '9137…
TEXT_MARKS = "'‘’`\""

# A number as a program stores it, and the names of those that are none.
STORED_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?").fullmatch
NOT_FINITE = {"nan", "inf", "infinity", "-inf", "-infinity", "+inf", "+infinity", "-nan"}

# A code that a spreadsheet took for a number: 9.137E+17, or 913701000000000000.0
CODE_AS_NUMBER = re.compile(
    r"[0-9]+(?:\.[0-9]*)?[Ee]\+[0-9]+|[0-9]+\.[0-9]*(?:[Ee][0-9]+)?"
).fullmatch

# Zero-width and directional marks, byte order marks, soft hyphens.
INVISIBLE = dict.fromkeys(
    [
        0x00AD,
        0x061C,
        0x180E,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        0xFEFF,
    ]
)
HYPHENS = dict.fromkeys(map(ord, "-‐‑‒–—―−－_"))
# What is said to be seen where a cell holds a picture.
PICTURE_SEEN = "图片"
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]+")

DAY = re.compile(
    r"([0-9]{4})(?:-([0-9]{1,2})-|\.([0-9]{1,2})\.|/([0-9]{1,2})/|年([0-9]{1,2})月)([0-9]{1,2})(日?)"
).fullmatch
MONTH = re.compile(r"([0-9]{4})(?:年([0-9]{1,2})月底?|-([0-9]{1,2})|/([0-9]{1,2}))").fullmatch
ISO_TIME = re.compile(r"(?:T| )[0-9:.]+Z?$")
YEARS = range(2000, 2101)


class CellError(Exception):
    """
    The cell cannot be read; `code` is the code of the fault.

    seen  what the user sees in the cell, where its text says something else; else ""
    """

    def __init__(self, code: str, seen: str = "") -> None:
        """Take the code of the catalogue, and what is seen."""
        super().__init__(code)
        self.code = code
        self.seen = seen


def refuse_unusable(kind: str, text: str = "") -> None:
    """Raise CellError for TRUE, #N/A, a picture, a damaged cell or a formula without a result."""
    if kind == cells.FORMULA:
        raise CellError("E144")
    if kind == cells.ERROR:
        raise CellError("E145")
    if kind == cells.BOOL:
        raise CellError("E149", "FALSE" if text.strip() in ("0", "false") else "TRUE")
    if kind == cells.PICTURE:
        raise CellError("E149", PICTURE_SEEN)
    if kind == cells.DAMAGED:
        raise CellError("E220")


def squeezed(text: str) -> str:
    """Return a text without spaces, invisible ones included."""
    return "".join(text.translate(INVISIBLE).split())


def number(kind: str, text: str, *, date1904: bool = False) -> Decimal | None:
    """Return a number as written, without a unit; None if not reported."""
    if kind == cells.NUMBER:
        return stored_number(text)
    if kind == cells.TEXT:
        if squeezed(text) in NOT_REPORTED:
            return None
        plain = text.translate(INVISIBLE).strip().translate(FULL_WIDTH).translate(BLANKS)
        if NUMBER(plain):
            return Decimal(plain.replace(",", "").replace(" ", ""))
        raise CellError("E147" if plain.lower() in NOT_FINITE else "E146")
    refuse_unusable(kind, text)
    raise CellError("E149", date_seen(text, date1904=date1904))


def date_seen(text: str, *, date1904: bool) -> str:
    """Return a date as it is seen, such as 2025-12-31; the stored text if it is none."""
    try:
        return day(cells.DATE, text, date1904=date1904).isoformat()
    except CellError:
        return text


def stored_number(text: str) -> Decimal:
    """
    Return the number that a spreadsheet stored, rounded to the 15 digits it showed.

    940.99999999999989 was typed as 941, and -0 as 0.
    """
    if not STORED_NUMBER(text):
        raise CellError("E147" if text.strip().lower() in NOT_FINITE else "E146")
    if len(text) > 15 or "e" in text or "E" in text:
        text = format(float(text), ".15g")
        if text in NOT_FINITE:
            raise CellError("E147")
    return Decimal(text) + 0  # + 0 makes -0 zero


def money(
    kind: str, text: str, factor: int, *, date1904: bool = False
) -> tuple[Decimal | None, bool]:
    """
    Return an amount in yuan with two places, and whether it had to be rounded.

    `factor` is the unit in yuan. The amount is None if not reported.
    """
    written = number(kind, text, date1904=date1904)
    if written is None:
        return None, False
    exact = written * factor
    if abs(exact) >= LARGEST_AMOUNT:
        raise CellError("E147")
    yuan = exact.quantize(CENT, ROUND_HALF_UP) + 0  # + 0 makes -0.00 zero
    return yuan, yuan != exact


def count(kind: str, text: str, *, date1904: bool = False) -> Decimal | None:
    """Return a whole number; None if not reported."""
    written = number(kind, text, date1904=date1904)
    if written is None:
        return None
    if abs(written) > LARGEST_COUNT:
        raise CellError("E147")
    if written != written.to_integral_value():
        raise CellError("E198")
    return written.quantize(Decimal("1")) + 0


def credit_code(kind: str, text: str) -> str | None:
    """
    Return a unified social credit code in its plain form; None if not reported.

    Rules check whether it is a valid code. One stored as a number has lost its last digits and
    is refused.
    """
    if kind in (cells.NUMBER, cells.DATE):
        raise CellError("E141")
    refuse_unusable(kind, text)
    plain = squeezed(unicodedata.normalize("NFKC", text)).strip(TEXT_MARKS)
    if plain in NOT_REPORTED:
        return None
    if CODE_AS_NUMBER(plain):
        raise CellError("E141")
    return plain.translate(HYPHENS).upper()


def plain_text(kind: str, text: str, *, date1904: bool = False) -> str | None:
    """
    Return a text without surrounding spaces and invisible characters.

    None if it is blank or only says that there is nothing, such as 无. A date is returned as
    2025-06-30.
    """
    if kind == cells.TEXT:
        if not text.isascii():
            text = text.translate(INVISIBLE)
        text = CONTROL.sub(" ", text).strip()
        if len(text) > limits.CELL_CHARACTERS:
            raise CellError("E120")
        return None if text in NOT_REPORTED else text
    refuse_unusable(kind, text)
    if kind == cells.DATE:
        return day(kind, text, date1904=date1904).isoformat()
    return format(stored_number(text), "f")


def day(kind: str, text: str, *, date1904: bool = False) -> date | None:
    """Return a date, for a month its last day; None if not reported."""
    refuse_unusable(kind, text)
    if kind == cells.NUMBER:
        raise CellError("E148")
    if kind == cells.DATE:
        if "-" in text.lstrip("-"):
            return _day_written(ISO_TIME.sub("", text.strip()))
        return _day_of_serial(text, date1904=date1904)
    plain = unicodedata.normalize("NFKC", ISO_TIME.sub("", text.strip()))
    if TWO_NUMBERS(plain):
        raise CellError("E148")
    bare = squeezed(plain)
    return None if bare in NOT_REPORTED else _day_written(bare)


def _day_of_serial(text: str, *, date1904: bool) -> date:
    """Return the date of a serial number; in the 1900 system, 1900 has a 29 February."""
    days = int(stored_number(text))
    if not 0 <= days < 200_000:
        raise CellError("E148")
    if date1904:
        first = date(1904, 1, 1)
    else:
        first = date(1899, 12, 30) if days > 59 else date(1899, 12, 31)
    return _sensible(first + timedelta(days))


def _day_written(text: str) -> date:
    """Return the date of a text in one of the unambiguous forms."""
    if match := DAY(text):
        year, *months, of_month, sign = match.groups()
        month = next(filter(None, months))
        if bool(sign) != ("年" in text) and sign:
            raise CellError("E148")
        try:
            return _sensible(date(int(year), int(month), int(of_month)))
        except ValueError as impossible:
            raise CellError("E148") from impossible
    if match := MONTH(text):
        year, *months = match.groups()
        month = int(next(filter(None, months)))
        if 1 <= month <= 12 and int(year) in YEARS:
            return date(int(year), month, calendar.monthrange(int(year), month)[1])
    raise CellError("E148")


def _sensible(found: date) -> date:
    """Return the date if its year is plausible; raise CellError otherwise."""
    if found.year not in YEARS:
        raise CellError("E148")
    return found
