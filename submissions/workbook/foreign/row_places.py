"""Which city and quarter each row of a long table is of, as columns of it name them."""

from collections.abc import Mapping
from typing import NamedTuple

from submissions.workbook.cells import NUMBER, Cell, Row, area, column_index, letters
from submissions.workbook.foreign.foreign_file import ForeignSheet
from submissions.workbook.foreign.foreign_table import LineFinder
from submissions.workbook.foreign.layout_spec import PlaceColumn, TableSpec
from submissions.workbook.foreign.places import (
    NamedPeriod,
    city_in_cell,
    period_in_cell,
    year_in_cell,
)
from submissions.workbook.limits import WRITTEN_CHARACTERS

UNREAD, TWO_YEARS = "E299", "E297"
WORDS = {PlaceColumn.CITY: "市", PlaceColumn.YEAR: "年", PlaceColumn.QUARTER: "季度"}
NO_CELL = ("", "")


class PlacedRow(NamedTuple):
    """
    A line and what its cells name: the city's code, a year, the number of a quarter, or None.

    cells  what is named -> (address, text) of the cell that names it
    """

    number: int
    city: str | None
    year: int | None
    quarter: int | None
    cells: dict[PlaceColumn, tuple[str, str]]


class UnplacedRow(NamedTuple):
    """
    A line that is of no city and quarter, because a cell cannot be read: a code and its parameters.

    number        of the row
    city, period  what its other cells name; blank where nothing does
    """

    number: int
    code: str
    cell: str
    written: str
    params: dict[str, str]
    city: str | None
    period: NamedPeriod


class PlacedRows(NamedTuple):
    """
    The rows of a long table.

    others  numbers of the rows that are neither lines nor totals: every slice sees them
    totals  (row, label) of the rows that add lines of several places up: no slice does
    """

    placed: list[PlacedRow]
    unplaced: list[UnplacedRow]
    others: frozenset[int]
    totals: tuple[tuple[int, str], ...]


def placed_rows(table: TableSpec, sheet: ForeignSheet, cities: Mapping[str, str]) -> PlacedRows:
    """
    Return the rows of a long table with what they name; cities is name -> code.

    A cell that is merged with those beneath it names the place of all their rows. A line without
    figures whose place is blank is a heading of a section or the like, and no line.
    """
    finder = LineFinder(table, sheet)
    reader = _RowReader(table, sheet, cities)
    placed: list[PlacedRow] = []
    unplaced: list[UnplacedRow] = []
    for row in finder.lines:
        cells = reader.cells(row)
        is_blank = not any(text.strip() for _at, (_kind, text) in cells.values())
        if is_blank and not any(row.cells.get(at, NO_CELL)[1] for at in finder.figure_columns):
            continue
        found = reader.read(row, cells)
        if isinstance(found, PlacedRow):
            placed.append(found)
        else:
            unplaced.append(found)
    own = {one.number for one in (*placed, *unplaced)}
    own |= {number for number, _label in finder.totals}
    others = frozenset(row.number for row in sheet.rows) - own
    return PlacedRows(placed, unplaced, others, tuple(finder.totals))


class _RowReader:
    """Reads the cells of rows that name their places."""

    def __init__(self, table: TableSpec, sheet: ForeignSheet, cities: Mapping[str, str]) -> None:
        """Take the table's layout, the sheet, and name -> code of the cities."""
        self.columns = {what: column_index(letter) for what, letter in table.places.items()}
        self.cities = cities
        self.rows = {row.number: row for row in sheet.rows}
        self.merged = _merged(sheet, set(self.columns.values()))

    def cells(self, row: Row) -> dict[PlaceColumn, tuple[str, Cell]]:
        """Return what the row names -> (address, cell); of merged cells the one with the text."""
        found = {}
        for what, index in self.columns.items():
            number = self.merged.get((index, row.number), row.number)
            above = self.rows.get(number, row)
            found[what] = (f"{letters(index)}{number}", above.cells.get(index, NO_CELL))
        return found

    def read(self, row: Row, cells: dict[PlaceColumn, tuple[str, Cell]]) -> PlacedRow | UnplacedRow:
        """Return the row with its place, or why it has none."""
        texts = {what: _text(cell) for what, (_at, cell) in cells.items()}
        city = city_in_cell(texts.get(PlaceColumn.CITY, ""), self.cities)
        year = year_in_cell(texts.get(PlaceColumn.YEAR, ""))
        period = period_in_cell(texts.get(PlaceColumn.QUARTER, ""))
        read = {
            PlaceColumn.CITY: city,
            PlaceColumn.YEAR: year,
            PlaceColumn.QUARTER: period.quarter,
        }
        known = NamedPeriod(year, period.quarter).filled(period)
        for what, (_at, cell) in cells.items():
            if read[what] is None:
                written = cell[1][:WRITTEN_CHARACTERS]
                own = f"{letters(self.columns[what])}{row.number}"
                params = {"what": WORDS[what], "written": written}
                return UnplacedRow(row.number, UNREAD, own, written, params, city, known)
        if year and period.year and year != period.year:
            at, (_kind, written) = cells[PlaceColumn.QUARTER]
            params = {"texts": f"{texts[PlaceColumn.YEAR]}; {written}"}
            own = f"{letters(self.columns[PlaceColumn.QUARTER])}{row.number}"
            return UnplacedRow(row.number, TWO_YEARS, own, written, params, city, NamedPeriod())
        at = {what: (at, cell[1][:WRITTEN_CHARACTERS]) for what, (at, cell) in cells.items()}
        return PlacedRow(row.number, city, known.year, known.quarter, at)


def _text(cell: Cell) -> str:
    """Return a cell's text; a number without the decimal place that some programs write."""
    kind, text = cell
    return text.removesuffix(".0") if kind == NUMBER else text


def _merged(sheet: ForeignSheet, columns: set[int]) -> dict[tuple[int, int], int]:
    """Return (column, row) -> the row that has the text, of cells merged with one above them."""
    found = {}
    for reference in sheet.merged:
        if (bounds := area(reference)) and bounds[0] in columns:
            left, top, _right, bottom = bounds
            found |= {(left, number): top for number in range(top + 1, bottom + 1)}
    return found
