"""
Which city and quarter a text of a file names: the name of a sheet or file, a title, a cell.

For files with other headings, and for the files of a batch. In the first a text may name a part,
such as a sheet called 三季度; a batch takes whole quarters only, such as 2024年三季度.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from submissions.workbook.reading.labels import DASHES
from submissions.workbook.reading.labels import period as quarter_named
from submissions.workbook.reading.values import squeezed

YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")
_WORDS = {"一": 1, "二": 2, "三": 3, "四": 4}
# How a text may name a quarter, and which; the first that is found counts.
SINGLE = (
    (re.compile(r"第?([一二三四]|(?<![0-9-])[1-4])季度?"), None),
    (re.compile(r"(?<![A-Z])Q([1-4])(?![0-9])"), None),
    (re.compile(r"([1-4])Q(?![A-Z0-9])"), None),
)
QUARTERS = (
    (re.compile(r"前三季|前三个季|前9个月|前九个月"), 3),
    *SINGLE,
    (re.compile(r"上半年"), 2),
    (re.compile(r"(?<![0-9])0?(?:1-0?3|1-0?6|1-0?9|1-12|4-0?6|7-0?9|10-12)月"), None),
    (re.compile(r"全年|年度|年报|年末"), 4),
)

# A whole quarter within a longer text; whether it is one says labels.period().
_QUARTER = r"(?:Q[1-4]|第?[1-4一二三四]季度?)"
_MONTHS = r"(?:0?1月?\s*[-‐‑‒–—―−~～〜至到]+\s*)[0-9]{1,2}月"
_YEAR = r"(?<![0-9])20[0-9]{2}\s*年?"
WHOLE = re.compile(
    rf"{_YEAR}\s*[-_/]?\s*{_QUARTER}|{_YEAR}\s*{_MONTHS}|20[0-9]{{2}}年(?:上半年|全年|度|前[369三六九]个月)",
    re.IGNORECASE,
)
# In a column of quarters.
NUMBER_ALONE = re.compile("([1-4一二三四])").fullmatch


class NamedPeriod(NamedTuple):
    """A year and the number of a quarter, either None where the text names none."""

    year: int | None = None
    quarter: int | None = None

    def filled(self, other: "NamedPeriod") -> "NamedPeriod":
        """Return this with what it lacks from another."""
        return NamedPeriod(self.year or other.year, self.quarter or other.quarter)

    @property
    def code(self) -> str:
        """Return it as 2024Q3; "" if a part is missing."""
        return f"{self.year}Q{self.quarter}" if self.year and self.quarter else ""


def named_period(text: str) -> NamedPeriod:
    """
    Return the year and the quarter that a text names.

    Two years, or two quarters, are none: the text is then about something else.
    """
    plain = _plain(text)
    years = set(YEAR.findall(plain))
    year = int(years.pop()) if len(years) == 1 else None
    return NamedPeriod(year, _quarter(plain))


def covers(text: str, quarter: int) -> bool:
    """
    Return whether a row of a quarter may stand under a text, such as a title.

    What names no quarter covers any; 上半年 and 1-6月 cover the first two, 二季度 itself alone.
    """
    named = named_period(text).quarter
    if named is None or named == quarter:
        return True
    spans = [(pattern, fixed) for pattern, fixed in QUARTERS if (pattern, fixed) not in SINGLE]
    return quarter < named and _quarter(_plain(text), spans) == named


def _plain(text: str) -> str:
    """Return a text without blanks and widths, in capitals, and with one kind of dash."""
    return DASHES.sub("-", squeezed(unicodedata.normalize("NFKC", text)).upper())


def _quarter(plain: str, ways: Iterable[tuple] = QUARTERS) -> int | None:
    """Return the number of the quarter that a text names; None without one, or with several."""
    for pattern, fixed in ways:
        found = list(pattern.finditer(plain))
        if not found:
            continue
        if fixed:
            return fixed
        numbers = {_number(match) for match in found}
        return numbers.pop() if len(numbers) == 1 else None
    return None


def _number(match: re.Match) -> int:
    """Return the number of the quarter of a match."""
    if match.re.groups:
        return _WORDS.get(match[1]) or int(match[1])
    last = re.search(r"-0?([0-9]+)月", match[0])
    return int(last[1]) // 3


def quarters_in(text: str) -> set[str]:
    """Return the whole quarters that a longer text names, such as 济南2024年1—6月报表."""
    found = (quarter_named(match[0].replace("_", "-")) for match in WHOLE.finditer(text))
    return {quarter for quarter in found if quarter}


@dataclass(frozen=True, slots=True)
class CityWords:
    """
    How cities are called.

    names   a name or short name, such as 济南 -> its code
    latin   a slug, such as jinan -> its code; only in names of files
    """

    names: Mapping[str, str]
    latin: Mapping[str, str] = field(default_factory=dict)

    def named(self, text: str) -> set[str]:
        """Return the codes of the cities that a text names in Chinese, with or without 市."""
        plain = squeezed(unicodedata.normalize("NFKC", text))
        return {code for name, code in self.names.items() if name.removesuffix("市") in plain}

    def named_in_file(self, name: str) -> set[str]:
        """Return the codes of the cities that a file's name names, also as a slug or code."""
        plain = name.casefold()
        slugs = {code for slug, code in self.latin.items() if re.search(_alone(slug, "a-z"), plain)}
        codes = {code for code in self.names.values() if re.search(_alone(code, "0-9"), plain)}
        return self.named(name) or slugs or codes


def _alone(word: str, characters: str) -> str:
    """Return the pattern of a word that stands alone among characters of its kind."""
    return rf"(?<![{characters}]){re.escape(word)}(?![{characters}])"


def named_city(text: str, cities: Mapping[str, str]) -> str | None:
    """
    Return the code of the city that a text names; None without one, or with several.

    cities is name -> code, such as 济南市 -> 370100.
    """
    found = CityWords(cities).named(text)
    return found.pop() if len(found) == 1 else None


def city_in_cell(text: str, cities: Mapping[str, str]) -> str | None:
    """Return the code of the city that a cell of a column of cities names; None without one."""
    plain = squeezed(unicodedata.normalize("NFKC", text))
    return plain if plain in cities.values() else named_city(text, cities)


def year_in_cell(text: str) -> int | None:
    """Return the year that a cell of a column of years names; None without one."""
    return named_period(text).year


def period_in_cell(text: str) -> NamedPeriod:
    """Return what a cell of a column of quarters names; 1 and 一 are quarters there."""
    if number := NUMBER_ALONE(_plain(text)):
        return NamedPeriod(None, _WORDS.get(number[1]) or int(number[1]))
    return named_period(text)


class Recognised(NamedTuple):
    """
    What a place of the file names.

    value   the city's code, or a year or quarter
    source  where from: sheet, title, file, row or given
    text    the text that names it
    """

    value: str
    source: str
    text: str


def agreed(found: Iterable[Recognised]) -> tuple[Recognised | None, list[Recognised]]:
    """Return the first of what was recognised, and those that contradict it."""
    every = [one for one in found if one.value]
    if not every:
        return None, []
    return every[0], [one for one in every[1:] if one.value != every[0].value]
