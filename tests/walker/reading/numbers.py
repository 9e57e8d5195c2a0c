"""Numbers and dates in running text, each with its unit, in both languages."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from tests.walker.values import KIND_OF_UNIT

# One character for one, so that places in the text stay the same.
PLAIN = str.maketrans("０１２３４５６７８９．％＋－，\u00a0\u3000", "0123456789.%+-,  ")
MONTHS = [calendar.month_name[n] for n in range(1, 13)]
_MONTH = "|".join(MONTHS)
_QUARTERS = {name: n for n, name in enumerate("一二三四", start=1)}
_UNIT = "|".join(
    re.escape(unit) + (r"\b" if unit[0].isascii() and unit != "%" else "")
    for unit in sorted(KIND_OF_UNIT, key=len, reverse=True)
)
# A digit within a code (2025Q3, W159, A5, a credit code, a hash) is no number.
NUMBER = re.compile(
    r"(?<![A-Za-z0-9_.#])(?<![A-Za-z0-9]-)(?P<sign>[+\-−])?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?P<places>\.\d+)?(?![A-Za-z_]|\d|-[A-Za-z0-9])"
    rf"(?:[ ]?(?P<unit>{_UNIT}))?|"
    rf"(?<![A-Za-z0-9_.])(?P<mib>\d+(?:\.\d+)?)(?P<mib_unit>MiB|GiB|KiB)"
)
RANGE = re.compile(r"\s*(?:—|–|～|~|至| to | and )\s*\Z")
# Each way in which a date, a quarter or a span of months is written.
DATES = [
    (re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?"), "ymd"),
    (re.compile(r"(?<!\d)(\d{4})年(\d{1,2})月(\d{1,2})日"), "ymd"),
    (re.compile(rf"(?<!\d)(\d{{1,2}}) ({_MONTH}) (\d{{4}})"), "dmy"),
    (re.compile(r"(?<!\d)(\d{4})年第?([一二三四])季度"), "yq"),
    (re.compile(r"(?<!\d)()Q([1-4]) (\d{4})"), "qy"),
    (re.compile(r"(?<![\dA-Za-z])(\d{4})Q([1-4])(?![\dA-Za-z])"), "yq"),
    (re.compile(r"(?<!\d)(\d{4})年1[—–-](3|6|9|12)月"), "months"),
    (re.compile(rf"January[–—-]({_MONTH}) (\d{{4}})"), "january"),
    (re.compile(rf"(?<![\w])()({_MONTH}) (\d{{4}})"), "my"),
    (re.compile(r"(?<!\d)(\d{4})年(\d{1,2})月"), "ym"),
    (re.compile(r"(?<!\d)(\d{4})年(?:末|底|度)?"), "y"),
    (re.compile(r"\b(?:19|20)(\d\d)\b(?![.,%]?\d|[ ]?%)"), "bare"),
]
ANY_DIGIT = re.compile(r"\d")
CLOCK = re.compile(r"(?<![\d:])\d{1,2}:\d\d(?::\d\d)?(?![\d:])")


@dataclass(frozen=True)
class Found:
    """A number or a date in a text, from one place to another; a date has no number."""

    start: int
    end: int
    number: Decimal | None
    unit: str = ""
    date: str = ""


def date_of(match: re.Match, form: str) -> str:
    """Return a date that was found as ISO writes it; months from January as 2025-01/2025-09."""
    part = match.groups()
    if form == "ymd":
        return f"{part[0]}-{int(part[1]):02}-{int(part[2]):02}"
    if form == "dmy":
        return f"{part[2]}-{MONTHS.index(part[1]) + 1:02}-{int(part[0]):02}"
    if form == "yq":
        return f"{part[0]}Q{_QUARTERS.get(part[1], part[1])}"
    if form == "qy":
        return f"{part[2]}Q{part[1]}"
    if form in ("months", "january"):
        year, last = part if form == "months" else (part[1], MONTHS.index(part[0]) + 1)
        return f"{year}-01/{year}-{int(last):02}"
    if form == "my":
        return f"{part[2]}-{MONTHS.index(part[1]) + 1:02}"
    if form == "ym":
        return f"{part[0]}-{int(part[1]):02}"
    return part[0] if form == "y" else match[0]


@lru_cache(maxsize=100_000)
def found_in(text: str) -> tuple[Found, ...]:
    """Return the numbers and dates of a text in the order in which they stand."""
    text = text.translate(PLAIN)
    if not ANY_DIGIT.search(text):
        return ()
    dates = list(_dates(text))
    for one in dates:
        text = text[: one.start] + "\0" * (one.end - one.start) + text[one.end :]
    numbers = list(_numbers(text))
    for at, one in enumerate(numbers[:-1]):
        after = numbers[at + 1]
        if not one.unit and after.unit and RANGE.fullmatch(text[one.end : after.start]):
            numbers[at] = Found(one.start, one.end, one.number, after.unit)
    return tuple(sorted([*dates, *numbers], key=lambda one: one.start))


def _dates(text: str) -> Iterator[Found]:
    """Yield dates, the longest way of writing first; what one took is no part of another."""
    for pattern, form in [*DATES, (CLOCK, "clock")]:
        matches = list(pattern.finditer(text))
        for match in matches:
            yield Found(match.start(), match.end(), None, date=date_of(match, form))
        if matches:
            text = pattern.sub(lambda match: "\0" * len(match[0]), text)


def _numbers(text: str) -> Iterator[Found]:
    for match in NUMBER.finditer(text):
        if match["mib"]:
            yield Found(match.start(), match.end(), Decimal(match["mib"]), match["mib_unit"])
            continue
        start, sign = match.start(), match["sign"]
        before = text[:start].rstrip()[-1:]
        if sign == "-" and (before.isdigit() or before in ("%", "\0")):
            sign, start = "", start + 1
        number = Decimal(match["digits"].replace(",", "") + (match["places"] or ""))
        number = -number if sign and sign in "-−" else number
        yield Found(start, match.end(), number, match["unit"] or "")


@lru_cache(maxsize=100_000)
def masked(text: str) -> str:
    """Return a text with # for each number and @ for each date: what it says of them."""
    parts, at = [], 0
    for one in found_in(text):
        parts += [text[at : one.start], "@" if one.date else "#"]
        at = one.end
    return " ".join("".join([*parts, text[at:]]).split())


def only_number(text: str) -> tuple[Decimal, str] | None:
    """Return the number that is the whole of a text, with its unit; None if it is none."""
    text = text.strip()
    found = found_in(text)
    if len(found) == 1 and found[0].number is not None:
        one = found[0]
        return (one.number, one.unit) if (one.start, one.end) == (0, len(text)) else None
    return None


def only_date(text: str) -> str:
    """Return the date that is the whole of a text; "" if it is none."""
    found = found_in(text)
    whole = len(found) == 1 and (found[0].start, found[0].end) == (0, len(text))
    return found[0].date if whole else ""
