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
    """Return the index of a column: A is 1. Raises ValueError beyond XFD, or for no column."""
    index = 0
    for letter in name:
        index = index * 26 + "ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(letter) + 1
        if index > LAST_COLUMN:
            raise ValueError("no such column")
    if not index:
        raise ValueError("no such column")
    return index


def area(reference: str) -> tuple[int, int, int, int] | None:
    """Return (first column, first row, last column, last row) of A1:C3; None if it is no area."""
    match = re.fullmatch(
        r"\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})", reference
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
