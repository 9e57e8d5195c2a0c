"""Which sheet and which columns of a foreign file are of which city and quarter."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from foundation.quarters import Quarter
from submissions.workbook.cells import TEXT, letters
from submissions.workbook.contents import Fault
from submissions.workbook.foreign.fingerprint import best_rows, differences, heading_lines
from submissions.workbook.foreign.foreign_file import ForeignFile, ForeignSheet
from submissions.workbook.foreign.layout_spec import (
    PLACES,
    ColumnSpec,
    Holds,
    LayoutSpec,
    PlaceColumn,
    Sheets,
    TableSpec,
)
from submissions.workbook.foreign.places import (
    NamedPeriod,
    Recognised,
    agreed,
    covers,
    named_city,
    named_period,
)
from submissions.workbook.foreign.row_places import PlacedRow, UnplacedRow, placed_rows
from submissions.workbook.layout import TABLES

WORDS = {"city": "市", "year": "年", "quarter": "季度"}
HEADINGS_DIFFER, NO_PLACE, CONTRADICTION, TWICE = "E295", "E296", "E297", "E298"


class GivenPlace(NamedTuple):
    """What a person said of a file: the city's code, the year, the quarter; blank if nothing."""

    city: str = ""
    year: int | None = None
    quarter: int | None = None


NOTHING_GIVEN = GivenPlace()


class UnreadSheet(NamedTuple):
    """
    Why a sheet is not read: a code of the catalogue, the sheet, and the message's parameters.

    cell  of a row for which it is not; "" if it is about the whole sheet
    """

    code: str
    sheet: str
    params: dict[str, str]
    cell: str = ""


@dataclass(frozen=True)
class Slice:
    """
    One table of one city and quarter.

    columns  those of the quarter, and those of texts
    sources  what city and quarter were recognised from
    rows     numbers of the rows that it is read from; None for all of the sheet
    totals   (row, label) of the sheet's rows that add up several slices
    unread   faults of rows that may be its own: their place cannot be read
    """

    spec: TableSpec
    sheet: ForeignSheet
    city: str
    quarter: Quarter
    columns: tuple[ColumnSpec, ...]
    sources: tuple[Recognised, ...]
    rows: frozenset[int] | None = None
    totals: tuple[tuple[int, str], ...] = ()
    unread: tuple[Fault, ...] = ()

    def holds(self, name: str) -> Holds | None:
        """Return what a field's amounts count from; None without a column of it."""
        return next((one.holds for one in self.columns if one.field == name), None)


@dataclass
class Slices:
    """Everything that a layout finds in a file: kind, city and quarter -> slice; and problems."""

    found: dict[tuple[str, str, Quarter], Slice] = field(default_factory=dict)
    problems: list[UnreadSheet] = field(default_factory=list)

    def places(self) -> list[tuple[str, Quarter]]:
        """Return the cities and quarters, in order."""
        return sorted({(city, quarter) for _kind, city, quarter in self.found})


def slices(
    spec: LayoutSpec,
    file: ForeignFile,
    name: str,
    cities: Mapping[str, str],
    given: GivenPlace = NOTHING_GIVEN,
) -> Slices:
    """
    Return what a layout finds in a file.

    name is the file's own; cities is name -> code. A sheet whose headings are not the layout's is
    not read.
    """
    out = Slices()
    for table in spec.tables:
        for sheet in _sheets(table, file, cities, out.problems):
            _take_sheet(out, table, sheet, Surroundings(sheet, table, name, cities, given))
    return out


def _sheets(
    table: TableSpec, file: ForeignFile, cities: Mapping[str, str], problems: list[UnreadSheet]
) -> list[ForeignSheet]:
    """Return the sheets with the table's headings; others that should have them are problems."""
    same, other = [], []
    for sheet in file.visible:
        fits = heading_lines(sheet.top, table.headings.rows) == table.headings
        (same if fits else other).append(sheet)
    if table.sheets is Sheets.QUARTERS:
        expected = [sheet for sheet in other if named_period(sheet.name).quarter]
    elif table.sheets is Sheets.CITIES:
        expected = [sheet for sheet in other if named_city(sheet.name, cities)]
    else:
        expected = [] if same else other[:1]
    problems += [UnreadSheet(HEADINGS_DIFFER, one.name, _said(one, table)) for one in expected]
    if not same and not expected:
        problems.append(UnreadSheet(HEADINGS_DIFFER, "", {"differences": ""}))
    return same


def _said(sheet: ForeignSheet, table: TableSpec) -> dict[str, str]:
    """Return the headings of a sheet that differ, for a message."""
    found = differences(table.headings, best_rows(sheet.top, table.headings))
    shown = [f"{one.column} {one.was} → {one.now}".strip() for one in found]
    return {"differences": "; ".join(shown)[:300]}


