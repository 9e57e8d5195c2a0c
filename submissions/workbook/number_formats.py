"""
What a number format shows: a date, another unit, a percentage, a text in place of the number.

A format code has up to four sections, for numbers above, below and equal to zero and for texts,
or sections with conditions. Only what can change the meaning is looked at: rounding, separators
and colours cannot.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any, NamedTuple

# Built-in number formats that show dates, the Chinese ones included.
DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}

# Built-in formats that are looked at; the others show the number itself.
BUILT_IN = {"9": "0%", "10": "0.00%"}

# Hours, minutes or seconds that may exceed a day.
ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE).search

TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<exponent>[eE][+-])"
    r"|(?P<number>[0#?.,@])|(?P<percent>[%％])|(?P<plain>.)",
    re.DOTALL | re.IGNORECASE,
)
CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[0-9.]+)$").match
OPERATORS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": Decimal.__lt__,
    "<=": Decimal.__le__,
    ">": Decimal.__gt__,
    ">=": Decimal.__ge__,
    "=": Decimal.__eq__,
    "<>": Decimal.__ne__,
}

# Words of units, longest first. Those of other money have no factor.
TIMES = {"": 1, "十": 10, "百": 100, "千": 1_000, "万": 10_000, "十万": 100_000}
TIMES |= {"百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000, "十亿": 1_000_000_000}
UNIT = re.compile(
    "(?P<times>十亿|亿|千万|百万|十万|万|千|百|十)?(?P<thing>元|块|人|家|户|个|名)"
    "|(?P<bare>十亿|亿|千万|百万|十万|万|千|百)"
)
FOREIGN = re.compile(
    "[美港欧日英加澳台]元|韩元|新台币|港币|英镑|法郎|卢布|[$€£₩₽฿]|USD|HKD|EUR|JPY|GBP",
    re.IGNORECASE,
)
# A percentage, or digits that are not the number's own.
OTHER_NUMBER = re.compile("[%‰0-9]")
# How a format writes zero. The contract takes a dash typed into a cell for "not reported", but
# here the number is there, and every accounting format shows it so.
ZERO_SIGNS = {"-", "–", "—", "0", "零"}
# Signs around a number that say nothing new.
HARMLESS = re.compile(r"人民币|RMB|CNY|[\s¥￥:()+\-−–—,./]", re.IGNORECASE)


class Look(NamedTuple):
    """
    What a format shows for a number.

    text     as it is seen, roughly
    times    the number seen × times = the number stored, but for a unit; None if none is seen
    unit     what the unit in the format is worth in yuan, persons or firms; None without one
    foreign  whether it is shown as other money, or as a percentage
    words    words around the number other than a unit, which change its meaning
    """

    text: str
    times: Decimal | None
    unit: int | None = None
    foreign: bool = False
    words: str = ""

    def agrees_with(self, factor: int) -> bool:
        """Return whether what is seen equals the number in its column's unit."""
        if self.foreign or self.times is None:
            return False
        return Decimal(factor) * self.times == (factor if self.unit is None else self.unit)


@dataclass(frozen=True, slots=True)
class Section:
    """
    One section of a format code.

    condition  whether the section is for a number; None if its position decides
    before, inside, after   literal texts before, within and behind the number
    decimals, grouped       places behind the point; whether thousands are separated
    commas, percents        by which it is divided by 1,000, or multiplied by 100
    shift      digits behind a literal point, by which it seems to be divided: 0!.0, is 万
    """

    condition: Callable[[Decimal], bool] | None
    before: str
    inside: str
    after: str
    has_number: bool
    shows_zero: bool
    is_general: bool
    decimals: int
    grouped: bool
    commas: int
    percents: int
    shift: int

    @property
    def times(self) -> Decimal:
        """Return by what the number seen must be multiplied to give the one stored."""
        return Decimal(1000) ** self.commas * Decimal(10) ** self.shift / 100**self.percents

    def look(self, value: Decimal) -> Look:
        """Return what is seen of a number."""
        words = unicodedata.normalize("NFKC", self.before + self.inside + self.after)
        blank = not value and not self.shows_zero
        shown = "" if blank and self.has_number else self.before + self._digits(value) + self.after
        if not value and shown.strip() in ZERO_SIGNS:
            return Look(shown.strip(), Decimal(1))
        if not self.has_number or blank:
            return Look(shown.strip(), None)
        foreign = bool(FOREIGN.search(words) or OTHER_NUMBER.search(words))
        unit, rest = _unit(HARMLESS.sub("", FOREIGN.sub("", words)))
        return Look(shown.strip(), self.times, unit, foreign, rest)

    def _digits(self, value: Decimal) -> str:
        """Return the number as the section writes it."""
        if not self.has_number:
            return self.inside
        sign = "-" if value < 0 and self.condition is None else ""
        seen = abs(value) / self.times
        if self.is_general:
            return f"{sign}{seen.normalize():f}"
        places = Decimal(1).scaleb(-(self.decimals or self.shift))
        return sign + format(seen.quantize(places, ROUND_HALF_UP), ",f" if self.grouped else "f")


