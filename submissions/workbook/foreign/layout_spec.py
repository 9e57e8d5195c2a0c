"""
How a foreign file is read: which sheets, which heading lines, which column fills which field.

A LayoutSpec is what a person confirmed; it is stored as JSON and passed to the reading child.
"""

import json
import re
from dataclasses import asdict, dataclass
from enum import StrEnum

from submissions.workbook.cells import column_index
from submissions.workbook.layout import CITY, ENTERPRISES, MONEY_UNITS, TABLES, CellKind
from submissions.workbook.limits import HEADER_WITHIN_ROWS, USED_COLUMNS

# One more with every change after which a stored layout would be read in another way.
FORMAT = 1

KINDS = (ENTERPRISES.kind, CITY.kind)

# A quarter, or the same quarter of whichever year the sheet or the file is of.
QUARTER = re.compile(r"(?:20[0-9]{2})?Q[1-4]").fullmatch

LONGEST_TEXT = 60
MOST_LEFT_OUT = 50


class InvalidSpec(ValueError):
    """
    A layout that cannot be used.

    why     a key of the page's texts: field_twice, no_unit, no_name, …
    params  what it is about
    """

    def __init__(self, why: str, **params: str) -> None:
        """Take why, and what it is about."""
        super().__init__(why)
        self.why = why
        self.params = params


class Sheets(StrEnum):
    """Which sheets are read: the one with the headings, or one for each quarter or city."""

    ONE = "one"
    QUARTERS = "quarters"
    CITIES = "cities"


class Holds(StrEnum):
    """What an amount counts from: 1 January, the quarter's first day, or the whole year."""

    CUMULATIVE = "cumulative"
    QUARTER = "quarter"
    YEAR = "year"


class PlaceColumn(StrEnum):
    """What a column may name of each row, in place of a field of the contract."""

    CITY = "place_city"
    YEAR = "place_year"
    QUARTER = "place_quarter"


PLACES = frozenset(map(str, PlaceColumn))


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """
    One column that is read.

    letter   where it stands
    field    the field of the contract that it fills, or a PlaceColumn
    unit     the unit of its amounts; "" for anything but money
    holds    what its amounts count from
    quarter  the quarter it is of, such as 2024Q3, or Q3 of the sheet's year; "" for the sheet's own
    """

    letter: str
    field: str
    unit: str = ""
    holds: Holds = Holds.CUMULATIVE
    quarter: str = ""


@dataclass(frozen=True, slots=True)
class HeadingLines:
    """
    The headings of a sheet, as compared: all of them, also of columns that are not read.

    rows   the numbers of the heading lines
    texts  column letter -> its folded text in each line, "" where it has none
    units  the units of money that stand above the headings, and beneath them in a line of units
    """

    rows: tuple[int, ...]
    texts: dict[str, tuple[str, ...]]
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableSpec:
    """
    One table of the file.

    kind       enterprises or city (the measures of 城市汇总 by name)
    leave_out  folded texts: a row whose first text is one of them is no line
    """

    kind: str
    sheets: Sheets
    columns: tuple[ColumnSpec, ...]
    headings: HeadingLines
    leave_out: tuple[str, ...] = ()

    @property
    def has_codes(self) -> bool:
        """Return whether a column has the firms' codes."""
        return any(column.field == "credit_code" for column in self.columns)

    @property
    def places(self) -> dict[PlaceColumn, str]:
        """Return what the rows name themselves -> the letter of its column; {} of no long table."""
        return {PlaceColumn(one.field): one.letter for one in self.columns if one.field in PLACES}

    @property
    def is_wide(self) -> bool:
        """Return whether there is a column a quarter."""
        return any(column.quarter for column in self.columns)


@dataclass(frozen=True, slots=True)
class LayoutSpec:
    """The tables of a file, at most one of a kind."""

    tables: tuple[TableSpec, ...]

    def as_json(self) -> dict:
        """Return the spec as values of JSON."""
        return {"format": FORMAT, "tables": [asdict(table) for table in self.tables]}

    def as_text(self) -> str:
        """Return the spec as a line of JSON."""
        return json.dumps(self.as_json(), ensure_ascii=False, sort_keys=True)

    @classmethod
    def of_json(cls, stored: dict) -> "LayoutSpec":
        """Return the spec that as_json() made. Raises InvalidSpec for anything else."""
        try:
            if stored["format"] != FORMAT:
                raise InvalidSpec("format")
            spec = cls(tuple(_table(table) for table in stored["tables"]))
        except (KeyError, TypeError, ValueError, AttributeError) as wrong:
            if isinstance(wrong, InvalidSpec):
                raise
            raise InvalidSpec("format") from wrong
        check(spec)
        return spec


