"""
An .xls or .et, sheet by sheet and row by row, in the shapes of spreadsheet.py.

xlrd parses it, since it keeps error cells, number formats and hidden rows. Three things it does
not offer are taken from its book and its records: whether a sheet is hidden, links to other
workbooks, and formulas whose result was never stored. Names with _ are those of xlrd 2.0.
"""

import io
from collections.abc import Iterator
from pathlib import Path

import xlrd
from xlrd.biffh import error_text_from_code
from xlrd.book import SUPBOOK_EXTERNAL, Book
from xlrd.sheet import Sheet as LibrarySheet

from submissions.workbook import limits
from submissions.workbook.cells import (
    BOOL,
    ERROR,
    FORMULA,
    Cell,
    Row,
    letters,
)
from submissions.workbook.compound_file import as_unreadable
from submissions.workbook.faults import Unreadable
from submissions.workbook.layout import OUR_SHEETS
from submissions.workbook.reading.spreadsheet import of_text
from submissions.workbook.shared_parts import number_kind

STATES = ("visible", "hidden", "veryHidden")

# The record of a formula begins with row, column, format, 8 bytes of result, flags.
FORMULA_RECORD = 0x0006
CALCULATE_ON_LOAD = 0x02
NO_RESULT = bytes(8)
# The versions of the format from which on formulas have these flags, and texts are in UTF-16.
WITH_FLAGS = 50
WITH_UTF_16 = 80

# The record of a formula's result, if that is a text.
TEXT_RESULT_RECORD = 0x0207

# Instead of the formula, which is stored as tokens.
FORMULA_TEXT = "=…"

# Widths of columns are stored in this part of a character.
WIDTH_UNIT = 256


class BinarySheet:
    """
    One worksheet: its name, and whether it is "visible", "hidden" or "veryHidden".

    hidden_columns and merged are complete when rows() has ended; `seen` is the number of rows
    passed so far, blank ones included.
    """

    def __init__(self, workbook: "BinaryWorkbook", number: int, name: str, state: str) -> None:
        """Take its number in the workbook, name and state; nothing is read yet."""
        self.workbook = workbook
        self.number = number
        self.name = name
        self.state = state
        self.hidden_columns: list[tuple[int, int]] = []
        self.merged: list[str] = []
        self.widths: dict[int, float] = {}
        self.seen = 0

    def row_count(self) -> int:
        """Return the number of rows, blank ones included. Raises Unreadable."""
        return self._read()[0].nrows

    def rows(self) -> Iterator[Row]:
        """
        Yield the rows that are not blank, top to bottom. Raises Unreadable.

        Each row is let go once it is read: a large sheet and what is made of it would together
        take more memory than the child should hold. A second reading parses the sheet anew.
        """
        if self.seen:
            self.workbook.forget_sheet(self.number)
            self.seen = 0
        sheet, uncalculated = self._read()
        with as_unreadable():
            self._take_frame(sheet)
        for index in range(sheet.nrows):
            self.seen += 1
            with as_unreadable():
                cells = self._cells(sheet, index, uncalculated)
            if cells:
                about = sheet.rowinfo_map.pop(index, None)
                yield Row(index + 1, cells, hidden=bool(about and about.hidden))
            sheet._cell_values[index] = sheet._cell_types[index] = []
            sheet._cell_xf_indexes[index] = []

    def number_format(self, row: int, column: int) -> str:
        """Return the code of a cell's number format; row and column count from 1."""
        with as_unreadable():
            return self.workbook.format_of(self._read()[0].cell_xf_index(row - 1, column - 1))[1]

    def _read(self) -> tuple[LibrarySheet, set[tuple[int, int]]]:
        """Return the sheet, and (row, column) of its formulas without a result, from 0 on."""
        return self.workbook.read_sheet(self.number)

    def _take_frame(self, sheet: LibrarySheet) -> None:
        """Set hidden columns, widths and merged cells."""
        columns = sorted(sheet.colinfo_map.items())
        self.hidden_columns = [(at + 1, at + 1) for at, about in columns if about.hidden]
        self.widths = {at + 1: about.width / WIDTH_UNIT for at, about in columns}
        self.merged = [
            f"{letters(left + 1)}{top + 1}:{letters(right)}{bottom}"
            for top, bottom, left, right in sheet.merged_cells
        ]

    def _cells(
        self, sheet: LibrarySheet, index: int, uncalculated: set[tuple[int, int]]
    ) -> dict[int, Cell]:
        """Return the cells of a row that are not blank: column index from 1 -> cell."""
        found: dict[int, Cell] = {}
        kinds, values = sheet.row_types(index), sheet.row_values(index)
        for at, (kind, value) in enumerate(zip(kinds, values, strict=True)):
            if kind == xlrd.XL_CELL_TEXT:
                if value:
                    found[at + 1] = of_text(value)
            elif kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
                if (index, at) in uncalculated:
                    found[at + 1] = (FORMULA, FORMULA_TEXT)
                else:
                    kind_shown = self.workbook.format_of(sheet.cell_xf_index(index, at))[0]
                    found[at + 1] = (kind_shown, number_text(value))
            elif kind == xlrd.XL_CELL_BOOLEAN:
                found[at + 1] = (BOOL, str(value))
            elif kind == xlrd.XL_CELL_ERROR:
                found[at + 1] = (ERROR, error_text_from_code.get(value, f"#{value}"))
        return found


