"""Changes the style numbers of cells in a worksheet, and nothing else."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from submissions.workbook.cells import area, column_index, letters
from submissions.workbook.faults import Unreadable
from submissions.workbook.package import Attributes, local, parse, parser
from submissions.workbook.xml_patch import TAG, XmlPatch, prefix_of, retagged

Place = tuple[int, int]  # row, column

ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})").fullmatch
MERGE = re.compile(rb"<(?:[A-Za-z0-9_]+:)?mergeCell\s[^<>]*?ref\s*=\s*[\"']([A-Z0-9:]+)[\"']")
VIEW = re.compile(rb"<(?:[A-Za-z0-9_]+:)?sheetView\s[^<>]*>")

# A sheet with more merged ranges than this is not a table.
MOST_MERGES = 10_000

# Views are at the beginning of a sheet.
BEGINNING = 64 * 1024

# The elements after <legacyDrawing> in a worksheet, in their order.
AFTER_DRAWING = {
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems"),
    *("tableParts", "extLst"),
}


def place(address: str | None) -> Place | None:
    """Return (row, column) of an address; None for anything else."""
    match = ADDRESS(address or "")
    try:
        return (int(match[2]), column_index(match[1])) if match else None
    except ValueError:
        return None


def anchors(data: bytes) -> list[tuple[int, int, int, int]]:
    """Return the merged ranges of a sheet: first column, first row, last column, last row."""
    found = [area(reference.decode()) for reference in MERGE.findall(data)[: MOST_MERGES + 1]]
    return [one for one in found if one] if len(found) <= MOST_MERGES else []


def shown_at(at: Place, merged: list[tuple[int, int, int, int]]) -> Place:
    """Return the first cell of a cell's merged range, or itself."""
    row, column = at
    for left, top, right, bottom in merged:
        if left <= column <= right and top <= row <= bottom:
            return top, left
    return at


def unselected(data: bytes) -> bytes:
    """
    Return a sheet with its tab not selected.

    Sheets selected together are edited together; only the index is to be selected.
    """
    if b"tabSelected" not in data[:BEGINNING]:
        return data
    return VIEW.sub(lambda tag: retagged(tag[0], {"tabSelected": None}), data, count=8)


@dataclass(slots=True)
class _Row:
    """A row with cells to fill: offsets of its start, end and cells, and its style."""

    start: int
    style: str | None
    closing: int = -1
    cells: list[tuple[int, int, str | None]] = field(default_factory=list)


