"""One sheet of a foreign file into a table of the contract, for one quarter."""

from submissions.workbook.cells import TEXT, Row, column_index
from submissions.workbook.contents import Line, SheetTable
from submissions.workbook.faults import Faults
from submissions.workbook.foreign.foreign_file import ForeignSheet
from submissions.workbook.foreign.layout_spec import PLACES, ColumnSpec, TableSpec
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
        *, date1904: bool = False, rows: frozenset[int] | None = None,
    ) -> None:  # fmt: skip
        """
        Take the table's layout, its columns for the quarter, the sheet, and where faults go.

        rows: the numbers of those below the headings that are read; None for all.
        """
        super().__init__(TABLES[spec.kind], sheet.name, faults, date1904=date1904)
        self.spec, self.sheet = spec, sheet
        self.numbers = rows
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
        self._take_sheet()
        self._leave_out_empty()
        self._conclude()
        self.take_frame(self.sheet.hidden_columns, self.sheet.merged)
        return self.table

    def _take_sheet(self) -> None:
        """Take the headings, and the rows below them that are read."""
        last = self.own_header.rows[-1]
        top = [row for row in self.sheet.rows if row.number <= last]
        below = [row for row in self.sheet.rows if row.number > last and not self._leaves_out(row)]
        self.header, self.labels = self.own_header, Labels()
        self._take_header(top, below[:LINES_OF_STEMS])
        mine = self.numbers
        self._take_rows(below if mine is None else [row for row in below if row.number in mine])

    def _leaves_out(self, row: Row) -> bool:
        """Return whether the layout leaves a row out, and note it."""
        if not self.spec.leave_out:
            return False
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


class LineFinder(ForeignReader):
    """
    Finds the lines and totals of a sheet by their shape, without reading their values.

    lines   the rows that are lines
    totals  (row, label) of those that add lines up
    """

    def __init__(self, spec: TableSpec, sheet: ForeignSheet) -> None:
        """Take the table's layout and the sheet. Its faults are those of nobody."""
        columns = tuple(one for one in spec.columns if one.field not in PLACES)
        super().__init__(spec, columns, Faults(), sheet)
        self.lines: list[Row] = []
        self.totals: list[tuple[int, str]] = []
        self._take_sheet()

    def _take_header(self, top: list[Row], beneath: list[Row]) -> None:
        """Take the headings; of a column a quarter all count, not one of each field."""
        super()._take_header(top, beneath)
        self.shapes.figures = set(self.figure_columns)
        self.shapes.known |= self.shapes.figures
        self.known = self.shapes.known

    def _take_line(self, row: Row) -> None:
        """Note a line."""
        self.lines.append(row)

    def _total(self, row: Row) -> Line:
        """Note a row of totals."""
        total = super()._total(row)
        self.totals.append((row.number, str(total.get("label"))))
        return total

    @property
    def figure_columns(self) -> list[int]:
        """Return the indices of the columns with figures."""
        figures = {column.field for column in self.layout.figures}
        return [column_index(one.letter) for one in self.spec.columns if one.field in figures]


def _row(cell: str | None) -> int:
    """Return the row of a cell's address; 0 without one."""
    return int((cell or "").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or 0)
