"""Cells of a staged row: heading, value in the stored unit, address."""

from dataclasses import dataclass
from decimal import Decimal

from submissions.models import StagedRow
from submissions.workbook.layout import CITY_MEASURES, TABLES, CellKind, LayoutColumn

# How a page formats each kind of column.
SHOWN_AS = {CellKind.MONEY: "amount", CellKind.COUNT: "count"}


@dataclass(frozen=True, slots=True)
class SourceCell:
    """
    A cell of a row.

    cell   its address in the user's own file; "" where the file has no such column
    value  a Decimal (in yuan, or a count), a text, or None for what is not reported
    kind   how it is formatted: amount, count or text
    """

    field: str
    heading: str
    cell: str
    value: Decimal | str | None
    kind: str


def source_cell(row: StagedRow, field: str) -> SourceCell:
    """Return one cell of a row. Raises KeyError for a field without a cell."""
    column = TABLES[row.kind].column(field)
    shown = shown_as(row, column)
    text = row.values.get(field) or None
    value = Decimal(text) if text and shown != "text" else text
    return SourceCell(field, column.heading, row.cells[field], value, shown)


def shown_as(row: StagedRow, column: LayoutColumn) -> str:
    """Return how a value of a row is formatted: amount, count or text."""
    kind = column.kind
    if row.kind == StagedRow.RowKind.CITY and kind is CellKind.MONEY:
        # Money or a count, by the row's measure.
        kind = CITY_MEASURES.get(row.key, column).kind
    return SHOWN_AS.get(kind, "text")


def subject(row: StagedRow) -> str:
    """Return the name of what a row is about: an enterprise, a park, a block, a measure, a step."""
    if row.kind == StagedRow.RowKind.CITY:
        return CITY_MEASURES[row.key].heading if row.key in CITY_MEASURES else row.key
    if row.kind == StagedRow.RowKind.TASKS:
        words = (row.values.get("number"), row.values.get("step"))
        return " ".join(filter(None, words)) or row.key
    return row.values.get("name") or row.key
