"""
Writes values into cells of a worksheet part; every other byte stays.

A number becomes a number, anything else a text of the cell itself. The cell keeps its style.
"""

import re
from collections.abc import Mapping
from decimal import Decimal

from submissions.workbook.cells import column_index, letters
from submissions.workbook.faults import Unreadable
from submissions.workbook.package import Attributes, local, parse, parser
from submissions.workbook.xml_patch import TAG, XmlPatch, escape_text, prefix_of, retagged

Place = tuple[int, int]  # row, column
CellValue = Decimal | str

# A formula of which others are made: without it they would be lost.
SHARED = re.compile(rb"<(?:[A-Za-z0-9_]+:)?f\s[^>]*\bref\s*=")


class NotWritable(Exception):
    """A cell holds a formula that other cells are made of; `cell` is its address."""

    def __init__(self, at: Place) -> None:
        """Take the cell's row and column."""
        self.cell = f"{letters(at[1])}{at[0]}"
        super().__init__(self.cell)


def with_values(data: bytes, values: Mapping[Place, CellValue]) -> tuple[bytes, set[Place]]:
    """
    Return a worksheet part with values in its cells, and which of them held formulas.

    Missing cells and rows are added. Raises Unreadable (E102) for what is no worksheet,
    NotWritable for a formula that other cells are made of.
    """
    sheet = _Sheet(data, set(values))
    patch = XmlPatch(data)
    formulas = set()
    by_row: dict[int, list[int]] = {}
    for row, column in sorted(values):
        by_row.setdefault(row, []).append(column)
    at_end = []
    for row, columns in by_row.items():
        new = []
        for column in columns:
            at = (row, column)
            found = sheet.cells.get(at)
            if found is None:
                new.append((column, sheet.cell(at, values[at])))
            elif sheet.write(patch, at, found, values[at]):
                formulas.add(at)
        if row in sheet.rows:
            sheet.add_cells(patch, row, new)
        elif new:
            inner = "".join(cell for _column, cell in new)
            raw = f'<{sheet.prefix}row r="{row}">{inner}</{sheet.prefix}row>'
            if row in sheet.before:
                patch.insert(sheet.before[row], raw)
            else:
                at_end.append(raw)
    sheet.add_rows(patch, at_end)
    return patch.done(), formulas


class _Sheet:
    """The offsets of wanted cells and rows of a worksheet part, found in one pass."""

    def __init__(self, data: bytes, wanted: set[Place]) -> None:
        self.data = data
        self.cells: dict[Place, tuple[int, int]] = {}
        self.rows: dict[int, tuple[int, int, list[tuple[int, int]]]] = {}
        self.before: dict[int, int] = {}
        self.sheet_data: tuple[int, int] | None = None
        self.prefix = ""
        self._scan(wanted)

    def _scan(self, wanted: set[Place]) -> None:
        """Parse the part once."""
        missing = sorted({row for row, _column in wanted}, reverse=True)
        wanted_rows = set(missing)
        reader = parser()
        number = column = 0
        opened = {"c": 0, "row": 0}
        cells: list[tuple[int, int]] = []

        def start(name: str, attributes: Attributes) -> None:
            nonlocal number, column, cells
            name, at = local(name), reader.CurrentByteIndex
            if name == "c":
                reference = attributes.get("r")
                column = column_index(reference.rstrip("0123456789")) if reference else column + 1
                cells.append((column, at))
                opened["c"] = at
            elif name == "row":
                number, column, cells = int(attributes.get("r", number + 1)), 0, []
                opened["row"] = at
                while missing and missing[-1] < number:
                    self.before[missing.pop()] = at
            elif name == "sheetData":
                self.sheet_data = (at, -1)
                self.prefix = prefix_of(TAG.match(self.data, at)[1].decode())

        def end(name: str) -> None:
            name, at = local(name), reader.CurrentByteIndex
            if name == "c" and (number, column) in wanted:
                self.cells.setdefault((number, column), (opened["c"], self._end(opened["c"], at)))
            elif name == "row" and number in wanted_rows:
                self.rows.setdefault(number, (opened["row"], at, cells))
                if missing and missing[-1] == number:
                    missing.pop()
            elif name == "sheetData" and self.sheet_data:
                self.sheet_data = (self.sheet_data[0], at)

        reader.StartElementHandler = start
        reader.EndElementHandler = end
        parse(self.data, reader)
        if self.sheet_data is None:
            raise Unreadable("E102")

    def _end(self, opened: int, at: int) -> int:
        """Return where an element ends whose end tag, if it has one, begins at an offset."""
        tag = TAG.match(self.data, opened)
        return tag.end() if tag[0].endswith(b"/>") else self.data.index(b">", at) + 1

    def write(self, patch: XmlPatch, at: Place, span: tuple[int, int], value: CellValue) -> bool:
        """Write a value into an existing cell; return whether it held a formula."""
        start, end = span
        tag = TAG.match(self.data, start)
        content = self.data[tag.end() : end]
        if SHARED.search(content):
            raise NotWritable(at)
        kind, inner = self._content(value)
        opened = retagged(tag[0], {"t": kind, "cm": None, "vm": None})
        if opened.endswith(b"/>"):
            opened = opened[:-2].rstrip() + b">"
        raw = tag[1].decode()
        patch.replace(start, end, opened + f"{inner}</{raw}>".encode())
        return re.search(rb"<(?:[A-Za-z0-9_]+:)?f[\s/>]", content) is not None

    def cell(self, at: Place, value: CellValue) -> str:
        """Return a new cell."""
        kind, inner = self._content(value)
        named = f' t="{kind}"' if kind else ""
        p = self.prefix
        return f'<{p}c r="{letters(at[1])}{at[0]}"{named}>{inner}</{p}c>'

    def _content(self, value: CellValue) -> tuple[str | None, str]:
        """Return the type and the content of a cell with a value."""
        p = self.prefix
        if isinstance(value, Decimal):
            return None, f"<{p}v>{value:f}</{p}v>"
        text = escape_text(value)
        return "inlineStr", f'<{p}is><{p}t xml:space="preserve">{text}</{p}t></{p}is>'

    def add_cells(self, patch: XmlPatch, number: int, new: list[tuple[int, str]]) -> None:
        """Add cells to a row in the order of their columns; it may be written <row r="5"/>."""
        if not new:
            return
        start, closing, there = self.rows[number]
        at_end = ""
        for column, cell in new:
            after = next((offset for other, offset in there if other > column), None)
            if after is None:
                at_end += cell
            else:
                patch.insert(after, cell)
        # Only a hint for readers, and wrong once cells have been added.
        patch.change_at(start, closing, {"spans": None}, at_end)

    def add_rows(self, patch: XmlPatch, rows: list[str]) -> None:
        """Add rows behind the last one."""
        patch.change_at(*self.sheet_data, append="".join(rows))
