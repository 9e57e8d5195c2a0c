"""
Rows to the bytes of a file that a spreadsheet opens and never runs.

The one way out for every table: the register's export, the API's ?format=csv and xlsx. A cell's
Python type decides, never its text: an int or Decimal stays a number, a negative one too; text
that a spreadsheet would take for a formula stays text. Headings are text like any other.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Cell = str | int | Decimal | date | datetime | None

# What Excel, WPS and LibreOffice take for the start of a formula, full-width kin and what is
# invisible before it included. Apostrophes in front count, so that guarding can be undone.
FORMULA_LIKE = re.compile(
    "'*[\\s\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]*[=+\\-@\t\r\n\0＝＋－＠]"
)
# What XML cannot hold; a spreadsheet would call the whole file damaged.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# A spreadsheet's own limit of one cell.
CELL_LENGTH = 32_767
BOM = "\ufeff"
# Rows of a CSV that are made, and sent, at once.
CHUNK_ROWS = 1_000


def attachment(content: bytes, name: str, kind: str) -> HttpResponse:
    """Return a download with this file name and content type, for its reader alone."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def csv_bytes(headings: Iterable[str], rows: Iterable[Iterable[Cell]]) -> bytes:
    """Return a table as CSV, as `csv_chunks` makes it."""
    return b"".join(csv_chunks(headings, rows))


def csv_chunks(headings: Iterable[str], rows: Iterable[Iterable[Cell]]) -> Iterator[bytes]:
    """
    Yield a table as CSV: UTF-8 with BOM (else Excel and WPS in China show garbage), CRLF.

    None is an empty cell. Text like a formula gets an apostrophe, which `unguarded` takes off.
    Many rows a chunk, because each chunk that is sent is compressed by itself.
    """
    lines, text = chain([headings], rows), io.StringIO(newline="")
    writer = csv.writer(text)
    text.write(BOM)
    while some := list(islice(lines, CHUNK_ROWS)):
        writer.writerows([_csv_cell(value) for value in row] for row in some)
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()


def xlsx_bytes(
    title: str,
    headings: Iterable[str],
    rows: Iterable[Iterable[Cell]],
    about: Iterable[Iterable[Cell]] = (),
) -> bytes:
    """Return a table as a workbook, as `xlsx_file` makes it."""
    with xlsx_file(title, headings, rows, about) as file:
        return file.read()


def xlsx_file(
    title: str,
    headings: Iterable[str],
    rows: Iterable[Iterable[Cell]],
    about: Iterable[Iterable[Cell]] = (),
) -> BinaryIO:
    """
    Return a table as a workbook: a sheet of this title, headings in its first row.

    Text is in text format, so that a credit code is not read as a number. None is an empty cell.
    about are the rows of a second sheet, 说明; without them there is none. The file is a
    temporary one, open at its start, which goes when it is closed.
    """
    workbook = Workbook(write_only=True)
    try:
        _write(workbook, title, chain([headings], rows))
        if about := list(about):
            _write(workbook, "说明", about)
    except BaseException:
        # So that openpyxl removes the files of its sheets.
        workbook.save(io.BytesIO())
        raise
    # Whoever sends it closes it.
    out = cast(BinaryIO, TemporaryFile())  # noqa: SIM115
    try:
        workbook.save(out)
    except BaseException:
        out.close()
        raise
    out.seek(0)
    return out


def _write(workbook: Workbook, title: str, lines: Iterable[Iterable[Cell]]) -> None:
    """Add a sheet with these lines."""
    sheet = workbook.create_sheet(_sheet_title(title))
    for line in lines:
        sheet.append([_xlsx_cell(sheet, value) for value in line])


def unguarded(text: str) -> str:
    """Return a CSV cell's text as it was before `csv_bytes` guarded it; any other unchanged."""
    return text[1:] if text.startswith("'") and FORMULA_LIKE.match(text[1:]) else text


def _csv_cell(value: Cell) -> str | int:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, date):
        return _local(value).isoformat()
    text = _writable(value)
    return f"'{text}" if FORMULA_LIKE.match(text) else text


def _xlsx_cell(sheet, value: Cell):
    """Return a number, day or nothing as it is; text in a cell of its own, in text format."""
    if value is None:
        return None
    if isinstance(value, date):
        # Excel knows no time zones: it is shown in the province's.
        local = _local(value)
        return local.replace(tzinfo=None) if isinstance(local, datetime) else local
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return value
    text = _writable(value)
    cell = WriteOnlyCell(sheet, text)
    # Setting a value that starts with = makes a formula of it: take that back.
    cell.data_type = "s"
    cell.number_format = "@"
    if FORMULA_LIKE.match(text):
        cell.quotePrefix = True
    return cell


def _local(value: date) -> date:
    aware = isinstance(value, datetime) and timezone.is_aware(value)
    return timezone.localtime(value) if aware else value


def _writable(value) -> str:
    """Return a value's text without what no file can hold; cut, visibly, at a cell's limit."""
    text = UNWRITABLE.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n"))
    return text if len(text) <= CELL_LENGTH else text[: CELL_LENGTH - 1] + "…"


def _sheet_title(title: str) -> str:
    """Return a title as a sheet may bear it: at most 31 characters, none of them []:*?/\\."""
    return re.sub(r"[\[\]:*?/\\]", " ", _writable(title)).strip(" '")[:31] or "Sheet1"