class Surroundings:
    """Where a sheet says of which city and period it is: its name, a title, the file, a person."""

    def __init__(
        self,
        sheet: ForeignSheet,
        table: TableSpec,
        filename: str,
        cities: Mapping[str, str],
        given: GivenPlace,
    ) -> None:
        """Take what may name city and period, in this order, and what a person gave."""
        first = table.headings.rows[0]
        titles = [
            (text, f"{letters(at)}{row.number}")
            for row in sheet.top
            if row.number < first
            for at, (kind, text) in row.cells.items()
            if kind == TEXT
        ]
        self.texts = [
            ("sheet", sheet.name),
            *(("title", text) for text, _cell in titles),
            ("file", filename),
        ]
        self.cities, self.given = cities, given

    def said(self) -> list[str]:
        """Return all texts that may name city and period, and in words what a person gave."""
        codes = {code: name for name, code in self.cities.items()}
        year, quarter = self.given.year, self.given.quarter
        given = (
            codes.get(self.given.city, ""),
            f"{year}年" if year else "",
            f"第{quarter}季度" if quarter else "",
        )
        return [*(text for _source, text in self.texts), *filter(None, given)]

    def city(self) -> tuple[Recognised | None, list[Recognised]]:
        """Return the city and what contradicts it."""
        found = [Recognised(named_city(text, self.cities) or "", source, text)
                 for source, text in self.texts]  # fmt: skip
        return agreed([*found, Recognised(self.given.city, "given", "")])

    def part(self, part: str) -> tuple[Recognised | None, list[Recognised]]:
        """Return the year, or the quarter, and what contradicts it."""
        found = [
            Recognised(str(getattr(named_period(text), part) or ""), source, text)
            for source, text in self.texts
        ]
        return agreed([*found, Recognised(str(getattr(self.given, part) or ""), "given", "")])


class Around(NamedTuple):
    """
    What the sheet's name, titles, the file's name and a person say of the place.

    problem  why that is not enough; None if it is
    """

    city: str
    period: NamedPeriod
    sources: tuple[Recognised, ...]
    problem: UnreadSheet | None = None


class RowsOfSlice(NamedTuple):
    """The rows of a slice of a long table; see Slice."""

    rows: frozenset[int] | None = None
    totals: tuple[tuple[int, str], ...] = ()
    unplaced: tuple[UnplacedRow, ...] = ()


WHOLE_SHEET = RowsOfSlice()


def _take_sheet(out: Slices, table: TableSpec, sheet: ForeignSheet, place: Surroundings) -> None:
    """Add the slices of one sheet."""
    wants_year = any(not one.quarter.startswith("20") for one in _figures(table))
    # A year alone is of its fourth quarter, whatever the title says of quarters.
    wants_quarter = any(not one.quarter and one.holds is not Holds.YEAR for one in _figures(table))
    wanted = {"city": True, "year": wants_year, "quarter": wants_quarter}
    if table.places:
        _take_rows(out, table, sheet, place, wanted)
        return
    around = _around(sheet, place, wanted)
    if around.problem:
        out.problems.append(around.problem)
        return
    _take_quarters(out, table, sheet, around.city, around.period, around.sources)


def _around(sheet: ForeignSheet, place: Surroundings, wanted: Mapping[str, bool]) -> Around:
    """Return what is said around a table; wanted is city, year and quarter -> whether it must."""
    found = {
        "city": place.city(),
        "year": place.part("year"),
        "quarter": place.part("quarter"),
    }
    first = {part: known for part, (known, _against) in found.items()}
    problem = None
    against = [one for part, (_known, others) in found.items() if wanted[part] for one in others]
    missing = [WORDS[part] for part in found if wanted[part] and first[part] is None]
    if against:
        said = {"texts": "; ".join(one.text or one.value for one in against)[:200]}
        problem = UnreadSheet(CONTRADICTION, sheet.name, said)
    elif missing:
        problem = UnreadSheet(NO_PLACE, sheet.name, {"missing": "、".join(missing)})
    year, quarter = (int(one.value) if one else None for one in (first["year"], first["quarter"]))
    sources = tuple(one for one in first.values() if one)
    city = first["city"].value if first["city"] else ""
    return Around(city, NamedPeriod(year, quarter), sources, problem)


