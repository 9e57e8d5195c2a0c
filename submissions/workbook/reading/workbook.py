"""
A city's file into a Reading: which sheets are read, which are missing, what each contains.

Runs in the reading child; the web process calls sandbox.read_sandboxed().
"""

from pathlib import Path

from submissions.workbook.cells import Row
from submissions.workbook.contents import Fault, Reading
from submissions.workbook.faults import Faults, Unreadable
from submissions.workbook.layout import (
    CITY,
    ENTERPRISES,
    META_SHEET,
    OUR_SHEETS,
    STAMP_LABEL,
    TABLES,
    TableLayout,
)
from submissions.workbook.reading import delimited
from submissions.workbook.reading.binary_workbook import BinarySheet, BinaryWorkbook
from submissions.workbook.reading.container import CSV, XLS, identify
from submissions.workbook.reading.headings import find_header, fold
from submissions.workbook.reading.progress import ProgressCallback, RowCounter
from submissions.workbook.reading.spreadsheet import Sheet, Workbook
from submissions.workbook.reading.tables import TableReader, reported_cells
from submissions.workbook.reading.values import NOT_REPORTED, squeezed

# The two readers give rows, sheets and workbooks of the same shape.
AnySheet = Sheet | BinarySheet
AnyWorkbook = Workbook | BinaryWorkbook

# How many sheet names a message lists.
LISTED = 10

# Longer than any stamp.
STAMP_CHARACTERS = 500
# Of a sheet's name: Excel allows 31.
SHEET_CHARACTERS = 60


def read(path: Path, name: str | None = None, report: ProgressCallback | None = None) -> Reading:
    """
    Return the values of a file, each with its cell, and its faults.

    `name` is the user's own file name; without it the path's. `report` is called from time to
    time with rows read and rows there are. Raises nothing for the file's content: an unreadable
    one gives a Reading without tables and with one fault.
    """
    faults = Faults()
    reading = Reading()
    try:
        reading.form = identify(path, name or path.name, faults)
        if reading.form == CSV:
            _read_csv(path, reading, faults, RowCounter(report))
        else:
            with BinaryWorkbook(path) if reading.form == XLS else Workbook(path) as workbook:
                _read_workbook(workbook, reading, faults, RowCounter(report))
    except Unreadable as refusal:
        return Reading({}, [refusal.fault], reading.form)
    except MemoryError:
        return Reading({}, [Fault("E104")], reading.form)
    reading.faults = faults.all()
    if not_filled_in(reading):
        reading.tables, reading.faults = {}, [Fault("E210")]
    return reading


def not_filled_in(reading: Reading) -> bool:
    """
    Return whether a workbook has lines and nothing in them that would be reported.

    A template as it was downloaded has hundreds of blank cells and one thing to say.
    """
    tables = reading.tables.values()
    lines = [(table, line) for table in tables for line in table.lines]
    if not lines or CITY.kind not in reading.tables or any(table.nil for table in tables):
        return False
    return not any(
        squeezed(value.written) not in NOT_REPORTED
        for table, line in lines
        for value in reported_cells(line, TABLES[table.kind])
    )


def _read_csv(path: Path, reading: Reading, faults: Faults, count: RowCounter) -> None:
    """Read the enterprise lines, the only table a csv can hold."""

    def headings_found(rows: list[Row]) -> int:
        header = find_header(rows, ENTERPRISES)
        return len(header.columns) if header else 0

    rows = delimited.read_rows(path, headings_found)
    count.expect(len(rows))
    table = TableReader(ENTERPRISES, ENTERPRISES.sheet, faults).read(count.listed(rows))
    if table:
        reading.tables[ENTERPRISES.kind] = table
    faults.add("W139", heading=CITY.sheet)


def _read_workbook(
    workbook: AnyWorkbook, reading: Reading, faults: Faults, count: RowCounter
) -> None:
    """Read the sheets whose names are in the layout."""
    if isinstance(workbook, BinaryWorkbook) and workbook.links_elsewhere:
        faults.add("W194")
    reading.stamp = _stamp(workbook)
    visible = [sheet.name for sheet in workbook.sheets if sheet.state == "visible"]
    reading.sheets = [name[:SHEET_CHARACTERS] for name in visible]
    chosen = _chosen(workbook, faults)
    if count.is_reporting:
        count.expect(sum(sheet.row_count() for _layout, sheet in chosen))
    for layout, sheet in chosen:
        reader = TableReader(layout, sheet.name, faults, date1904=workbook.date1904)
        if layout is ENTERPRISES and (city := reading.tables.get(CITY.kind)):
            reader.city_nil = city.nil
        table = _read_sheet(reader, sheet, count)
        if table:
            reading.tables[layout.kind] = table
    kinds = {layout.kind for layout, _sheet in chosen}
    if ENTERPRISES.kind not in kinds:
        theirs = [sheet.name for sheet in workbook.sheets if sheet.name not in OUR_SHEETS]
        names = ", ".join(theirs[:LISTED])
        faults.add("E138", heading=ENTERPRISES.sheet, found=names)
    if CITY.kind not in kinds:
        faults.add("W139", heading=CITY.sheet)


def _stamp(workbook: AnyWorkbook) -> str | None:
    """Return the stamp in the template's hidden sheet; None without one."""
    for sheet in workbook.sheets:
        if sheet.name == META_SHEET:
            for row in sheet.rows():
                texts = [text for _kind, text in row.cells.values()]
                if len(texts) > 1 and texts[0] == STAMP_LABEL:
                    return texts[1][:STAMP_CHARACTERS]
    return None


def _read_sheet(reader: TableReader, sheet: AnySheet, count: RowCounter):
    """Return the table of a sheet, None without headings. Raises Unreadable with the sheet."""
    try:
        table = reader.read(count.of_sheet(sheet))
    except Unreadable as refusal:
        fault = refusal.fault
        refusal.fault = Fault(fault.code, sheet.name, fault.cell, fault.value, fault.params)
        raise
    if table:
        reader.take_frame(sheet.hidden_columns, sheet.merged)
    return table


def _chosen(workbook: AnyWorkbook, faults: Faults) -> list[tuple[TableLayout, AnySheet]]:
    """
    Return the sheets to read, chosen by name, never by which was open last.

    A hidden sheet is not read: the person who checked the workbook did not see it.
    """
    chosen = []
    for layout in TABLES.values():
        named = [sheet for sheet in workbook.sheets if fold(sheet.name) == fold(layout.sheet)]
        seen = [sheet for sheet in named if sheet.state == "visible"]
        for sheet in named:
            if sheet not in seen:
                faults.add("W127", sheet.name)
        for sheet in seen[1:]:
            faults.add("E130", sheet.name, first=seen[0].name)
        if seen:
            chosen.append((layout, seen[0]))
    return chosen
