"""What the reading child tells of a foreign file: its first rows, and what a layout finds in it."""

from collections.abc import Mapping
from decimal import Decimal

from submissions.workbook.cells import Row, column_index, letters
from submissions.workbook.contents import Line, SheetTable
from submissions.workbook.foreign.applying import AppliedLayout
from submissions.workbook.foreign.foreign_file import ForeignFile, ForeignSheet
from submissions.workbook.layout import CITY, ENTERPRISES, TABLES
from submissions.workbook.limits import SHEETS, USED_COLUMNS
from submissions.workbook.staged_text import as_text

# A text of a heading is compared as far as its 120th character, without blanks.
CHARACTERS = 400
LINES_SHOWN = 8
LEFT_OUT_SHOWN = 50
FAULTS_SHOWN = 20


def sample(file: ForeignFile) -> dict:
    """Return the first rows of each sheet that can be seen, as values of JSON."""
    return {
        "form": file.form,
        "sheets": [
            {
                "name": sheet.name,
                "count": len(sheet.rows),
                "rows": [
                    [row.number, {letters(at): [kind, text[:CHARACTERS]]
                                  for at, (kind, text) in list(row.cells.items())[:USED_COLUMNS]}]
                    for row in sheet.top
                ],
            }
            for sheet in file.visible[:SHEETS]
        ],
    }  # fmt: skip


def sampled(stored: dict) -> list[ForeignSheet]:
    """Return the sheets, with their first rows only, that sample() told of."""
    return [
        ForeignSheet(
            sheet["name"],
            True,
            [
                Row(number, {column_index(at): tuple(cell) for at, cell in cells.items()})
                for number, cells in sheet["rows"]
            ],
        )
        for sheet in stored["sheets"]
    ]


def contents(applied: AppliedLayout) -> dict:
    """Return what a layout finds in a file, by city and quarter, as values of JSON."""
    parts = []
    for city, quarter in applied.places():
        tables = []
        for kind in (CITY.kind, ENTERPRISES.kind):
            own = applied.slices.found.get((kind, city, quarter))
            if own:
                done = applied.cumulative(own)
                tables.append(
                    _table(done.table)
                    | {
                        "left_out": done.left_out[:LEFT_OUT_SHOWN],
                        "empty": len(done.empty),
                        "faults": [
                            [one.code, one.sheet, one.cell, one.value, one.params]
                            for one in done.faults[:FAULTS_SHOWN]
                        ],
                        "fault_count": len(done.faults),
                        "sources": [list(one) for one in own.sources],
                    }
                )
        parts.append({"city": city, "quarter": str(quarter), "tables": tables})
    problems = [[one.code, one.sheet, one.cell, one.value, one.params]
                for one in applied.problems()]  # fmt: skip
    return {"form": applied.file.form, "parts": parts, "problems": problems}


def _table(table: SheetTable) -> dict:
    """Return a table's number of lines, its sums, its first lines, and its firms without code."""
    return {
        "kind": table.kind,
        "sheet": table.sheet,
        "lines": len(table.lines),
        "columns": table.columns,
        "sums": _sums(table),
        "first": [_line(line) for line in table.lines[:LINES_SHOWN]],
        "open": [_firm(line) for line in table.lines if _is_open(table, line)],
    }


def _sums(table: SheetTable) -> dict[str, str]:
    """Return field -> the sum of its figures, of those that are reported; none of measures."""
    if table.kind == CITY.kind:
        return {}
    out: dict[str, str] = {}
    for column in TABLES[table.kind].figures:
        values = [value for line in table.lines
                  if isinstance(value := line.get(column.field), Decimal)]  # fmt: skip
        if values:
            out[column.field] = f"{sum(values):f}"
    return out


def _line(line: Line) -> dict:
    """Return a line's values with their cells."""
    return {
        "row": line.row,
        "values": {
            name: [as_text(value.value), value.cell, value.written]
            for name, value in line.values.items()
        },
    }


def _is_open(table: SheetTable, line: Line) -> bool:
    """Return whether a line is of a firm without a code."""
    return table.kind == ENTERPRISES.kind and line.get("credit_code") is None


def _firm(line: Line) -> list:
    """Return the name, the cell and the revenue of a firm without a code."""
    name: Mapping | str = str(line.get("name") or "")
    return [name, line.cell("name"), as_text(line.get("revenue"))]
