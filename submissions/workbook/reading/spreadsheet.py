"""
An .xlsx, sheet by sheet and row by row, in one pass over each part.

A reader of our own, because openpyxl shows formulas without a result, hidden rows and merged
cells only if a file is read twice or held in memory whole (README.md). <dimension> is ignored;
blank cells are never built.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from submissions.workbook import limits
from submissions.workbook.cells import (
    BOOL,
    DATE,
    ERROR,
    FORMULA,
    LAST_COLUMN,
    LAST_ROW,
    NUMBER,
    TEXT,
    Row,
    column_index,
)
from submissions.workbook.faults import Unreadable
from submissions.workbook.layout import OUR_SHEETS
from submissions.workbook.package import (
    BROKEN,
    Attributes,
    counted,
    each_element,
    fed,
    local,
    parser,
    relations,
)

# Transitional and strict workbooks use two namespaces.
NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)

# Built-in number formats that show dates, the Chinese ones included.
DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}

# The beginning of a row, whatever its namespace is called.
ROW_TAG = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?row[\s/>]")

ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")

KINDS = {"s": TEXT, "str": TEXT, "inlineStr": TEXT, "b": BOOL, "e": ERROR, "d": DATE}


def names(*locals_: str) -> dict[str, str]:
    """Return expat name -> local name, for both namespaces."""
    return {f"{space} {name}": name for space in NAMESPACES for name in locals_}


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
        date_styles = self.workbook.date_styles
        hidden_columns, merged = self.hidden_columns, self.merged
        row_number = column = 0
        row_hidden = in_data = capturing = phonetic = formula = valued = False
        cells: dict = {}
        kind = style = None
        pieces: list[str] = []
        formula_pieces: list[str] = []

        def start(name: str, attributes: Attributes) -> None:
            nonlocal row_number, column, row_hidden, in_data, capturing, phonetic
            nonlocal formula, valued, cells, kind, style
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
                pieces.clear()
            elif name == "v":
                capturing = valued = True
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
            elif name == "f":
                formula = capturing = True
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
                if pieces:
                    text = "".join(pieces)
                    if kind is None or kind == "n":
                        cells[column] = (DATE if style in date_styles else NUMBER, text)
                    elif kind == "s":
                        if text[0] == "-":
                            raise ValueError("no such text")
                        text = strings[int(text)]
                        if text:
                            cells[column] = (TEXT, text)
                    else:
                        cells[column] = (KINDS.get(kind, TEXT), unescaped(text))
                elif formula and not (kind == "str" and valued):
                    # An empty text is a result, a missing one is not.
                    cells[column] = (FORMULA, "=" + "".join(formula_pieces))
            elif name == "v" or name == "t":
                capturing = False
            elif name == "row":
                if cells:
                    found.append(Row(row_number, cells, hidden=row_hidden))
            elif name == "f":
                capturing = False
                formula_pieces.extend(pieces)
                pieces.clear()
            elif name == "rPh":
                phonetic = False
            elif name == "sheetData":
                in_data = False

        def text(data: str) -> None:
            if capturing:
                pieces.append(data)

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
            self.archive = zipfile.ZipFile(path)
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
        main = next(
            (
                part
                for kind, part in relations(self.archive, "").values()
                if kind == "officeDocument"
            ),
            "xl/workbook.xml",
        )
        self._related = relations(self.archive, main)
        self.sheets = self._sheets(main)
        # Sheets that this program added do not count against the limit.
        ours = {sheet.name for sheet in self.sheets} & OUR_SHEETS
        if len(self.sheets) - len(ours) > limits.SHEETS:
            raise Unreadable("E108", found=len(self.sheets), limit=limits.SHEETS)
        if not self.sheets:
            raise Unreadable("E116")
        self.strings = self._strings()
        self.date_styles = self._date_styles()

    def __enter__(self) -> "Workbook":
        """Return itself."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close the file."""
        self.archive.close()

    def _sheets(self, main: str) -> list[Sheet]:
        """Return the worksheets in the order of their tabs, without chart sheets."""
        found: list[Sheet] = []

        def take(element: str, attributes: Attributes) -> None:
            if element == "workbookPr":
                self.date1904 = attributes.get("date1904") in ("1", "true")
            if element == "sheet":
                relation = next((v for k, v in attributes.items() if k.endswith(" id")), "")
                kind, part = self._related.get(relation, ("", ""))
                if kind == "worksheet":
                    state = attributes.get("state", "visible")
                    found.append(Sheet(self, attributes.get("name", ""), state, part))

        each_element(self.archive, main, take)
        return found

    def _part(self, kind: str) -> str | None:
        """Return the path of the workbook's part of a kind; None without one."""
        parts = (part for found, part in self._related.values() if found == kind)
        return next((part for part in parts if part in self.archive.NameToInfo), None)

    def _strings(self) -> list[str]:
        """Return the shared texts; runs of rich text are joined, phonetic guides left out."""
        found: list[str] = []
        part = self._part("sharedStrings")
        if part is None:
            return found
        pieces: list[str] = []
        phonetic = capturing = False

        def start(name: str, _attributes: Attributes) -> None:
            nonlocal phonetic, capturing
            name = local(name)
            if name == "t":
                capturing = not phonetic
            elif name == "si":
                pieces.clear()
            elif name == "rPh":
                phonetic = True

        def end(name: str) -> None:
            nonlocal phonetic, capturing
            name = local(name)
            if name == "t":
                capturing = False
            elif name == "si":
                found.append(unescaped("".join(pieces)))
            elif name == "rPh":
                phonetic = False

        def text(data: str) -> None:
            if capturing:
                pieces.append(data)

        reader = parser()
        reader.StartElementHandler = start
        reader.EndElementHandler = end
        reader.CharacterDataHandler = text
        for _ in fed(self.archive, part, reader):
            pass
        return found

    def _date_styles(self) -> set[str | None]:
        """Return the style numbers, as text, that show a number as a date."""
        part = self._part("styles")
        formats: dict[str, str] = {}
        styles: set[str | None] = set()
        if part is None:
            return styles
        inside = False
        count = 0

        def start(name: str, attributes: Attributes) -> None:
            nonlocal inside, count
            name = local(name)
            if name == "numFmt":
                formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            elif name == "cellXfs":
                inside = True
            elif name == "xf" and inside:
                number = attributes.get("numFmtId", "0")
                if shows_date(number, formats.get(number)):
                    styles.add(str(count))
                    if count == 0:
                        styles.add(None)
                count += 1

        def end(name: str) -> None:
            nonlocal inside
            if local(name) == "cellXfs":
                inside = False

        reader = parser()
        reader.StartElementHandler = start
        reader.EndElementHandler = end
        for _ in fed(self.archive, part, reader):
            pass
        return styles


def shows_date(number: str, code: str | None) -> bool:
    """Return whether a number format, by its number or its own code, shows a date."""
    if code is None:
        return number.isdecimal() and int(number) in DATE_FORMATS
    # Texts in quotes, escaped characters and [conditions] are not part of the pattern.
    pattern = re.sub(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', "", code).lower()
    return any(letter in pattern for letter in "yd") or "m" in pattern


def unescaped(text: str) -> str:
    """Return a text with escapes such as _x000D_ replaced by their characters."""
    if "_x" not in text:
        return text
    return ESCAPED.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    """Return the escaped character; half a surrogate pair stays as written."""
    code = int(match[1], 16)
    return match[0] if 0xD800 <= code <= 0xDFFF else chr(code)
