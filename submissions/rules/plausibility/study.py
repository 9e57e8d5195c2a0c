"""
The lines of a workbook beside what their firms reported before: what several rules share.

Made once for a check and kept in the context. Lists run parallel to the lines: a workbook may have
twenty thousand of them, and only those that are unlike the others are looked at closely.
"""

from collections.abc import Iterator
from math import log
from typing import NamedTuple

from submissions.rules.context import Context
from submissions.rules.plausibility.past import FIELDS, QUARTERS, Past
from submissions.rules.plausibility.robust import VANISHED, Usual, change, spreads, usual
from submissions.rules.plausibility.thresholds import ABOVE_HIGHEST, QUARTER, STEP, YEAR, Band
from submissions.workbook.contents import Line, Reading, SheetTable
from submissions.workbook.layout import ENTERPRISES

AMOUNTS = tuple(column.field for column in ENTERPRISES.amounts)

# How many earlier changes of its own tell what is usual for a firm.
FEWEST_OWN = 3

# Kinds of changes: over a year, of the single quarter over a year, since the quarter before.
OVER_YEAR, OF_QUARTER, SINCE_QUARTER = "year", "quarter", "step"

Changes = list[float | None]


class LineWithPast(NamedTuple):
    """
    One enterprise line: its figures as floating-point numbers, and its firm's past.

    field       the industry field of the register; None if it is not known
    past        None of a firm that has not reported before
    comparable  whether last year's figures began with that year's first quarter
    """

    line: Line
    code: str
    figures: dict[str, float | None]
    field: int | None
    past: Past | None
    comparable: bool


class Study:
    """The lines of a workbook, and what is usual among them."""

    def __init__(self, table: SheetTable, context: Context) -> None:
        """Look at every line with a code; each code once."""
        self.table = table
        # The quarters back in which the city's firms reported; none before its first return.
        self.known = frozenset(
            back
            for back in range(1, QUARTERS + 1)
            if any(past.get("revenue", back) is not None for past in context.past.values())
        )
        self.entries = list(_entries(table, context, self.known))
        # What rules have found for others to leave out: kind of change -> field -> places.
        self.questioned: dict[str, dict[str, list[int]]] = {}
        self._changes: dict[tuple[str, str], Changes] = {}
        self._usuals: dict[tuple[str, str, int | None], Usual | None] = {}

    def changes(self, kind: str, name: str) -> Changes:
        """Return the changes of one kind and field, of each line; None where not comparable."""
        if (kind, name) not in self._changes:
            before = _BEFORE[kind]
            self._changes[kind, name] = [
                log(max(now / then, VANISHED))
                if entry.past is not None
                and (then := before(entry, name)) is not None
                and then > 0
                and (now := single_now(entry, name) if kind == OF_QUARTER else entry.figures[name])
                is not None
                else None
                for entry in self.entries
            ]
        return self._changes[kind, name]

    def peers(self, kind: str, name: str, field: int | None) -> Usual | None:
        """Return what is usual among the lines of an industry field; of all if it has too few."""
        key = (kind, name, field)
        if key not in self._usuals:
            changes = self.changes(kind, name)
            if field is None:
                self._usuals[key] = usual(changes)
            else:
                pairs = zip(self.entries, changes, strict=True)
                of_field = usual(each for entry, each in pairs if entry.field == field)
                self._usuals[key] = of_field or self.peers(kind, name, None)
        return self._usuals[key]

    def unlike(self, kind: str, name: str, band: Band) -> list[int]:
        """Return the places of the lines whose change is outside a band around their peers'."""
        bounds: dict[int | None, tuple[float, float]] = {}
        found = []
        for at, changed in enumerate(self.changes(kind, name)):
            if changed is None:
                continue
            field = self.entries[at].field
            if field not in bounds:
                bounds[field] = _bounds(self.peers(kind, name, field), band)
            low, high = bounds[field]
            if not low <= changed <= high:
                found.append(at)
        return found

    def off_year(self, at: int, name: str) -> float:
        """Return by how many spreads an amount is off its usual change over a year; 0 unknown."""
        return self._off(at, name, OVER_YEAR, YEAR)

    def off_quarter(self, at: int, name: str) -> float:
        """
        Return by how many spreads a single quarter is above its usual; 0 if unknown.

        Against the same quarter of last year, or against what this quarter adds to the others'
        figures of the year. 0 too unless it is well above every single quarter of two years.
        """
        entry = self.entries[at]
        now = single_now(entry, name) if entry.past else None
        if now is None or now <= 0 or now < (entry.past.single(name, 4) or 0) * ABOVE_HIGHEST:
            return 0
        singles = entry.past.singles(name)
        if len(singles) < FEWEST_OWN or now < max(singles) * ABOVE_HIGHEST:
            return 0
        off = self._off(at, name, OF_QUARTER, QUARTER)
        step, peers = (
            self.changes(SINCE_QUARTER, name)[at],
            self.peers(SINCE_QUARTER, name, entry.field),
        )
        if step is not None and peers is not None and entry.past.quarter > 1:
            off = max(off, spreads(step, (peers,), STEP))
        return off

    def _off(self, at: int, name: str, kind: str, band: Band) -> float:
        """
        Return by how many spreads one kind of change is off; 0 if there is no change.

        The firm's own past can only excuse; it is asked where something is to be excused.
        """
        found, entry = self.changes(kind, name)[at], self.entries[at]
        if found is None:
            return 0
        peers = self.peers(kind, name, entry.field)
        off = spreads(found, (peers,), band)
        if peers is None or abs(off) > 1:
            off = spreads(found, (peers, own_usual(entry.past, name)), band)
        return off


