"""
The API's lists: JSON in pages, CSV and XLSX whole.

A page costs what it shows, however long the list. A file is made row by row: a CSV is sent as it
is made, a workbook is made in a temporary file first, because its table of contents comes last.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from ninja import Schema
from pydantic import Field

from config.api.indicator_rows import NESTED, NoteRow
from foundation.exporting import CSV_TYPE, XLSX_TYPE, Cell, csv_chunks, xlsx_file

# Rows of a page unless ?limit= asks for another number, and at most.
LIMIT, MOST = 500, 5_000
# Above what a database can be asked to skip there is no row.
LAST_OFFSET = 2**31 - 1
# Rows of a file that are read from the database at once.
CHUNK = 2_000

Row = TypeVar("Row")


class Format(StrEnum):
    """How a list may come."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


class ListQuery(Schema):
    """What a list may be asked for; limit and offset are of JSON alone, files come whole."""

    format: Format = Format.JSON
    limit: int = Field(LIMIT, ge=1, le=MOST, description="Rows of a JSON page.")
    offset: int = Field(0, ge=0, le=LAST_OFFSET, description="Rows before a JSON page.")


class Page(Schema, Generic[Row]):
    """
    A page of a list.

    count is the number of rows of the whole list; next is the address of the page that follows,
    null on the last one.
    """

    count: int
    next: str | None
    results: list[Row]


def listed(
    request,
    name: str,
    found: QuerySet | Sequence,
    row_of: Callable[[Any], Schema],
    kind: type[Schema],
    asked: ListQuery,
):
    """
    Return a list in the form asked for; a file holds the rows of all pages in the same order.

    found are the records in a total order, `row_of` makes a row, of the type `kind`, of each.
    """
    if asked.format is not Format.JSON:
        request.rows_sent = counted(found)
        return file(name, (row_of(one) for one in every(found)), kind, asked.format)
    count = counted(found)
    end = asked.offset + asked.limit
    request.rows_sent = max(min(asked.limit, count - asked.offset), 0)
    return {
        "count": count,
        "next": following(request, asked.limit, end) if end < count else None,
        "results": [row_of(one) for one in between(found, asked.offset, end)],
    }


def counted(found: QuerySet | Sequence) -> int:
    """Return the number of records. One query, or none."""
    return found.count() if isinstance(found, QuerySet) else len(found)


def between(found: QuerySet | Sequence, start: int, end: int) -> Iterable:
    """Return the records from one position to another; only keys are skipped, without joins."""
    if not isinstance(found, QuerySet):
        return found[start:end]
    keys = list(found.values_list("pk", flat=True)[start:end])
    return found.filter(pk__in=keys)


def following(request, limit: int, offset: int) -> str:
    """Return the address of the page at an offset; what else was asked for stays."""
    query = request.GET.copy()
    query["limit"], query["offset"] = str(limit), str(offset)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def every(found: QuerySet | Sequence) -> Iterable:
    """Return all records, read from the database as they are asked for."""
    return found.iterator(chunk_size=CHUNK) if isinstance(found, QuerySet) else found


# ---- files -----------------------------------------------------------------------------


def file(name: str, rows: Iterable[Schema], kind: type[Schema], form: Format):
    """Return rows as a file to keep."""
    shown = columns(kind)
    headings = [f"{field}_{inner}" if inner else field for field, inner in shown]
    table = ([cell(row, field, inner) for field, inner in shown] for row in rows)
    if form is Format.CSV:
        response = StreamingHttpResponse(begun(csv_chunks(headings, table)), content_type=CSV_TYPE)
    else:
        response = FileResponse(xlsx_file(name, headings, table), content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def begun(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Return the same chunks, the first one made: what fails at once is answered as an error."""
    first = next(chunks)

    def rest():
        yield first
        yield from chunks

    return rest()


def columns(kind: type[Schema]) -> list[tuple[str, str]]:
    """Return the columns of a file of such rows; a record within a row has one for each field."""
    return [
        (name, inner)
        for name in kind.model_fields
        for inner in (NESTED[name].model_fields if name in NESTED else [""])
    ]


def cell(row: Schema, name: str, inner: str) -> Cell:
    """Return a row's value as a spreadsheet can hold it: a list becomes words."""
    value = getattr(row, name)
    if inner:
        value = getattr(value, inner) if value else None
    if isinstance(value, list):
        return _words(value)
    return str(value).lower() if isinstance(value, bool) else value


def _words(values: list) -> str:
    """Return a list in one cell: codes side by side; explanations a line each."""
    if values and isinstance(values[0], NoteRow):
        return "\n".join(f"{one.text} ({one.by}, {timezone.localdate(one.at)})" for one in values)
    return " ".join(values)
