"""A confirmed layout applied to a foreign file: one Reading for each city and quarter in it."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from foundation.quarters import Quarter
from indicators.formulas.cumulative import year_to_date
from submissions.workbook.contents import Fault, Line, Reading, SheetTable, Value
from submissions.workbook.faults import Faults, Unreadable, texts
from submissions.workbook.foreign.foreign_file import ForeignFile, read_file
from submissions.workbook.foreign.foreign_table import ForeignReader
from submissions.workbook.foreign.layout_spec import Holds, LayoutSpec
from submissions.workbook.foreign.slices import (
    NO_PLACE,
    NOTHING_GIVEN,
    GivenPlace,
    Slice,
    Slices,
    slices,
)
from submissions.workbook.layout import CITY, CITY_LABELS, ENTERPRISES, TABLES, CellKind
from submissions.workbook.reading.headings import fold

EARLIER_MISSING = "W292"


class ReadSlice(NamedTuple):
    """A slice as read: its table, its faults, and the rows that are no lines of it."""

    table: SheetTable
    faults: list[Fault]
    left_out: list[tuple[int, str]]
    empty: list[int]


class AppliedLayout:
    """A file read by a layout. Nothing is read before it is asked for, and then once."""

    def __init__(
        self,
        spec: LayoutSpec,
        file: ForeignFile,
        name: str,
        cities: Mapping[str, str],
        given: GivenPlace = NOTHING_GIVEN,
    ) -> None:
        """Take layout and file; cities is name -> code."""
        self.file = file
        self.city_names = {code: name for name, code in cities.items()}
        self.slices: Slices = slices(spec, file, name, cities, given)
        self._read: dict[tuple, ReadSlice] = {}

    def places(self) -> list[tuple[str, Quarter]]:
        """Return the cities' codes and the quarters that the file has figures of."""
        return self.slices.places()

    def problems(self) -> list[Fault]:
        """Return why sheets are not read, as faults."""
        return [
            Fault(one.code, one.sheet or None, one.cell or None, None, texts(one.params))
            for one in self.slices.problems
        ]

    def reading(self, city: str, quarter: Quarter) -> Reading:
        """
        Return what the file says of a city and a quarter, in the shape of our own workbook.

        A quarter of which it says nothing is a Reading without tables and with the reason.
        """
        reading = Reading(form=self.file.form)
        if self.slices.problems:
            return Reading(faults=self.problems(), form=self.file.form)
        for kind in (CITY.kind, ENTERPRISES.kind):
            own = self.slices.found.get((kind, city, quarter))
            if own:
                done = self.cumulative(own)
                reading.tables[kind] = done.table
                reading.faults += done.faults
        if not reading.tables:
            params = {"missing": f"{city} {quarter}"}
            return Reading(faults=[Fault(NO_PLACE, params=params)], form=self.file.form)
        reading.faults = [*self.file.faults, *reading.faults]
        if CITY.kind not in reading.tables:
            reading.faults.append(Fault("W139", params={"heading": CITY.sheet}))
        return reading

    def cumulative(self, own: Slice) -> ReadSlice:
        """
        Return a slice with all amounts counted from 1 January.

        A single quarter's become so only where the year's earlier ones are all there; the value
        keeps the own quarter's cell, and the others are its sources.
        """
        done = self._slice(own)
        fields = [one.field for one in own.columns if one.holds is Holds.QUARTER]
        if not fields:
            return done
        earlier = {
            quarter: self.slices.found.get((own.spec.kind, own.city, quarter))
            for quarter in Quarter.range(Quarter(own.quarter.year, 1), own.quarter)[:-1]
        }
        lines = {q: _by_key(self._slice(one).table) if one else {} for q, one in earlier.items()}
        table = SheetTable(**{name: getattr(done.table, name) for name in SheetTable.__slots__})
        # Totals of single quarters are compared with nothing.
        table.totals, table.lines, table.sources = [], [], {}
        faults = list(done.faults)
        for line in done.table.lines:
            values = dict(line.values)
            before = [
                (quarter, earlier[quarter], found.get(_key(line))) for quarter, found in
                lines.items()
            ]  # fmt: skip
            for name in fields:
                if name in values and _is_flow(table.kind, line, name):
                    values[name] = _added_up(table, line, name, own.quarter, before, faults)
            table.lines.append(Line(line.row, values))
        return done._replace(table=table, faults=faults)

    def _slice(self, own: Slice) -> ReadSlice:
        """Return a slice as it stands in the file."""
        key = (own.spec.kind, own.city, own.quarter)
        if key not in self._read:
            faults = Faults()
            given = {"date1904": self.file.date1904, "rows": own.rows}
            reader = ForeignReader(own.spec, own.columns, faults, own.sheet, **given)
            table = reader.table_read()
            place = {one.source: one.text for one in own.sources}
            written = "; ".join(dict.fromkeys(filter(None, place.values())))[:60]
            city = self.city_names.get(own.city, own.city)
            table.reporter = Value(city, "", written)
            table.period = Value(str(own.quarter), "", written)
            left_out = [*reader.left_out, *own.totals]
            every = [*own.unread, *faults.all()]
            self._read[key] = ReadSlice(table, every, left_out, reader.empty)
        return self._read[key]


