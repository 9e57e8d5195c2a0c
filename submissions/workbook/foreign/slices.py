"""Which sheet and which columns of a foreign file are of which city and quarter."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from foundation.quarters import Quarter
from submissions.workbook.cells import TEXT, letters
from submissions.workbook.foreign.fingerprint import best_rows, differences, heading_lines
from submissions.workbook.foreign.foreign_file import ForeignFile, ForeignSheet
from submissions.workbook.foreign.layout_spec import (
    ColumnSpec,
    Holds,
    LayoutSpec,
    Sheets,
    TableSpec,
)
from submissions.workbook.foreign.places import (
    NamedPeriod,
    Recognised,
    agreed,
    named_city,
    named_period,
)
from submissions.workbook.layout import TABLES

HEADINGS_DIFFER, NO_PLACE, CONTRADICTION, TWICE = "E295", "E296", "E297", "E298"


class GivenPlace(NamedTuple):
    """What a person said of a file: the city's code, the year, the quarter; blank if nothing."""

    city: str = ""
    year: int | None = None
    quarter: int | None = None


NOTHING_GIVEN = GivenPlace()


class UnreadSheet(NamedTuple):
    """Why a sheet is not read: a code of the catalogue, the sheet, and the message's parameters."""

    code: str
    sheet: str
    params: dict[str, str]


@dataclass(frozen=True)
class Slice:
    """
    One table of one city and quarter.

    columns  those of the quarter, and those of texts
    sources  what city and quarter were recognised from
    """

    spec: TableSpec
    sheet: ForeignSheet
    city: str
    quarter: Quarter
    columns: tuple[ColumnSpec, ...]
    sources: tuple[Recognised, ...]

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
            _take_sheet(out, table, sheet, _Place(sheet, table, name, cities, given))
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


class _Place:
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


def _take_sheet(out: Slices, table: TableSpec, sheet: ForeignSheet, place: _Place) -> None:
    """Add the slices of one sheet."""
    city, against = place.city()
    year, other_years = place.part("year")
    own_quarter, other_quarters = place.part("quarter")
    wants_year = any(not one.quarter.startswith("20") for one in _figures(table))
    # A year alone is of its fourth quarter, whatever the title says of quarters.
    wants_quarter = any(not one.quarter and one.holds is not Holds.YEAR for one in _figures(table))
    against = against + (other_years if wants_year else [])
    against = against + (other_quarters if wants_quarter else [])
    if against:
        texts = "; ".join(one.text or one.value for one in against)
        out.problems.append(UnreadSheet(CONTRADICTION, sheet.name, {"texts": texts[:200]}))
        return
    missing = [
        word
        for word, lacks in (
            ("市", city is None),
            ("年", wants_year and year is None),
            ("季度", wants_quarter and own_quarter is None),
        )
        if lacks
    ]
    if missing:
        out.problems.append(UnreadSheet(NO_PLACE, sheet.name, {"missing": "、".join(missing)}))
        return
    sources = tuple(one for one in (city, year, own_quarter) if one)
    own = NamedPeriod(
        int(year.value) if year else None, int(own_quarter.value) if own_quarter else None
    )
    _take_quarters(out, table, sheet, city.value, own, sources)


def _take_quarters(out, table, sheet, city: str, own: NamedPeriod, sources) -> None:
    """Add a slice for each quarter of which the sheet has a column with figures."""
    texts = tuple(one for one in table.columns if one not in _figures(table))
    by_quarter: dict[Quarter, list[ColumnSpec]] = {}
    for column in _figures(table):
        by_quarter.setdefault(_quarter(column, own), []).append(column)
    for quarter, columns in sorted(by_quarter.items()):
        key = (table.kind, city, quarter)
        if key in out.found:
            first = out.found[key].sheet.name
            out.problems.append(UnreadSheet(TWICE, sheet.name, {"first": first}))
            continue
        out.found[key] = Slice(table, sheet, city, quarter, (*texts, *columns), sources)


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
