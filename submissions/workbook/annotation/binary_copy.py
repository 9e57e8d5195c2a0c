"""An .xls or .et as .xlsx: values, number formats and widths; formulas become their results."""

from collections.abc import Callable
from pathlib import Path

from submissions.workbook.annotation.index_sheet import text_cell
from submissions.workbook.annotation.plain_workbook import (
    HEAD,
    MAIN,
    PlainSheet,
    plain_styles,
    workbook,
)
from submissions.workbook.cells import BOOL, DATE, ERROR, FORMULA, NUMBER, Cell, Row, letters
from submissions.workbook.reading.binary_workbook import BinarySheet, BinaryWorkbook
from submissions.workbook.xml_patch import escape_attribute, escape_text

# The error #N/A stands for a formula without a result: a blank cell would be "not reported".
TYPES = {BOOL: ' t="b"', ERROR: ' t="e"', FORMULA: ' t="e"', NUMBER: "", DATE: ""}
WITHOUT_RESULT = "#N/A"
# What an .xlsx may hold as an error.
ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", WITHOUT_RESULT}


def as_xlsx(path: Path) -> bytes:
    """Return the workbook with all its sheets, hidden ones too. Raises Unreadable."""
    formats: dict[str, int] = {"": 0}
    with BinaryWorkbook(path) as book:
        sheets = [
            PlainSheet(sheet.name, _sheet_xml(sheet, formats), sheet.state) for sheet in book.sheets
        ]
        return workbook(sheets, plain_styles(list(formats)[1:]), date1904=book.date1904)


def _sheet_xml(sheet: BinarySheet, formats: dict[str, int]) -> str:
    """Return a sheet; number formats that are new are added to `formats` with their style."""

    def style(row: int, column: int) -> int:
        return formats.setdefault(sheet.number_format(row, column), len(formats))

    data = "".join(_row(row, style) for row in sheet.rows())
    hidden = {first for first, _last in sheet.hidden_columns}
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width:.2f}" customWidth="1" '
        f'hidden="{int(at in hidden)}"/>'
        for at, width in sheet.widths.items()
    )
    merged = "".join(f'<mergeCell ref="{reference}"/>' for reference in sheet.merged)
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}">'
        + (f"<cols>{columns}</cols>" if columns else "")
        + f"<sheetData>{data}</sheetData>"
        + (f"<mergeCells>{merged}</mergeCells>" if merged else "")
        + "</worksheet>"
    )


def _row(row: Row, style: Callable[[int, int], int]) -> str:
    """Return a row of cells, each with the style of its number format."""
    cells = "".join(
        _cell(f"{letters(column)}{row.number}", cell, style(row.number, column))
        for column, cell in sorted(row.cells.items())
    )
    return f'<row r="{row.number}" hidden="{int(row.hidden)}">{cells}</row>'


def _cell(at: str, cell: Cell, style: int) -> str:
    """Return a cell of the same kind and value."""
    kind, text = cell
    if kind not in TYPES:
        return text_cell(at, text, style)
    if kind == FORMULA or (kind == ERROR and text not in ERRORS):
        text = WITHOUT_RESULT
    return f'<c r="{escape_attribute(at)}" s="{style}"{TYPES[kind]}><v>{escape_text(text)}</v></c>'
