"""One sheet of a foreign file into a table of the contract, for one quarter."""

from submissions.workbook.cells import TEXT, Row, column_index
from submissions.workbook.contents import SheetTable
from submissions.workbook.faults import Faults
from submissions.workbook.foreign.foreign_file import ForeignSheet
from submissions.workbook.foreign.layout_spec import ColumnSpec, TableSpec
from submissions.workbook.layout import ENTERPRISES, TABLES
from submissions.workbook.reading.headings import Header, fold
from submissions.workbook.reading.labels import Labels
from submissions.workbook.reading.row_classifier import Shape
from submissions.workbook.reading.tables import LINES_OF_STEMS, TableReader, line_figures

NO_COLUMN, NOT_REPORTED = "W291", "W293"

CODE_HEADING = ENTERPRISES.column("credit_code").heading


class ForeignReader(TableReader):
    """
    Reads a sheet by a layout that a person confirmed, instead of by our headings.

    left_out  (row, first text) of the rows that the layout leaves out
    empty     numbers of the lines without a figure in this quarter, which are no lines of it
    """

    def __init__(
        self, spec: TableSpec, columns: tuple[ColumnSpec, ...], faults: Faults, sheet: ForeignSheet,
        *, date1904: bool = False,
    ) -> None:  # fmt: skip
        """Take the table's layout, its columns for the quarter, the sheet, and where faults go."""
        super().__init__(TABLES[spec.kind], sheet.name, faults, date1904=date1904)
        self.spec, self.sheet = spec, sheet
        self.left_out: list[tuple[int, str]] = []
        self.empty: list[int] = []
        rows = {row.number: row for row in sheet.top}
        lines = [rows[number] for number in spec.headings.rows if number in rows]
        self.own_header = Header(
            list(spec.headings.rows),
            {column.field: column_index(column.letter) for column in columns},
            {column.field: column.unit for column in columns if column.unit},
            texts=[{at: fold(text) for at, (_, text) in row.cells.items()} for row in lines],
            width=lines[-1].width if lines else None,
        )

    def fault(
        self, code: str, cell: str | None = None, written: str | None = None, **params: object
    ) -> None:
        """Add a fault; what a foreign file cannot be asked for needs an explanation only."""
        heading = params.get("heading") or params.get("column")
        if code in ("E132", "E150") and heading == CODE_HEADING:
            # The firm is chosen by a person: submissions.workbook.foreign.firms.
            return
        if code == "E132":
            code = NO_COLUMN
        elif code == "E150" and self._is_figure(str(heading)):
            code = NOT_REPORTED
        super().fault(code, cell, written, **params)

    def _is_figure(self, heading: str) -> bool:
        """Return whether a heading of the contract is of amounts or counts."""
        return any(column.heading == heading for column in self.layout.figures)

    def table_read(self) -> SheetTable:
        """Return the table of the sheet."""
        last = self.own_header.rows[-1]
        top = [row for row in self.sheet.rows if row.number <= last]
        below = [row for row in self.sheet.rows if row.number > last and not self._leaves_out(row)]
        self.header, self.labels = self.own_header, Labels()
        self._take_header(top, below[:LINES_OF_STEMS])
        self._take_rows(below)
        self._leave_out_empty()
        self._conclude()
        self.take_frame(self.sheet.hidden_columns, self.sheet.merged)
        return self.table

    def _leaves_out(self, row: Row) -> bool:
        """Return whether the layout leaves a row out, and note it."""
        first = next((fold(text) for kind, text in row.cells.values() if kind == TEXT), "")
        if not first or first not in self.spec.leave_out:
            return False
        self.left_out.append((row.number, first))
        return True

    def _take_other(self, row: Row, shape: Shape) -> None:
        """Take a row; without a column of codes a name with figures is a firm, whatever it says."""
        if shape is Shape.UNCOUNTED and not self.spec.has_codes and self._has_name(row):
            shape = Shape.LINE
        super()._take_other(row, shape)

    def _has_name(self, row: Row) -> bool:
        """Return whether a row has a text in the column of names."""
        at = self.own_header.columns.get("name", 0)
        return row.cells.get(at, ("", ""))[0] == TEXT

    def _leave_out_empty(self) -> None:
        """Take lines without any figure out of the table: they are of other quarters."""
        kept = []
        for line in self.table.lines:
            if any(value.value is not None or value.written for value in self._figures(line)):
                kept.append(line)
            else:
                self.empty.append(line.row)
        self.table.lines = kept
        rows = set(self.empty)
        # Their blank cells are no news.
        self.faults.kept = [
            fault
            for fault in self.faults.kept
            if fault.code != NOT_REPORTED or _row(fault.cell) not in rows
        ]
        self.faults.count = len(self.faults.kept)

    def _figures(self, line):
        """Return the cells of a line's figures."""
        return line_figures(line, self.layout)


def _row(cell: str | None) -> int:
    """Return the row of a cell's address; 0 without one."""
    return int((cell or "").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or 0)
