"""
One sheet into one table: labels, headings, lines, each value with its cell.

A cell that cannot be read becomes a fault and is None in its line; nothing is corrected.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import chain, islice

from submissions.workbook import limits
from submissions.workbook.cells import NUMBER, TEXT, Row, area, letters
from submissions.workbook.contents import Line, SheetTable, Value
from submissions.workbook.faults import Faults, Unreadable
from submissions.workbook.layout import MONEY_UNITS, CellKind, LayoutColumn, TableLayout
from submissions.workbook.reading import values
from submissions.workbook.reading.city_summary import CityRows
from submissions.workbook.reading.columns import Columns, Parser, take_units
from submissions.workbook.reading.headings import Header, find_header, fold
from submissions.workbook.reading.labels import PERIOD, Labels, labels, names_sheet
from submissions.workbook.reading.nil import nil_state
from submissions.workbook.reading.row_classifier import (
    RowShapes,
    Shape,
    amount,
    is_footer,
    is_note,
    is_number_row,
    is_stem_row,
    is_unit_row,
    total_label,
)

# Tables that are there to be filled; of the others an empty one says "nothing new".
NEVER_EMPTY = {"city", "enterprises"}

# So many rows beneath the headings may number the columns or name their units.
LINES_OF_STEMS = 3

# How many stray cells and hidden ranges a message lists.
LISTED = 20


class TableReader:
    """Reads one sheet row by row, so that no sheet has to fit into memory."""

    def __init__(
        self, layout: TableLayout, sheet: str, faults: Faults, *, date1904: bool = False
    ) -> None:
        """Take what is to be read, under which name, and where faults go."""
        self.layout = layout
        self.table = SheetTable(layout.kind, sheet)
        self.faults = faults
        self.date1904 = date1904
        self.labels = Labels()
        self.header: Header | None = None
        self.known: set[int] = set()
        self.ignored: set[int] = set()
        self.used: set[int] = set()
        self.stray: list[str] = []
        self.stray_count = 0
        self.hidden_lines: list[int] = []
        self.line_count = 0
        # The rows of 城市汇总, once its headings are known; None for any other sheet.
        self.city: CityRows | None = None
        self.fields: list[tuple[LayoutColumn, int, str, Parser]] = []
        self.columns: Columns
        self.shapes: RowShapes
        self.zero_rows: list[int] = []
        self.nameless_rows: list[int] = []
        self.short_rows: list[int] = []
        # What 城市汇总 says of the whole city: it holds for its enterprises too.
        self.city_nil: Value | None = None

    def fault(
        self, code: str, cell: str | None = None, written: str | None = None, **params: object
    ) -> None:
        """Add a fault of this sheet."""
        self.faults.add(code, self.table.sheet, cell, written, **params)

    def read(self, rows: Iterable[Row]) -> SheetTable | None:
        """Return the table; None if the sheet has no headings of it."""
        rows = iter(rows)
        top: list[Row] = []
        rest: Iterable[Row] = rows
        for row in rows:
            if row.number > limits.HEADER_WITHIN_ROWS:
                rest = chain([row], rows)
                break
            top.append(row)
        self.header = find_header(top, self.layout)
        if self.header is None:
            # The rest is read all the same: a broken file must not pass for a strange one.
            for _ in rest:
                pass
            self.fault("E126", rows=limits.HEADER_WITHIN_ROWS)
            return None
        first = self.header.rows[0]
        above = [row for row in top if row.number < first or (row.number == first and _names(row))]
        self._take_labels(above)
        below = chain((row for row in top if row.number > self.header.rows[-1]), rest)
        beneath = list(islice(below, LINES_OF_STEMS))
        self._take_header(top, beneath)
        self._take_rows(chain(beneath, below))
        self._conclude()
        return self.table

    def _take_labels(self, above: list[Row]) -> None:
        """Set the labels above the headings; contradictions become faults."""
        found = self.labels = labels(above)
        self.table.reporter, self.table.period = found.reporter, found.period
        self.table.nil = found.nil or self.city_nil
        if found.period and found.period.value is None:
            self.fault("E125", found.period.cell, found.period.written)
        for name, value in found.contradictions or []:
            code = "E125" if name == PERIOD and value.value is None else "E193"
            self.fault(code, value.cell, value.written)

    def _take_header(self, top: list[Row], beneath: list[Row]) -> None:
        """Choose a parser for each column; a row of units beneath the headings is theirs."""
        header = self.header
        row = header.rows[-1]
        for each in beneath:
            if is_unit_row(each):
                take_units(header, each, self.fault)
        self.columns = Columns(
            self.layout, header, self.labels, self.table, self.fault, date1904=self.date1904
        )
        self.city, self.fields = self.columns.city, self.columns.fields
        self.shapes = RowShapes(self.layout, header.columns)
        self.known = set(header.columns.values())
        headed = set(chain.from_iterable(texts for texts in header.texts))
        self.ignored = headed - self.known
        for above in top:
            if above.number <= row:
                self.used.update(above.cells)

    def _take_rows(self, rows: Iterable[Row]) -> None:
        """Sort the rows below the headings into lines and other rows."""
        header = self.header
        has_plain_code = self.shapes.has_plain_code
        # Beneath headings, here or on a later page, the columns may be numbered.
        after_header = True
        after_note = False
        for row in rows:
            cells = row.cells
            self.used.update(cells)
            if len(self.used) > limits.USED_COLUMNS:
                raise Unreadable("E109", found=len(self.used), limit=limits.USED_COLUMNS)
            if has_plain_code(row):
                after_header = after_note = False
                self._take_line(row)
                continue
            if header.repeats(row):
                after_header = True
                continue
            if after_header and (is_stem_row(row) or is_number_row(row) or is_unit_row(row)):
                continue
            if after_note and len(cells) == 1 and next(iter(cells.values()))[0] == TEXT:
                continue
            after_note = is_note(row)
            if after_note or is_footer(row):
                continue
            if self.known.isdisjoint(cells):
                self._stray(row, cells.keys() - self.ignored)
                continue
            after_header = False
            self._take_other(row, self.shapes.shape(row))

    def _take_other(self, row: Row, shape: Shape) -> None:
        """Take a row that is no line by its code alone."""
        if shape is Shape.LINE:
            self._take_line(row)
        elif shape is Shape.TOTAL:
            self.table.totals.append(self._total(row))
        elif shape is Shape.UNCOUNTED:
            self._note_uncounted(row)
        elif shape is Shape.ZEROS:
            self.zero_rows.append(row.number)
        elif shape is Shape.NAMELESS:
            self.nameless_rows.append(row.number)
        elif shape is Shape.WORDS:
            self._stray(row, row.cells)
        elif shape is Shape.BLANK:
            self._stray(row, row.cells.keys() - self.known - self.ignored)

    def _note_uncounted(self, row: Row) -> None:
        """Say that a row with figures does not count, at the cell of its name."""
        at, text = next(
            (at, text) for at, (kind, text) in row.cells.items() if kind == TEXT and fold(text)
        )
        self.fault("W229", f"{letters(at)}{row.number}", text, label=text.strip())

    def _take_line(self, row: Row) -> None:
        """Take a line, unless there are too many or it is ragged."""
        self.line_count += 1
        if self.line_count > limits.ENTERPRISE_LINES:
            return
        if row.hidden:
            self.hidden_lines.append(row.number)
        extra = row.cells.keys() - self.known
        if extra:
            self._stray(row, extra - self.ignored)
        if row.width is not None and self._ragged(row):
            return
        line = self._line(row)
        if self.city is None or self.city.takes(line):
            self.table.lines.append(line)

    def _ragged(self, row: Row) -> bool:
        """
        Add a fault if a csv row has another number of fields than the headings.

        A field too many is a fault even if it is blank: after 1,002 without quotation marks every
        figure stands one column to the right, and it is the blank 说明 that falls off the end.
        Fields too few at the end are blank ones that the program left out, as long as what is
        there fits its columns.
        """
        if row.width == self.header.width:
            return False
        if row.width < self.header.width and self._fits(row):
            self.short_rows.append(row.number)
            return False
        self.fault("E122", f"A{row.number}", found=row.width, expected=self.header.width)
        return True

    def _fits(self, row: Row) -> bool:
        """Return whether a row with fields too few has numbers and texts where they belong."""
        for column, index, _letter, _parse in self.fields:
            if column.required and index > row.width:
                return False
            if index not in row.cells or column.kind in (CellKind.CODE, CellKind.DATE):
                continue
            kind, text = row.cells[index]
            is_number = amount(kind, text) is not None
            blank = fold(text) in values.NOT_REPORTED
            if not blank and is_number is not column.is_figure:
                return False
        return True

    def _line(self, row: Row) -> Line:
        """Return the row's values, each with its cell."""
        found: dict[str, Value] = {}
        absent: list[tuple[str, str, LayoutColumn]] = []
        number = row.number
        get = row.cells.get
        if self.city:
            self.city.begin(row)
        for column, index, letter, parse in self.fields:
            at = f"{letter}{number}"
            cell = get(index)
            if cell is None:
                value, written, blank = None, "", True
            else:
                kind, written = cell
                if kind is not TEXT and kind is not NUMBER:
                    # A number in a format that may show something else.
                    self.columns.note_look(column, at, cell)
                try:
                    value = parse(cell, at)
                    blank = value is None and column.field not in self.columns.without_unit
                except values.CellError as error:
                    value, blank = None, False
                    written = error.seen or written
                    said = {"column": column.heading} | ({"seen": written} if error.seen else {})
                    self.fault(error.code, at, written, **said)
                written = written[: limits.WRITTEN_CHARACTERS]
            found[column.field] = Value(value, at, written)
            if blank and column.required and column.field != "this_year":
                absent.append((at, written, column))
        line = Line(number, found)
        for at, written, column in absent:
            if not (column.kind is CellKind.MONEY and self._is_nil(line)):
                self.fault("E150", at, written, column=column.heading)
        return line

    def _is_nil(self, line: Line) -> bool:
        """Return whether a line without figures says why, by itself or above the table."""
        written = [value.written for value in line_figures(line, self.layout)]
        if any(values.squeezed(text) not in values.NOT_REPORTED for text in written):
            return False
        said = nil_state(line.get("remark"), has_figures=False)
        return said is not None or self.table.nil is not None

    def _total(self, row: Row) -> Line:
        """Return a row of totals; a cell that cannot be read is None, and no fault."""
        label, at = total_label(row, self.shapes.code)
        written = row.cells[at][1][: limits.WRITTEN_CHARACTERS]
        found = {"label": Value(label, f"{letters(at)}{row.number}", written)}
        for column, index, letter, _parse in self.fields:
            cell = row.cells.get(index)
            if cell is None or not column.is_figure:
                continue
            try:
                if column.kind is CellKind.COUNT:
                    value = values.count(*cell)
                else:
                    unit = self.table.units.get(column.field)
                    value = values.money(*cell, MONEY_UNITS[unit])[0] if unit else None
            except values.CellError:
                value = None
            text = cell[1][: limits.WRITTEN_CHARACTERS]
            found[column.field] = Value(value, f"{letter}{row.number}", text)
        return Line(row.number, found)

    def _stray(self, row: Row, columns: Iterable[int]) -> None:
        """Collect cells outside the table, except those with only spaces."""
        for column in sorted(columns):
            if not fold(row.cells[column][1]):
                continue
            self.stray_count += 1
            if len(self.stray) < LISTED:
                self.stray.append(f"{letters(column)}{row.number}")

    def _conclude(self) -> None:
        """Add the faults that are known at the end of the sheet."""
        if self.line_count > limits.ENTERPRISE_LINES:
            self.fault("E110", found=self.line_count, limit=limits.ENTERPRISE_LINES)
            # Such a file is not accepted whatever else it says, and it must not fill the memory.
            self.table.lines.clear()
            self.table.totals.clear()
        if self.stray:
            self.fault("W129", self.stray[0], cells=", ".join(self.stray), found=self.stray_count)
        if self.hidden_lines:
            rows = ranges(self.hidden_lines)
            first = f"A{self.hidden_lines[0]}"
            self.fault("W135", first, rows=rows, found=len(self.hidden_lines))
        for code, numbers in (
            ("W230", self.zero_rows),
            ("E231", self.nameless_rows),
            ("W232", self.short_rows),
        ):
            if numbers:
                self.fault(code, f"A{numbers[0]}", rows=ranges(numbers), found=len(numbers))
        self.columns.conclude()
        if not self.line_count and self.layout.kind in NEVER_EMPTY and not self.table.nil:
            self.fault("E137")

    def take_frame(self, hidden_columns: list[tuple[int, int]], merged: list[str]) -> None:
        """Check hidden columns and merged cells, which are known only at the end of a sheet."""
        hidden = [
            letter
            for column, index, letter, _parse in self.fields
            if not column.hidden and any(first <= index <= last for first, last in hidden_columns)
        ]
        if hidden:
            self.fault("W140", columns=", ".join(hidden))
        numbers = [line.row for line in self.table.lines]
        indices = sorted(self.known)
        for reference in merged:
            bounds = area(reference)
            if bounds is None:
                continue
            left, top, right, bottom = bounds
            lines = bisect_right(numbers, bottom) - bisect_left(numbers, top)
            columns = bisect_right(indices, right) - bisect_left(indices, left)
            # A line's last column merged with a blank one beside it does no harm.
            if lines * columns > 1:
                self.fault("E131", reference.partition(":")[0], range=reference)


def _names(row: Row) -> bool:
    """Return whether a row, though it is the upper line of headings, has labels of the sheet."""
    return any(kind == TEXT and names_sheet(text) for kind, text in row.cells.values())


def line_figures(line: Line, layout: TableLayout) -> list[Value]:
    """
    Return the amounts and counts of a line, as far as they have columns.

    Not those of last year: the template has them filled in, whatever becomes of the enterprise.
    """
    return [line.values[c.field] for c in layout.reported if c.field in line.values]


def reported_cells(line: Line, layout: TableLayout) -> list[Value]:
    """Return what is reported anew each quarter: figures, state of a block or step, 说明."""
    return [
        *line_figures(line, layout),
        *(line.values[name] for name in layout.texts if name in line.values),
    ]


def ranges(numbers: list[int]) -> str:
    """Return rising numbers as text: 5-9, 12. Long lists are cut with an ellipsis."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    texts = [str(a) if a == b else f"{a}-{b}" for a, b in spans[:LISTED]]
    return ", ".join(texts) + (" …" if len(spans) > LISTED else "")
