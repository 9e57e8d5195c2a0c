"""What stood in a workbook's cells: heading, value in the unit that is stored, cell."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from submissions.models import StagedRow
from submissions.workbook.layout import CITY_MEASURES, TABLES, CellKind, Column

# How a page writes each kind of column.
SHOWN_AS = {CellKind.MONEY: "amount", CellKind.COUNT: "count"}


@dataclass(frozen=True, slots=True)
class Written:
    """
    A cell of a row.

    cell   its address in the user's own file; "" where the file has no such column
    value  a Decimal (in yuan, or a count), a text, or None for what is not reported
    kind   how it is shown: amount, count or text
    """

    field: str
    heading: str
    cell: str
    value: Decimal | str | None
    kind: str


@dataclass(frozen=True, slots=True)
class CellColumn:
    """A column of a page: its heading, and how its values are shown."""

    heading: str
    kind: str


def headings(table: str) -> list[CellColumn]:
    """Return the columns of a table of the workbook, in the layout's order."""
    return [CellColumn(c.heading, SHOWN_AS.get(c.kind, "text")) for c in TABLES[table].columns]


def written(row: StagedRow) -> Iterator[Written]:
    """Yield the cells of a row, one for each column of the layout."""
    for column in TABLES[row.kind].columns:
        if column.field in row.cells:
            yield written_cell(row, column.field)
        else:
            yield Written(column.field, column.heading, "", None, "text")


def written_cell(row: StagedRow, field: str) -> Written:
    """Return one cell of a row. Raises KeyError for a field without a cell."""
    column = TABLES[row.kind].column(field)
    shown = shown_as(row, column)
    text = row.values.get(field) or None
    value = Decimal(text) if text and shown != "text" else text
    return Written(field, column.heading, row.cells[field], value, shown)


def shown_as(row: StagedRow, column: Column) -> str:
    """Return how a value of a row is written: amount, count or text."""
    kind = column.kind
    if row.kind == StagedRow.RowKind.CITY and kind is CellKind.MONEY:
        # Money or a count, by the row's measure.
        kind = CITY_MEASURES.get(row.key, column).kind
    return SHOWN_AS.get(kind, "text")


def subject(row: StagedRow) -> str:
    """Return what a row is of, as the workbook calls it: an enterprise, a park, a measure."""
    if row.kind == StagedRow.RowKind.CITY:
        return CITY_MEASURES[row.key].heading if row.key in CITY_MEASURES else row.key
    return row.values.get("name") or row.key
