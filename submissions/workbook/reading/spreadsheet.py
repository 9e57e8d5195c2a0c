"""
An .xlsx, sheet by sheet and row by row, in one pass over each part.

A reader of our own, because openpyxl shows formulas without a result, hidden rows and merged
cells only if a file is read twice or held in memory whole (README.md). <dimension> is ignored;
blank cells are never built.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from submissions.workbook import limits
from submissions.workbook.cells import (
    BOOL,
    DAMAGED,
    DATE,
    ERROR,
    FORMULA,
    LAST_COLUMN,
    LAST_ROW,
    NUMBER,
    PICTURE,
    PICTURE_FORMULA,
    TEXT,
    Row,
    column_index,
)
from submissions.workbook.faults import Unreadable
from submissions.workbook.layout import OUR_SHEETS
from submissions.workbook.package import (
    BROKEN,
    Attributes,
    PackageFile,
    content_types,
    counted,
    fed,
    local,
    main_part,
    parser,
    relations,
)
from submissions.workbook.shared_parts import (
    has_picture_values,
    names,
    number_kinds,
    shared_texts,
    unescaped,
)

# The type of a part that its relation does not name -> the end of its content type.
PART_TYPES = {"sharedStrings": ".sharedstrings+xml", "styles": ".styles+xml"}

# The beginning of a row, whatever its namespace is called.
ROW_TAG = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?row[\s/>]")

KINDS = {"s": TEXT, "str": TEXT, "inlineStr": TEXT, "b": BOOL, "e": ERROR, "d": DATE}


class Sheet:
    """
    One worksheet: its name, and whether it is "visible", "hidden" or "veryHidden".

    hidden_columns and merged are complete when rows() has ended; `seen` is the number of rows
    passed so far, blank ones included.
    """

    def __init__(self, workbook: "Workbook", name: str, state: str, part: str) -> None:
        """Take name, state and part; nothing is read yet."""
        self.workbook = workbook
        self.name = name
        self.state = state
        self.part = part
        self.hidden_columns: list[tuple[int, int]] = []
        self.merged: list[str] = []
        self.seen = 0

    def row_count(self) -> int:
        """Return the number of rows, blank ones included; 0 if unknown."""
        return counted(self.workbook.archive, self.part, ROW_TAG)

    def rows(self) -> Iterator[Row]:
        """Yield the rows that are not blank, top to bottom. Raises Unreadable."""
        found: list[Row] = []
        reader = self._reader(found)
        for _ in fed(self.workbook.archive, self.part, reader):
            yield from found
            found.clear()

    def _reader(self, found: list[Row]):
        """
        Return a parser that appends each row to `found` when it ends.

        Written as closures: for a sheet of 5,000 lines these are called 250,000 times, and
        attributes of an object would take twice as long.
        """
        known = names("row", "c", "v", "t", "is", "f", "rPh", "mergeCell", "col", "sheetData").get
        strings = self.workbook.strings
        number_kind = self.workbook.number_kinds.get
        has_pictures = self.workbook.has_pictures
        hidden_columns, merged = self.hidden_columns, self.merged
        row_number = column = 0
        row_hidden = in_data = capturing = phonetic = formula = valued = rich = False
        cells: dict = {}
        kind = style = None
        # The text of <v>, of <is> and of <f>; `into` is the one being collected.
        stored: list[str] = []
        inline: list[str] = []
        formula_pieces: list[str] = []
        into = stored

        def start(name: str, attributes: Attributes) -> None:
            nonlocal row_number, column, row_hidden, in_data, capturing, phonetic
            nonlocal formula, valued, cells, kind, style, into, rich
            name = known(name)
            if name == "c":
                reference = attributes.get("r")
                if reference is None:
                    column += 1
                else:
                    column = column_index(reference.rstrip("0123456789"))
                kind = attributes.get("t")
                style = attributes.get("s")
                formula = valued = False
                rich = has_pictures and "vm" in attributes
                stored.clear()
                inline.clear()
            elif name == "v":
                capturing = valued = True
                into = stored
            elif name == "row":
                self.seen += 1
                row_number = int(attributes.get("r", row_number + 1))
                if not 0 < row_number <= LAST_ROW:
                    raise ValueError("no such row")
                row_hidden = attributes.get("hidden") in ("1", "true")
                cells = {}
                column = 0
            elif name == "t":
                capturing = valued = in_data and not phonetic
                into = inline
            elif name == "f":
                formula = capturing = True
                into = formula_pieces
                formula_pieces.clear()
            elif name == "rPh":
                phonetic = True
            elif name == "sheetData":
                in_data = True
            elif name == "mergeCell":
                merged.append(attributes.get("ref", ""))
            elif name == "col" and attributes.get("hidden") in ("1", "true"):
                hidden_columns.append((int(attributes["min"]), int(attributes["max"])))

        def end(name: str) -> None:
            nonlocal capturing, phonetic, in_data
            name = known(name)
            if name == "c":
                if column > LAST_COLUMN:
                    raise ValueError("no such column")
                if formula and PICTURE_FORMULA("".join(formula_pieces)):
                    cells[column] = (PICTURE, "=" + "".join(formula_pieces))
                elif stored and kind != "inlineStr":
                    text = "".join(stored)
                    if kind is None or kind == "n":
                        text = text.strip()
                        if text:
                            cells[column] = (number_kind(style, NUMBER), text)
                    elif kind == "s":
                        # One bad number damages its cell, not the whole file.
                        try:
                            text = strings[int(text)] if text[0] != "-" else None
                        except (ValueError, IndexError):
                            text = None
                        if text is None:
                            cells[column] = (DAMAGED, "".join(stored))
                        elif text:
                            cells[column] = of_text(text)
                    elif kind == "e" and rich:
                        cells[column] = (PICTURE, "".join(stored))
                    else:
                        text = unescaped(text)
                        of_kind = KINDS.get(kind, TEXT)
                        cells[column] = of_text(text) if of_kind == TEXT else (of_kind, text)
                elif inline or stored:
                    # Some programs repeat the text in <v>, which then says the same.
                    text = unescaped("".join(inline or stored))
                    if inline and stored and not same_text(text, "".join(stored)):
                        cells[column] = (DAMAGED, text)
                    elif text:
                        cells[column] = of_text(text)
                elif formula and not (kind == "str" and valued):
                    # An empty text is a result, a missing one is not.
                    cells[column] = (FORMULA, "=" + "".join(formula_pieces))
            elif name == "v" or name == "t" or name == "f":
                capturing = False
            elif name == "row":
                if cells:
                    found.append(Row(row_number, cells, hidden=row_hidden))
            elif name == "rPh":
                phonetic = False
            elif name == "sheetData":
                in_data = False

        def text(data: str) -> None:
            if capturing:
                into.append(data)

        reader = parser()
        reader.StartElementHandler = start
        reader.EndElementHandler = end
        reader.CharacterDataHandler = text
        return reader


class Workbook:
    """
    An .xlsx that container.identify() has let through.

    Use it as a context manager. Raises Unreadable: E102 damaged, E103 with a DTD, E108 with
    too many sheets, E116 without worksheets.
    """

    def __init__(self, path: Path) -> None:
        """Read sheet names, shared texts and styles."""
        try:
            self.archive = PackageFile(path)
        except (*BROKEN, ValueError, KeyError) as broken:
            raise Unreadable("E102") from broken
        self.date1904 = False
        try:
            self._open()
        except Unreadable:
            self.archive.close()
            raise

    def _open(self) -> None:
        """Read everything but the rows."""
        self._types = content_types(self.archive)
        main = main_part(self.archive, self._types)
        self._related = relations(self.archive, main)
        self.sheets = self._sheets(main)
        # Sheets that this program added do not count against the limit.
        ours = {sheet.name for sheet in self.sheets} & OUR_SHEETS
        if len(self.sheets) - len(ours) > limits.SHEETS:
            raise Unreadable("E108", found=len(self.sheets), limit=limits.SHEETS)
        if not self.sheets:
            raise Unreadable("E116")
        self.strings = shared_texts(self.archive, self._part("sharedStrings"))
        self.number_kinds = number_kinds(self.archive, self._part("styles"))
        self.has_pictures = has_picture_values(self.archive)

    def __enter__(self) -> "Workbook":
        """Return itself."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close the file."""
        self.archive.close()

    def _sheets(self, main: str) -> list[Sheet]:
        """Return the worksheets in the order of their tabs, without chart sheets."""
        found: list[Sheet] = []
        lost: list[str] = []
        known = names("sheet").get

        def take(name: str, attributes: Attributes) -> None:
            if local(name) == "workbookPr":
                # Extensions have an element of this name too, without the attribute.
                self.date1904 |= attributes.get("date1904", "").lower() in ("1", "true", "on")
            elif known(name):
                relation = next((v for k, v in attributes.items() if k.endswith(" id")), "")
                kind, part = self._related.get(relation, ("", ""))
                if kind == "worksheet":
                    state = attributes.get("state", "visible")
                    found.append(Sheet(self, attributes.get("name", ""), state, part))
                elif not kind:
                    lost.append(relation)

        reader = parser()
        reader.StartElementHandler = take
        for _ in fed(self.archive, main, reader):
            pass
        if lost and not found:
            raise Unreadable("E102")
        return found

    def _part(self, kind: str) -> str | None:
        """
        Return the path of the workbook's part of a kind; None without one.

        Raises Unreadable if the workbook names one that is not there.
        """
        named = [part for found, part in self._related.values() if found == kind]
        ending = PART_TYPES[kind]
        declared = [part for part, of in self._types.overrides.items() if of.endswith(ending)]
        for part in (*named, *declared):
            if self.archive.has(part):
                return part
        if named and kind == "sharedStrings":
            raise Unreadable("E102")
        return None


def of_text(text: str) -> tuple[str, str]:
    """Return the cell of a text; one that is a picture's formula is a picture."""
    if text[0] == "=" and PICTURE_FORMULA(text):
        return PICTURE, text
    return TEXT, text


def same_text(one: str, other: str) -> bool:
    """Return whether two texts are the same, or the same number."""
    if one.strip() == other.strip():
        return True
    try:
        return float(one) == float(other)
    except ValueError:
        return False
