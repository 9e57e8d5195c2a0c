"""
The lines of a workbook beside what their firms reported before: what several rules share.

Made once for a check and kept in the context.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from submissions.rules.context import Context
from submissions.rules.plausibility.past import FIELDS, Past
from submissions.rules.plausibility.robust import Usual, change, spreads, usual
from submissions.rules.plausibility.thresholds import (
    ABOVE_HIGHEST,
    QUARTER,
    STEP,
    YEAR,
    Band,
)
from submissions.workbook.contents import Line, Reading, SheetTable
from submissions.workbook.layout import ENTERPRISES

AMOUNTS = tuple(column.field for column in ENTERPRISES.amounts)

# How many earlier changes of its own tell what is usual for a firm.
FEWEST_OWN = 3


class Look(NamedTuple):
    """
    One enterprise line: its figures as floating-point numbers, and its firm's past.

    field  the industry field of the register; None if it is not known
    past   None of a firm that has not reported before
    """

    line: Line
    code: str
    figures: dict[str, float | None]
    field: int | None
    past: Past | None


class Study:
    """The lines of a workbook, and what is usual among them."""

    def __init__(self, table: SheetTable, context: Context) -> None:
        """Look at every line with a code; each code once."""
        self.table = table
        self.known = frozenset(
            back
            for back in range(1, 10)
            if any(past.get("revenue", back) is not None for past in context.past.values())
        )
        self.looks = list(_looks(table, context))
        # The lines and fields that amounts.off_year() found; None before it looked.
        self.told: list[tuple[Look, str]] | None = None
        self._usuals: dict[tuple, Usual | None] = {}
        self._changes: dict[tuple[str, str], list[float | None]] = {}

    # ---- changes ---------------------------------------------------------------------

    def year_change(self, look: Look, name: str) -> float | None:
        """Return the change against the same quarter of last year; None if not comparable."""
        past = look.past
        if past is None or not past.whole_year_earlier(self.known):
            return None
        return change(look.figures[name], past.get(name, 4))

    def quarter_change(self, look: Look, name: str) -> float | None:
        """Return the change of the single quarter against the same one of last year."""
        past = look.past
        return change(single_now(look, name), past.single(name, 4)) if past else None

    def step(self, look: Look, name: str) -> float | None:
        """
        Return the change since the quarter before, within a year; of staff in any quarter.

        In a first quarter, where amounts begin anew: the change against that of last year.
        """
        past = look.past
        if past is None:
            return None
        if name in AMOUNTS and past.quarter == 1:
            return self.year_change(look, name)
        return change(look.figures[name], past.get(name, 1))

    def changes(self, kind: str, name: str) -> list[float | None]:
        """Return the changes of one kind (a method's name) of all lines, in their order."""
        if (kind, name) not in self._changes:
            measure = getattr(self, kind)
            self._changes[kind, name] = [measure(look, name) for look in self.looks]
        return self._changes[kind, name]

    def peers(self, kind: str, name: str, field: int | None) -> Usual | None:
        """Return what is usual among the lines of an industry field; of all if it has too few."""
        key = (kind, name, field)
        if key not in self._usuals:
            changes = self.changes(kind, name)
            of_field = field is not None and usual(
                each for look, each in zip(self.looks, changes, strict=True) if look.field == field
            )
            self._usuals[key] = of_field or (
                usual(changes) if field is None else self.peers(kind, name, None)
            )
        return self._usuals[key]

    # ---- how far off -----------------------------------------------------------------

    def off_year(self, look: Look, name: str) -> float:
        """Return by how many spreads an amount is off its usual change over a year; 0 unknown."""
        return self._off(look, name, "year_change", YEAR, lambda: own_usual(look.past, name))

    def off_quarter(self, look: Look, name: str) -> float:
        """
        Return by how many spreads a single quarter is above its usual; 0 if unknown.

        Against the same quarter of last year, or against what the year has added to the others'
        figures since the quarter before. 0 too unless it is well above every single quarter of
        two years.
        """
        now, past = single_now(look, name), look.past
        if now is None or past is None or now <= 0:
            return 0
        singles = past.singles(name)
        if len(singles) < FEWEST_OWN or now < max(singles) * ABOVE_HIGHEST:
            return 0
        off = self._off(look, name, "quarter_change", QUARTER, lambda: own_usual(past, name))
        step = None if past.quarter == 1 else self.step(look, name)
        peers = self.peers("step", name, look.field)
        if step is not None and peers is not None:
            off = max(off, spreads(step, (peers,), STEP))
        return off

    def _off(
        self, look: Look, name: str, kind: str, band: Band, own: Callable[[], Usual | None]
    ) -> float:
        """Return by how many spreads one kind of change is off; 0 if there is no change."""
        found = getattr(self, kind)(look, name)
        if found is None:
            return 0
        peers = self.peers(kind, name, look.field)
        off = spreads(found, (peers,), band)
        # The firm's own past only excuses; it is asked where something is to be excused.
        if peers is None or abs(off) > 1:
            off = spreads(found, (peers, own()), band)
        return off


def single_now(look: Look, name: str) -> float | None:
    """Return the amount of the single quarter now; None if it is not known."""
    now, past = look.figures[name], look.past
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


def _looks(table: SheetTable, context: Context) -> Iterator[Look]:
    """Yield a look at each line with a code; of a code that stands twice at its first line."""
    seen = set()
    for line in table.lines:
        code = line.get("credit_code")
        if not code or code in seen:
            continue
        seen.add(code)
        values = line.values
        figures = {
            name: float(value.value)
            if (value := values.get(name)) and value.value is not None
            else None
            for name in FIELDS
        }
        yield Look(line, code, figures, context.fields.get(code), context.past.get(code))
