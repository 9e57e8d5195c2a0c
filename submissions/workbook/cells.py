"""
Rows and cells of a file, a spreadsheet's or a csv's.

A cell is a pair (kind, text). Blank cells are left out: a sheet of a million formatted empty
rows is an empty sheet.
"""

import re
from functools import cache

NUMBER = "number"
DATE = "date"  # a number shown as a date, or a date in ISO form
TEXT = "text"
BOOL = "bool"
ERROR = "error"
FORMULA = "formula"  # a formula whose result was never stored; its text is the formula
PICTURE = "picture"  # a picture in the cell; its text is the formula that shows it
DAMAGED = "damaged"  # the file says nothing, or two things, about the content

# How a cell that holds a picture reads as text: WPS writes DISPIMG, Excel and Google IMAGE.
PICTURE_FORMULA = re.compile(
    r"[=+@]?\s*(?:_xl(?:fn|ws|udf)\.)*(?:DISPIMG|IMAGE)\s*\(", re.IGNORECASE
).match


class ShownNumber(str):
    """The kind NUMBER of a cell whose number format may show something else than the number."""

    code: str = ""

    @classmethod
    def of(cls, code: str) -> "ShownNumber":
        """Return the kind for a number format."""
        kind = cls(NUMBER)
        kind.code = code
        return kind


Cell = tuple[str, str]

LAST_COLUMN = 16_384
LAST_ROW = 1_048_576


class Row:
    """
    One row that is not blank: its number in the file, column index (from 1) -> cell.

    hidden  whether the user cannot see it
    width   how many fields it has, in a csv; None in a spreadsheet, which is a rectangle
    """

    __slots__ = ("cells", "hidden", "number", "width")

    def __init__(
        self, number: int, cells: dict[int, Cell], *, hidden: bool = False, width: int | None = None
    ) -> None:
        """Take number, cells, whether it is hidden, and width."""
        self.number = number
        self.cells = cells
        self.hidden = hidden
        self.width = width


@cache
def letters(column: int) -> str:
    """Return the letters of a column: 1 is A, 28 is AB."""
    name = ""
    while column:
        column, digit = divmod(column - 1, 26)
        name = chr(65 + digit) + name
    return name


@cache
def column_index(name: str) -> int:
    """
    Return the index of a column: A and a are 1. Raises ValueError beyond XFD, or for no column.
    """
    index = 0
    for letter in name.upper():
        index = index * 26 + "ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(letter) + 1
        if index > LAST_COLUMN:
            raise ValueError("no such column")
    if not index:
        raise ValueError("no such column")
    return index


def area(reference: str) -> tuple[int, int, int, int] | None:
    """Return (first column, first row, last column, last row) of A1:C3; None if it is no area."""
    match = re.fullmatch(
        r"\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})", reference.upper()
    )
    if not match:
        return None
    left, top, right, bottom = match.groups()
    try:
        return column_index(left), int(top), column_index(right), int(bottom)
    except ValueError:
        return None


def wrapped_lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column; a Chinese character counts as two."""
    wide = [sum(1 if c.isascii() else 2 for c in part) for part in text.split("\n")]
    return sum(1 + each // width for each in wide)