class BinaryWorkbook:
    """
    An .xls or .et that container.identify() has let through.

    Use it as a context manager. Raises Unreadable: E102 damaged, E108 with too many sheets, E114
    with a password, E116 without worksheets.
    """

    def __init__(self, path: Path) -> None:
        """Read sheet names and formats; sheets are read when their rows are asked for."""
        with as_unreadable():
            self.book: Book = xlrd.open_workbook(
                file_contents=path.read_bytes(),
                # Its warnings would go to standard output, where the reading goes.
                logfile=io.StringIO(),
                formatting_info=True,
                ragged_rows=True,
                on_demand=True,
                # Other systems write containers whose streams overlap; their records are sound.
                ignore_workbook_corruption=True,
            )
            self.date1904 = bool(self.book.datemode)
            names = self.book.sheet_names()
            states = [STATES[min(each, 2)] for each in self.book._sheet_visibility]
        if len(names) - len(OUR_SHEETS & set(names)) > limits.SHEETS:
            raise Unreadable("E108", found=len(names), limit=limits.SHEETS)
        if not names:
            raise Unreadable("E116")
        self.sheets = [
            BinarySheet(self, number, name, state)
            for number, (name, state) in enumerate(zip(names, states, strict=True))
        ]
        self._uncalculated: dict[int, set[tuple[int, int]]] = {}
        self._formats: dict[int, tuple[str, str]] = {}

    def __enter__(self) -> "BinaryWorkbook":
        """Return itself."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Release the file's contents."""
        self.book.release_resources()

    @property
    def links_elsewhere(self) -> bool:
        """Whether formulas refer to other workbooks."""
        return SUPBOOK_EXTERNAL in self.book._supbook_types

    def read_sheet(self, number: int) -> tuple[LibrarySheet, set[tuple[int, int]]]:
        """Return a sheet, and (row, column) of its formulas without a result, from 0 on."""
        if number not in self._uncalculated:
            self._uncalculated[number] = set()
            self.book.get_record_parts = self._records(self._uncalculated[number])
        with as_unreadable():
            return self.book.sheet_by_index(number), self._uncalculated[number]

    def forget_sheet(self, number: int) -> None:
        """Let a sheet go, so that it is parsed anew when it is asked for."""
        del self._uncalculated[number]
        self.book.unload_sheet(number)

    def _records(self, uncalculated: set[tuple[int, int]]):
        """
        Return the book's own reader of records, with what xlrd lacks.

        It notes formulas without a result: programs that do not calculate store 0 and have the
        formula calculated when the workbook is opened. And it counts texts as xlrd expects.
        """
        version = self.book.biff_version

        def get_record_parts() -> tuple[int, int, bytes]:
            record = Book.get_record_parts(self.book)
            if record[0] == TEXT_RESULT_RECORD and version >= WITH_UTF_16:
                return *record[:2], recounted(record[2])
            if record[0] == FORMULA_RECORD and version >= WITH_FLAGS:
                head = record[2]
                if head[6:14] == NO_RESULT and head[14] & CALCULATE_ON_LOAD:
                    row, column = (int.from_bytes(head[at : at + 2], "little") for at in (0, 2))
                    uncalculated.add((row, column))
            return record

        return get_record_parts

    def format_of(self, style: int) -> tuple[str, str]:
        """Return the kind of a number in a style, and the code of its format."""
        if style not in self._formats:
            number = self.book.xf_list[style].format_key
            known = self.book.format_map.get(number)
            code = known.format_str if known else None
            formats = {} if code is None else {str(number): code}
            self._formats[style] = (number_kind(str(number), formats), code or "")
        return self._formats[style]


def recounted(data: bytes) -> bytes:
    """
    Return a formula's text with its length in characters.

    The format counts 16-bit units, of which rare characters (𠮷) have two; xlrd refuses the whole
    workbook for them.
    """
    units = int.from_bytes(data[:2], "little")
    if not data[2:3] or not data[2] & 1 or len(data) - 3 != 2 * units:
        return data
    return len(data[3:].decode("utf-16-le")).to_bytes(2, "little") + data[2:]


def number_text(value: float) -> str:
    """Return a number as an .xlsx would have it: whole ones without a decimal point."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)
