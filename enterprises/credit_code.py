"""
The unified social credit code (统一社会信用代码): its check character, and what its digits say.

Eighteen characters from thirty-one signs (no I O Z S V): registering department, class of
entity, six digits of the place of registration, nine of the organisation, one check character.

Source: GB 32100-2015 with its amendment of 2016. Alphabet and weights are
those of python-stdnum, whose own validate() refuses what GB 32100 allows: codes that begin
with a letter, such as the rural collectives' N2….
"""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from stdnum.cn import uscc

LENGTH = 18
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CHARACTERS = frozenset(ALPHABET)

# 371200, Laiwu, became part of Jinan in 2019. Codes never change, so 3712 stays in them.
LAIWU, JINAN = "3712", "3701"
CITIES = frozenset(f"37{number:02d}" for number in range(1, 18)) - {LAIWU}


class CodeFault(StrEnum):
    """What can be wrong with a code, in the order of the checks."""

    LENGTH = "length"
    CHARACTER = "character"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Problem:
    """
    What is wrong with a code.

    fault      length, character or check
    length     how many characters it has
    position   where the first forbidden or the check character stands, counted from 1; None
               for a wrong length
    character  what stands there
    expected   the check character that would fit, for a wrong one; it may as well be another
               character that is wrong, so it must not be filled in automatically
    """

    fault: CodeFault
    length: int
    position: int | None = None
    character: str | None = None
    expected: str | None = None


def fold(text: str) -> str:
    """Return a code as it is stored: full-width signs narrowed, edges stripped, upper case."""
    return unicodedata.normalize("NFKC", text).strip().upper()


def check_character(first17: str) -> str:
    """
    Return the check character for the first seventeen.

        C18 = (31 − Σ value(i) × 3^(i−1) mod 31) mod 31, i = 1 … 17

    Every weight and 31 have no common divisor, so any one changed character changes it.
    Raises ValueError unless there are seventeen characters, all of the alphabet.
    """
    if len(first17) != LENGTH - 1 or not CHARACTERS.issuperset(first17):
        raise ValueError(f"{first17!r} is not the beginning of a credit code.")
    return uscc.calc_check_digit(first17)


def problem(code: str) -> Problem | None:
    """
    Return what is wrong with a code, as fold() leaves it; None if nothing is.

    A valid code need not exist, and may be another enterprise's.
    """
    if len(code) != LENGTH:
        return Problem(CodeFault.LENGTH, len(code))
    if strange := set(code) - CHARACTERS:
        position = min(map(code.index, strange))
        return Problem(CodeFault.CHARACTER, LENGTH, position + 1, code[position])
    expected = check_character(code[:-1])
    if code[-1] != expected:
        return Problem(CodeFault.CHECK, LENGTH, LENGTH, code[-1], expected)
    return None


def city_of(code: str) -> str | None:
    """
    Return the GB/T 2260 code of the Shandong city in which an entity was registered: "370100".

    Read from characters 3 to 6, as fold() leaves them. None for a registration at province
    level (3700), outside Shandong, or with an unknown city code. A hint, not the enterprise's
    city: that is a field of its own.
    """
    place = code[2:6]
    if place == LAIWU:
        place = JINAN
    return f"{place}00" if place in CITIES else None