def _take_rows(out, table, sheet, place: Surroundings, wanted: Mapping[str, bool]) -> None:
    """
    Add the slices of a long table: its rows name the city, the year or the quarter themselves.

    What they do not name is said around the table. Where both say it they must agree.
    """
    rows = placed_rows(table, sheet, place.cities)
    placed = rows.placed
    if not placed and rows.unplaced:
        first = rows.unplaced[0]
        out.problems.append(UnreadSheet(first.code, sheet.name, first.params, first.cell))
        return
    around = _around(sheet, place, wanted | {
        "city": PlaceColumn.CITY not in table.places,
        "year": wanted["year"] and any(one.year is None for one in placed),
        "quarter": wanted["quarter"] and PlaceColumn.QUARTER not in table.places,
    })  # fmt: skip
    problems = [around.problem] if around.problem else _contradictions(sheet, placed, place)
    out.problems += problems
    if problems:
        return
    groups: dict[tuple[str, NamedPeriod], list[PlacedRow]] = {}
    for one in placed:
        period = NamedPeriod(one.year, one.quarter).filled(around.period)
        groups.setdefault((one.city or around.city, period), []).append(one)
    for (city, period), own in groups.items():
        numbers = rows.others | {one.number for one in own}
        mine = RowsOfSlice(numbers, rows.totals, tuple(rows.unplaced))
        sources = (*_named_by(own[0]), *around.sources)
        _take_quarters(out, table, sheet, city, period, sources, mine)


def _named_by(row: PlacedRow) -> Iterator[Recognised]:
    """Yield what a row names, the city first."""
    values = {
        PlaceColumn.CITY: row.city,
        PlaceColumn.YEAR: row.year,
        PlaceColumn.QUARTER: row.quarter,
    }
    for what, value in values.items():
        if what in row.cells:
            yield Recognised(str(value), "row", row.cells[what][1])


def _contradictions(
    sheet: ForeignSheet, rows: list[PlacedRow], place: Surroundings
) -> list[UnreadSheet]:
    """Return where a row names another place than a text around the table, each text once."""
    first: dict[tuple, PlacedRow] = {}
    for row in rows:
        first.setdefault((row.city, row.year, row.quarter), row)
    found: dict[tuple[str, PlaceColumn], UnreadSheet] = {}
    for text in place.said():
        city, period = named_city(text, place.cities), named_period(text)
        for row in first.values():
            against = {
                PlaceColumn.CITY: row.city and city and row.city != city,
                PlaceColumn.YEAR: row.year and period.year and row.year != period.year,
                PlaceColumn.QUARTER: row.quarter and not covers(text, row.quarter),
            }
            for what, differs in against.items():
                # The year may stand in the column of quarters.
                cell, written = row.cells.get(what) or row.cells.get(PlaceColumn.QUARTER, ("", ""))
                if differs and cell:
                    said = {"texts": f"{text}; {written}"[:200]}
                    problem = UnreadSheet(CONTRADICTION, sheet.name, said, cell)
                    found.setdefault((text, what), problem)
    return list(found.values())


def _take_quarters(
    out, table, sheet, city: str, own: NamedPeriod, sources, mine: RowsOfSlice = WHOLE_SHEET
) -> None:
    """Add a slice for each quarter of which the sheet has a column with figures."""
    texts = tuple(one for one in table.columns if one not in _figures(table))
    texts = tuple(one for one in texts if one.field not in PLACES)
    by_quarter: dict[Quarter, list[ColumnSpec]] = {}
    for column in _figures(table):
        by_quarter.setdefault(_quarter(column, own), []).append(column)
    for quarter, columns in sorted(by_quarter.items()):
        key = (table.kind, city, quarter)
        if key in out.found:
            first = out.found[key].sheet.name
            out.problems.append(UnreadSheet(TWICE, sheet.name, {"first": first}))
            continue
        out.found[key] = Slice(
            table,
            sheet,
            city,
            quarter,
            (*texts, *columns),
            sources,
            mine.rows,
            mine.totals,
            _unread(sheet, city, quarter, mine.unplaced),
        )


def _unread(
    sheet: ForeignSheet, city: str, quarter: Quarter, rows: tuple[UnplacedRow, ...]
) -> tuple[Fault, ...]:
    """Return the faults of rows that may be of a city and quarter, and cannot be read."""
    return tuple(
        Fault(one.code, sheet.name, one.cell, one.written, one.params)
        for one in rows
        if one.city in (None, city)
        and one.period.year in (None, quarter.year)
        and one.period.quarter in (None, quarter.quarter)
    )


def _figures(table: TableSpec) -> tuple[ColumnSpec, ...]:
    """Return the columns with figures."""
    figures = {column.field for column in TABLES[table.kind].figures}
    return tuple(column for column in table.columns if column.field in figures)


def _quarter(column: ColumnSpec, own: NamedPeriod) -> Quarter:
    """Return the quarter of a column: its own, that of the sheet's year, or the sheet's."""
    if not column.quarter:
        number = 4 if column.holds is Holds.YEAR else own.quarter
        return Quarter(own.year, number)
    year, _q, number = column.quarter.partition("Q")
    return Quarter(int(year or own.year), int(number))