def _table(stored: dict) -> TableSpec:
    """Return the table of its JSON. Raises KeyError, TypeError or ValueError."""
    headings = stored["headings"]
    return TableSpec(
        kind=stored["kind"],
        sheets=Sheets(stored["sheets"]),
        columns=tuple(
            ColumnSpec(**one | {"holds": Holds(one["holds"])}) for one in stored["columns"]
        ),
        headings=HeadingLines(
            tuple(map(int, headings["rows"])),
            {letter: tuple(texts) for letter, texts in headings["texts"].items()},
            tuple(headings["units"]),
        ),
        leave_out=tuple(stored["leave_out"]),
    )


def check(spec: LayoutSpec) -> None:
    """Raise InvalidSpec with the first thing for which the layout cannot be used."""
    if not spec.tables:
        raise InvalidSpec("nothing")
    if len({table.kind for table in spec.tables}) < len(spec.tables):
        raise InvalidSpec("table_twice")
    for table in spec.tables:
        if table.kind not in KINDS:
            raise InvalidSpec("format")
        _check_headings(table)
        _check_columns(table)


def _check_headings(table: TableSpec) -> None:
    """Raise InvalidSpec if the heading lines are not one, or two one beneath the other."""
    rows = table.headings.rows
    near = len(rows) == 1 or (len(rows) == 2 and rows[1] == rows[0] + 1)
    if not near or not 1 <= rows[0] <= HEADER_WITHIN_ROWS:
        raise InvalidSpec("heading_lines")
    if len(table.leave_out) > MOST_LEFT_OUT or len(table.columns) > USED_COLUMNS:
        raise InvalidSpec("format")


def _check_columns(table: TableSpec) -> None:
    """Raise InvalidSpec for columns that contradict each other or lack something."""
    layout = TABLES[table.kind]
    known = {column.field: column for column in layout.columns}
    seen: set[tuple[str, str]] = set()
    letters_seen: set[str] = set()
    for column in table.columns:
        column_index(column.letter)
        if column.field in PLACES:
            _check_place(column, seen, letters_seen)
            continue
        if column.field not in known:
            raise InvalidSpec("format")
        kind, heading = known[column.field].kind, known[column.field].heading
        is_figure = known[column.field].is_figure
        if column.letter in letters_seen:
            raise InvalidSpec("column_twice", letter=column.letter)
        if (column.field, column.quarter) in seen:
            raise InvalidSpec("field_twice", heading=heading, quarter=column.quarter)
        if kind is CellKind.MONEY and column.unit not in MONEY_UNITS:
            raise InvalidSpec("no_unit", heading=heading, letter=column.letter)
        if kind is not CellKind.MONEY and column.unit:
            raise InvalidSpec("format")
        if column.quarter and not (QUARTER(column.quarter) and is_figure):
            raise InvalidSpec("quarter", heading=heading, quarter=column.quarter)
        if column.holds is not Holds.CUMULATIVE and not is_figure:
            raise InvalidSpec("format")
        letters_seen.add(column.letter)
        seen.add((column.field, column.quarter))
    _check_complete(table)


def _check_place(column: ColumnSpec, seen: set[tuple[str, str]], letters_seen: set[str]) -> None:
    """Raise InvalidSpec for a column of places that stands twice or has what it cannot have."""
    if column.letter in letters_seen:
        raise InvalidSpec("column_twice", letter=column.letter)
    if (column.field, "") in seen:
        raise InvalidSpec("place_twice", letter=column.letter)
    if column.unit or column.quarter or column.holds is not Holds.CUMULATIVE:
        raise InvalidSpec("format")
    letters_seen.add(column.letter)
    seen.add((column.field, ""))


def _check_places(table: TableSpec) -> None:
    """Raise InvalidSpec if rows name what columns or sheets name too."""
    places = table.places
    years = any(column.quarter.startswith("20") for column in table.columns)
    in_sheets = table.sheets is Sheets.QUARTERS
    if PlaceColumn.QUARTER in places:
        if table.is_wide or in_sheets:
            raise InvalidSpec("quarters_twice")
        if any(column.holds is Holds.YEAR for column in table.columns):
            raise InvalidSpec("year_in_quarters")
    if PlaceColumn.YEAR in places and years:
        raise InvalidSpec("quarters_twice")
    if PlaceColumn.CITY in places and table.sheets is Sheets.CITIES:
        raise InvalidSpec("cities_twice")


def _check_complete(table: TableSpec) -> None:
    """Raise InvalidSpec without a column that says what a row is about, or without a figure."""
    layout = TABLES[table.kind]
    fields = {column.field for column in table.columns} - PLACES
    key = "name" if table.kind == ENTERPRISES.kind else layout.key
    if key not in fields:
        raise InvalidSpec("no_name", heading=layout.column(key).heading)
    if not any(layout.column(field).is_figure for field in fields):
        raise InvalidSpec("no_figure")
    if table.is_wide and table.sheets is Sheets.QUARTERS:
        raise InvalidSpec("quarters_twice")
    _check_places(table)
