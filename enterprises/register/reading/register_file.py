"""
The rows of a register's file, .xlsx or CSV. Pure; runs in the reading child alone.

Own reading in place of django-import-export's: hers believes the <dimension> that WPS writes
wrongly, and loses rows (tablib#482); and reports success for a heading that it did not know.
"""

import csv
import io
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice

from enterprises.register.reading import limits

CODE, NAME, CITY = "统一社会信用代码", "企业名称", "所在城市"
PARK, FIELD, STATUS, DEMONSTRATION = "所属园区", "行业领域", "状态", "示例数据"
REQUIRED = (CODE, NAME, CITY)
HEADINGS = (*REQUIRED, PARK, FIELD, STATUS, DEMONSTRATION)

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# Cells that a refusal names.
NAMED = 10


class RegisterFault(Exception):
    """
    A file cannot be read as a register.

    code    its words are in reading_sandbox.py
    params  what stands in them
    """

    def __init__(self, code: str, **params: object) -> None:
        """Take the code and what stands in its words."""
        super().__init__(code)
        self.code = code
        self.params = params


def fold(text: object) -> str:
    """Return a heading or name as it is compared: narrow, without white space, lower case."""
    return "".join(unicodedata.normalize("NFKC", str(text)).split()).casefold()


def is_workbook(content: bytes) -> bool:
    """Return whether a file is an .xlsx, by its first bytes and whatever its name."""
    return content.startswith(ZIP)


def rows_of(content: bytes) -> Iterator[list]:
    """
    Yield the headings as we write them, then [number in the user's file, *cells] of each row.

    Blank rows are left out; each row has as many cells as there are headings. Raises
    RegisterFault, also at the end; a damaged workbook raises what its reader raises.
    """
    return _numbered(_workbook_rows(content) if is_workbook(content) else _csv_rows(content))


# ---- the two formats -------------------------------------------------------------------


def _csv_rows(content: bytes) -> Iterator[list]:
    """Yield rows of UTF-8 with or without BOM, or GB18030, as Excel and WPS in China write it."""
    if content.startswith(OLE):
        raise RegisterFault("old_workbook")
    try:
        yield from csv.reader(io.StringIO(_decoded(content), newline=""))
    except csv.Error:
        raise RegisterFault("damaged_csv") from None


def _decoded(content: bytes) -> str:
    # Bytes that are not UTF-8 are GB18030, or no text.
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RegisterFault("no_text")


def _workbook_rows(content: bytes) -> Iterator[list]:
    """Yield the rows of the one filled sheet. Formulas are refused, not read as their result."""
    # Not needed, and slow to import, for a CSV.
    from openpyxl import load_workbook

    _refuse_bomb(content)
    workbook = load_workbook(io.BytesIO(content), read_only=True)
    yield from _sheet_rows(_only_filled_sheet(workbook))


def _refuse_bomb(content: bytes) -> None:
    # The directory says what it will unpack to; zipfile refuses a member that says too little.
    with zipfile.ZipFile(io.BytesIO(content)) as members:
        entries = members.infolist()
    packed = {entry: max(entry.compress_size, 1) for entry in entries}
    if sum(entry.file_size for entry in entries) > limits.UNPACKED_SIZE or any(
        entry.file_size > limits.RATIO_ASKED_ABOVE
        and entry.file_size > limits.RATIO * packed[entry]
        for entry in entries
    ):
        raise RegisterFault("bomb")


def _only_filled_sheet(workbook):
    filled = []
    for sheet in workbook.worksheets:
        # WPS writes A1 here whatever the sheet holds.
        sheet.reset_dimensions()
        if any(any(row) for row in islice(sheet.iter_rows(values_only=True), limits.ROWS)):
            filled.append(sheet)
    if len(filled) > 1:
        raise RegisterFault("several_sheets")
    if not filled:
        raise RegisterFault("empty")
    return filled[0]


def _sheet_rows(sheet) -> Iterator[list]:
    computed: list[str] = []
    for row in sheet.iter_rows():
        if len(computed) <= NAMED:
            computed += [cell.coordinate for cell in row if cell.data_type in ("f", "e")]
        yield [cell.value for cell in row]
    if computed:
        cells = ", ".join(computed[:NAMED]) + ("…" if len(computed) > NAMED else "")
        raise RegisterFault("computed", cells=cells)


# ---- what is common to both ------------------------------------------------------------


def _numbered(rows: Iterable[list]) -> Iterator[list]:
    """Yield the headings, then the rows that are not blank, each with its number."""
    numbered = ((n, row) for n, row in enumerate(rows, start=1) if not all(map(_is_blank, row)))
    _first, found = next(numbered, (0, []))
    while found and _is_blank(found[-1]):
        found.pop()
    yield _headings(found)
    count = 0
    for count, (number, row) in enumerate(numbered, start=1):
        if not all(map(_is_blank, row[len(found) :])):
            raise RegisterFault("long_row", row=number)
        if count > limits.ROWS:
            raise RegisterFault("many_rows", rows=limits.ROWS)
        # PostgreSQL takes no NUL in a text.
        if any(isinstance(cell, str) and "\0" in cell for cell in row):
            raise RegisterFault("no_character", row=number)
        yield [number, *[*row, *[None] * (len(found) - len(row))][: len(found)]]
    if not count:
        raise RegisterFault("no_row")


def _is_blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _headings(found: list) -> list[str]:
    """Return the headings as we write them. Raises RegisterFault with all that is wrong."""
    known = {fold(heading): heading for heading in HEADINGS}
    headings = [known.get(fold("" if cell is None else cell)) for cell in found]
    unknown = [str(cell) for cell, heading in zip(found, headings, strict=True) if not heading]
    missing = [heading for heading in REQUIRED if heading not in headings]
    named = [heading for heading in headings if heading]
    twice = sorted({heading for heading in named if named.count(heading) > 1})
    if unknown or missing or twice:
        raise RegisterFault("headings", unknown=unknown[:NAMED], missing=missing, twice=twice)
    return named
