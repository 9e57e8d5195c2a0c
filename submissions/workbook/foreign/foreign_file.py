"""Any file that can be read, as sheets with their rows. Runs in a reading child."""

from dataclasses import dataclass, field
from pathlib import Path

from submissions.workbook.cells import Row
from submissions.workbook.contents import Fault
from submissions.workbook.faults import Faults
from submissions.workbook.layout import OUR_SHEETS
from submissions.workbook.limits import HEADER_WITHIN_ROWS
from submissions.workbook.reading import delimited
from submissions.workbook.reading.binary_workbook import BinaryWorkbook
from submissions.workbook.reading.container import CSV, XLS, identify
from submissions.workbook.reading.spreadsheet import Workbook

# A .csv has one sheet, without a name.
ONLY_SHEET = "csv"


@dataclass(slots=True)
class ForeignSheet:
    """A sheet: its name, whether it can be seen, its rows that are not blank, and its frame."""

    name: str
    is_visible: bool
    rows: list[Row]
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)

    @property
    def top(self) -> list[Row]:
        """Return the rows among which headings may stand, and those right beneath."""
        return [row for row in self.rows if row.number <= HEADER_WITHIN_ROWS + 3]


@dataclass(slots=True)
class ForeignFile:
    """A file: what it is, its sheets, what was found out while it was opened."""

    form: str
    sheets: list[ForeignSheet]
    faults: list[Fault]
    date1904: bool = False

    @property
    def visible(self) -> list[ForeignSheet]:
        """Return the sheets that a person sees and that have something in them."""
        return [sheet for sheet in self.sheets if sheet.is_visible and sheet.rows]


def read_file(path: Path, name: str) -> ForeignFile:
    """
    Return a file with all its rows. Raises Unreadable.

    A hidden sheet has no rows: who describes the file does not see it.
    """
    faults = Faults()
    form = identify(path, name, faults)
    if form == CSV:
        rows = delimited.read_rows(path, _widest)
        return ForeignFile(form, [ForeignSheet(ONLY_SHEET, True, rows)], faults.all())
    with BinaryWorkbook(path) if form == XLS else Workbook(path) as workbook:
        sheets = []
        for sheet in workbook.sheets:
            if sheet.name in OUR_SHEETS:
                continue
            visible = sheet.state == "visible"
            rows = list(sheet.rows()) if visible else []
            frame = (sheet.hidden_columns, sheet.merged) if visible else ([], [])
            sheets.append(ForeignSheet(sheet.name, visible, rows, *frame))
        return ForeignFile(form, sheets, faults.all(), workbook.date1904)


def _widest(rows: list[Row]) -> int:
    """Return how many cells the fullest of the first rows has: the right way to split a .csv."""
    return max((len(row.cells) for row in rows), default=0)