def single_now(entry: LineWithPast, name: str) -> float | None:
    """Return the amount of the single quarter now; None if it is not known."""
    now, past = entry.figures[name], entry.past
    if now is None or past is None or past.quarter == 1:
        return now
    before = past.get(name, 1)
    return None if before is None else now - before


def own_usual(past: Past, name: str) -> Usual | None:
    """Return what is usual for a firm: changes over a year of its last four single quarters."""
    backs = range(1, 5)
    return usual(
        (change(past.single(name, back), past.single(name, back + 4)) for back in backs),
        FEWEST_OWN,
    )


def study(reading: Reading, context: Context) -> Study | None:
    """Return the study of a workbook's lines, made once; None if there are no lines to study."""
    if "study" not in context.memo:
        table = reading.tables.get(ENTERPRISES.kind)
        usable = table is not None and table.lines and not table.nil
        context.memo["study"] = Study(table, context) if usable else None
    return context.memo["study"]


def _entries(table: SheetTable, context: Context, known: frozenset[int]) -> Iterator[LineWithPast]:
    """Yield each line with a code beside its past; of a code that stands twice the first line."""
    seen = set()
    for line in table.lines:
        code = line.get("credit_code")
        if not code or code in seen:
            continue
        seen.add(code)
        values, past = line.values, context.past.get(code)
        figures = {
            name: float(value.value)
            if (value := values.get(name)) and value.value is not None
            else None
            for name in FIELDS
        }
        comparable = past is not None and past.whole_year_earlier(known)
        yield LineWithPast(line, code, figures, context.fields.get(code), past, comparable)


def _a_year_before(entry: LineWithPast, name: str) -> float | None:
    """Return what a figure is compared with over a year; None if not comparable."""
    return entry.past.get(name, 4) if entry.comparable else None


def _a_quarter_before(entry: LineWithPast, name: str) -> float | None:
    """
    Return what a figure is compared with since the quarter before.

    Of amounts in a first quarter, where they begin anew: that of a year before.
    """
    if entry.past.quarter == 1 and name in AMOUNTS:
        return _a_year_before(entry, name)
    return entry.past.get(name, 1)


def figure_before(entry: LineWithPast, name: str) -> float | None:
    """Return what a line's figure is compared with since the quarter before; None without."""
    return _a_quarter_before(entry, name) if entry.past else None


_BEFORE = {
    OVER_YEAR: _a_year_before,
    OF_QUARTER: lambda entry, name: entry.past.single(name, 4),
    SINCE_QUARTER: _a_quarter_before,
}


def _bounds(peers: Usual | None, band: Band) -> tuple[float, float]:
    """Return the lowest and highest change that no peer's spread questions."""
    if peers is None:
        return (0.0, 0.0)
    width = band.times * max(band.floor, peers.spread)
    return peers.centre - width, peers.centre + width