class SheetPart:
    """
    A worksheet part. Raises Unreadable (E102) if it is not one.

    drawing    r:id of its <legacyDrawing>, None without
    """

    def __init__(self, data: bytes, wanted: set[Place], ours: set[str]) -> None:
        """Find the offsets of wanted cells; `ours` are the styles of earlier annotations."""
        self.data = data
        self.wanted = wanted
        self.ours = ours
        self.rows: dict[int, _Row] = {}
        self.before: dict[int, int] = {}  # missing row -> where the next one starts
        self.old: dict[Place, tuple[int, str]] = {}
        self.columns: list[tuple[int, int, str]] = []
        self.sheet_data: tuple[int, int] | None = None
        self.drawing: str | None = None
        self.drawing_at = -1
        self.prefix = ""
        self._scan()

    def _scan(self) -> None:
        """Parse the part once."""
        missing = sorted({row for row, _column in self.wanted}, reverse=True)
        wanted_rows = set(missing)
        before, rows, ours, old = self.before, self.rows, self.ours, self.old
        reader = parser()
        depth = number = column = 0
        current: _Row | None = None

        def start(name: str, attributes: Attributes) -> None:
            nonlocal depth, number, column, current
            depth += 1
            name = local(name)
            if name == "c":
                reference = attributes.get("r")
                if reference is None:
                    column += 1
                else:
                    column = column_index(reference.rstrip("0123456789"))
                style = attributes.get("s")
                if current is not None:
                    current.cells.append((column, reader.CurrentByteIndex, style))
                if style in ours:
                    old.setdefault((number, column), (reader.CurrentByteIndex, style))
            elif name == "row":
                number = int(attributes.get("r", number + 1))
                column = 0
                at = reader.CurrentByteIndex
                while missing and missing[-1] < number:
                    before[missing.pop()] = at
                if number in wanted_rows and number not in rows:
                    style = attributes.get("s") if attributes.get("customFormat") else None
                    current = rows[number] = _Row(at, style)
            elif name == "sheetData":
                self.sheet_data = (reader.CurrentByteIndex, -1)
            elif name == "col" and "style" in attributes:
                span = int(attributes.get("min", 0)), int(attributes.get("max", 0))
                self.columns.append((*span, attributes["style"]))
            elif depth == 1:
                tag = TAG.match(self.data, reader.CurrentByteIndex)
                self.prefix = prefix_of(tag[1].decode())
            elif depth == 2:
                self._take_frame(name, attributes, reader.CurrentByteIndex)

        def end(name: str) -> None:
            nonlocal depth, current
            depth -= 1
            name = local(name)
            if name == "row" and current is not None:
                current.closing = reader.CurrentByteIndex
                current = None
            elif name == "sheetData" and self.sheet_data:
                self.sheet_data = (self.sheet_data[0], reader.CurrentByteIndex)
            elif depth == 0 and self.drawing_at < 0:
                self.drawing_at = reader.CurrentByteIndex

        reader.StartElementHandler = start
        reader.EndElementHandler = end
        parse(self.data, reader)
        if self.sheet_data is None:
            raise Unreadable("E102")

    def _take_frame(self, name: str, attributes: Attributes, at: int) -> None:
        """Set the offset of the drawing of comments, existing or to be inserted."""
        if name == "legacyDrawing":
            self.drawing = next((v for k, v in attributes.items() if k.endswith(" id")), None)
        elif name in AFTER_DRAWING and self.drawing_at < 0:
            self.drawing_at = at

    def restyled(
        self,
        fills: dict[Place, str],
        filled: Callable[[int, str], int],
        cleared: Callable[[int], int],
        drawing: str | None,
    ) -> bytes:
        """
        Return the sheet with fills by place, earlier fills cleared, and a drawing if given.

        filled(style, severity) and cleared(style) return style numbers; drawing is the
        <legacyDrawing> element to insert, None if it exists or none is needed.
        """
        patch = XmlPatch(self.data)
        for at, (offset, style) in self.old.items():
            if at not in fills:
                self._retag(patch, offset, cleared(int(style)))
        rows: dict[int, list[int]] = {}
        for row, column in sorted(fills):
            rows.setdefault(row, []).append(column)
        new_rows: dict[int, str] = {}
        for row, columns in rows.items():

            def style_of(column: int, style: str | None, row: int = row) -> int:
                base = int(style or 0)
                return filled(cleared(base) if style in self.ours else base, fills[(row, column)])

            if row in self.rows:
                self._fill_row(patch, row, columns, style_of)
            else:
                cells = [self._cell(row, c, style_of(c, self._column_style(c))) for c in columns]
                p = self.prefix
                new_rows[row] = f'<{p}row r="{row}">{"".join(cells)}</{p}row>'
        self._add_rows(patch, new_rows)
        if drawing:
            patch.insert(self.drawing_at, drawing)
        return patch.done()

    def _fill_row(
        self,
        patch: XmlPatch,
        number: int,
        columns: list[int],
        style_of: Callable[[int, str | None], int],
    ) -> None:
        """Fill cells of an existing row; missing cells are inserted in order."""
        row = self.rows[number]
        there = {}
        for column, offset, style in row.cells:
            there.setdefault(column, (offset, style))
        at_end = []
        for column in columns:
            if column in there:
                offset, style = there[column]
                self._retag(patch, offset, style_of(column, style))
                continue
            cell = self._cell(
                number, column, style_of(column, row.style or self._column_style(column))
            )
            after = next((offset for other, offset, _ in row.cells if other > column), None)
            if after is None:
                at_end.append(cell)
            else:
                patch.insert(after, cell)
        # Only a hint for readers, and wrong once cells have been added.
        stale = {"spans": None} if at_end else None
        patch.change_at(row.start, row.closing, stale, "".join(at_end))

    def _add_rows(self, patch: XmlPatch, rows: dict[int, str]) -> None:
        """Insert missing rows before the next existing one, else at the end."""
        start, closing = self.sheet_data
        at_end = []
        for number in sorted(rows):
            if number in self.before:
                patch.insert(self.before[number], rows[number])
            else:
                at_end.append(rows[number])
        patch.change_at(start, closing, append="".join(at_end))

    def _retag(self, patch: XmlPatch, offset: int, style: int) -> None:
        """Set the style of the cell at an offset."""
        tag = TAG.match(self.data, offset)
        patch.replace(offset, tag.end(), retagged(tag[0], {"s": str(style)}))

    def _cell(self, row: int, column: int, style: int) -> str:
        """Return a blank cell."""
        return f'<{self.prefix}c r="{letters(column)}{row}" s="{style}"/>'

    def _column_style(self, column: int) -> str | None:
        """Return the style of a column for its missing cells."""
        return next((s for first, last, s in self.columns if first <= column <= last), None)