def _added_up(table, line, name, quarter, before, faults) -> Value:
    """Return a line's figure counted from 1 January; None with a fault if a quarter is missing."""
    own = line.values[name]
    if own.value is None:
        return own
    singles: dict[Quarter, Decimal | None] = {quarter: own.value}
    sources = []
    for each, of, earlier in before:
        cell = earlier.values.get(name) if earlier else None
        is_single = of is not None and (of.holds(name) is Holds.QUARTER or each.quarter == 1)
        singles[each] = cell.value if cell and is_single else None
        if cell and is_single:
            sources.append(f"{of.sheet.name}!{cell.cell}")
    total = year_to_date(singles, quarter)
    if total is None:
        missing = "、".join(str(one) for one, value in sorted(singles.items()) if value is None)
        column = TABLES[table.kind].column(name).heading
        params = {"column": column, "missing": missing}
        faults.append(Fault(EARLIER_MISSING, table.sheet, own.cell, own.written, params))
    elif sources:
        table.sources[own.cell] = tuple(sources)
    return Value(total, own.cell, own.written)


def _is_flow(kind: str, line: Line, name: str) -> bool:
    """Return whether a figure adds up over quarters; firms and staff are counted at their end."""
    if kind == CITY.kind:
        measure = CITY_LABELS.get(str(line.get("measure")))
        return measure is not None and measure.kind is CellKind.MONEY
    return TABLES[kind].column(name).kind is CellKind.MONEY


def _key(line: Line) -> str:
    """Return by what a line is found again in another quarter: code, else name or measure."""
    return str(line.get("credit_code") or fold(str(line.get("name") or line.get("measure") or "")))


def _by_key(table: SheetTable) -> dict[str, Line]:
    """Return a table's lines by their key; what stands twice is left out."""
    found: dict[str, Line] = {}
    twice = set()
    for line in table.lines:
        key = _key(line)
        if key in found:
            twice.add(key)
        found[key] = line
    return {key: line for key, line in found.items() if key and key not in twice}


def apply(
    spec: LayoutSpec,
    path: Path,
    name: str,
    cities: Mapping[str, str],
    given: GivenPlace = NOTHING_GIVEN,
) -> AppliedLayout:
    """Return a file read by a layout. Raises Unreadable for a file that cannot be read."""
    return AppliedLayout(spec, read_file(path, name), name, cities, given)


def reading_of(
    spec: LayoutSpec,
    path: Path,
    name: str,
    place: tuple[str, Quarter],
    cities: Mapping[str, str],
    given: GivenPlace = NOTHING_GIVEN,
) -> Reading:
    """Return the Reading of one city and quarter; an unreadable file gives its fault alone."""
    try:
        return apply(spec, path, name, cities, given).reading(*place)
    except Unreadable as refusal:
        return Reading({}, [refusal.fault])
    except MemoryError:
        return Reading({}, [Fault("E104")])