def shows_date(number: str, code: str | None) -> bool:
    """Return whether a number format, by its number or its own code, shows a date."""
    if code is None:
        return number.isdecimal() and int(number) in DATE_FORMATS
    # Texts in quotes, escaped characters and [conditions] are not part of the pattern.
    pattern = re.sub(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', "", code).lower()
    return any(letter in pattern for letter in "ydmh") or bool(ELAPSED(code))


def code_to_look_at(number: str, code: str | None) -> str:
    """Return the code of a format that may show something else than the number; else ""."""
    code = BUILT_IN.get(number, "") if code is None else code
    if not code:
        return ""
    probes = (Decimal(5), Decimal(0), Decimal(-5), Decimal(50_000), Decimal("0.05"))
    for looked in (look(code, value) for value in probes):
        if looked.times != 1 or looked.unit is not None or looked.foreign or looked.words:
            return code
    return ""


def look(code: str, value: Decimal) -> Look:
    """Return what a format shows for a number."""
    parsed = sections(code)
    for one in parsed:
        if one.condition and one.condition(value):
            return one.look(value)
    free = [one for one in parsed if one.condition is None]
    if not free:
        return Look("####", None)
    if len(free) > 2 and not value:
        return free[2].look(value)
    if len(free) > 1 and value < 0:
        return free[1].look(abs(value))
    return free[0].look(value)


@cache
def sections(code: str) -> list[Section]:
    """Return the sections of a format code for numbers, without that for texts."""
    written: list[list[re.Match[str]]] = [[]]
    for match in TOKEN.finditer(code):
        if match["plain"] == ";":
            written.append([])
        else:
            written[-1].append(match)
    return [_section(tokens) for tokens in written[:3]]


def _section(tokens: list[re.Match[str]]) -> Section:
    """Return one section."""
    condition = None
    before = inside = after = pattern = ""
    general = False
    for match in tokens:
        literal = match["quoted"] or match["escaped"] or match["plain"] or ""
        if match["general"] or match["number"] == "@":
            general = True
        elif match["number"]:
            inside, after = inside + after, ""
            pattern += match["number"]
        elif match["percent"]:
            literal = "%"
        elif match["bracket"] is not None:
            if asked := CONDITION(match["bracket"]):
                condition = _condition(*asked.groups())
            elif match["bracket"].startswith("$"):
                literal = match["bracket"][1:].partition("-")[0]
        if literal == "." and pattern:
            pattern += "!"
        elif pattern or general:
            after += literal
        else:
            before += literal
    return Section(
        condition=condition,
        before=before,
        inside=inside,
        after=after,
        percents=sum(match["percent"] is not None for match in tokens),
        is_general=general,
        **_digits_of(pattern, general=general),
    )


def _digits_of(pattern: str, *, general: bool) -> dict[str, Any]:
    """Return what the placeholders of a section say about its number."""
    whole, _, fraction = pattern.partition(".")
    bare = whole.rstrip(",")
    _, _, shifted = bare.partition("!")
    scaling = len(whole) - len(bare) + len(fraction) - len(fraction.rstrip(","))
    return {
        "has_number": general or any(sign in "0#?" for sign in pattern),
        "shows_zero": general or "0" in pattern or "?" in pattern,
        "decimals": sum(sign in "0#?" for sign in fraction),
        "grouped": "," in bare,
        "commas": scaling,
        "shift": sum(sign in "0#?" for sign in shifted),
    }


def _condition(operator: str, bound: str) -> Callable[[Decimal], bool] | None:
    """Return a test of a number; None for an impossible bound."""
    try:
        limit = Decimal(bound)
    except ArithmeticError:
        return None
    return lambda value: OPERATORS[operator](value, limit)


def _unit(words: str) -> tuple[int | None, str]:
    """Return what the unit among the words is worth, and the other words."""
    match = UNIT.search(words)
    if not match:
        return None, words
    worth = TIMES[match["times"] or match["bare"] or ""]
    return worth, words[: match.start()] + words[match.end() :]
