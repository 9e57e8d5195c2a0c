"""
What a rule is: one function, one code, one entry in the catalogue.

A rule looks at a reading and its context and yields a Spot for each place where it is broken.
It reads what it is given, asks the database nothing, and passes over what is missing: a value
that the reader refused has had its finding already.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from types import ModuleType

from django.utils.functional import Promise

from submissions.rules.answers import why_refused
from submissions.rules.catalogue import CATALOGUE, FillIns, Severity, enter
from submissions.rules.context import Context
from submissions.workbook.contents import Line, Reading, SheetTable


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a rule is broken: None as cell is the whole sheet, as sheet the whole file."""

    sheet: str | None = None
    cell: str | None = None
    value: str | None = None
    params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Raised:
    """
    A finding before it is stored.

    value      the cell's own text; None without a cell
    params     the fill-ins of the catalogue's texts
    explained  what the row's 说明 says, for an advisory finding; "" if nothing
    refused    what it says in place of an explanation, and why: a value of answers.Why
    at         the address of that 说明, "" without one
    about      what the line is about: its table, its key and the field; "" without a line
    firm       the credit code of the enterprise it is about; "" for others
    """

    code: str
    sheet: str | None
    cell: str | None
    value: str | None
    params: dict[str, str]
    explained: str = ""
    refused: str = ""
    why: str = ""
    at: str = ""
    about: str = ""
    firm: str = ""

    @property
    def severity(self) -> Severity:
        """Return whether this must be corrected or may be explained."""
        return CATALOGUE[self.code].severity

    @property
    def trial(self) -> bool:
        """Return whether its rule is only tried out, so that nobody need answer."""
        return CATALOGUE[self.code].trial

    @property
    def refusal(self) -> str:
        """Return why the line's 说明 does not count; empty if it does, or says nothing."""
        return why_refused(self.why) if self.why else ""

    @property
    def message(self) -> str:
        """Return what is wrong, in the reader's language."""
        return str(CATALOGUE[self.code].message) % FillIns(self.params)

    @property
    def remedy(self) -> str:
        """Return what to do about it, in the reader's language."""
        return str(CATALOGUE[self.code].remedy) % FillIns(self.params)


Look = Callable[[Reading, Context], Iterator[Spot]]
Rule = Callable[[Reading, Context], Iterator[Raised]]

RULES: dict[str, Rule] = {}


def rule(
    code: str,
    severity: Severity,
    message: str | Promise,
    remedy: str | Promise,
    *,
    trial: bool = False,
) -> Callable[[Look], Rule]:
    """Enter a code in the catalogue, and make of the function below it the rule that raises it."""
    enter(code, severity, message, remedy, trial=trial)

    def register(look: Look) -> Rule:
        @wraps(look)
        def raise_findings(reading: Reading, context: Context) -> Iterator[Raised]:
            for spot in look(reading, context):
                yield Raised(code, spot.sheet, spot.cell, spot.value, spot.params)

        RULES[code] = raise_findings
        return raise_findings

    return register


def rules_of(*modules: ModuleType) -> list[Rule]:
    """Return the rules of these modules, in the order in which they stand there."""
    names = [module.__name__ for module in modules]
    known = [found for found in RULES.values() if found.__module__ in names]
    return sorted(known, key=lambda found: names.index(found.__module__))


def lines_of(reading: Reading, kind: str) -> Iterator[tuple[SheetTable, Line]]:
    """Yield each line of a table with the table; nothing if the file has none of the kind."""
    if table := reading.tables.get(kind):
        for line in table.lines:
            yield table, line


def at(table: SheetTable, line: Line, name: str, **params: object) -> Spot:
    """Return the spot of a field in a line; without such a column, the line's first cell."""
    value = line.values.get(name) or next(iter(line.values.values()))
    return Spot(table.sheet, value.cell, value.written, texts(params))


def on_sheet(table: SheetTable, **params: object) -> Spot:
    """Return a whole sheet as the spot."""
    return Spot(table.sheet, params=texts(params))


def on_file(**params: object) -> Spot:
    """Return the whole file as the spot."""
    return Spot(params=texts(params))


def texts(params: dict[str, object]) -> dict[str, str]:
    """Return fill-ins as text: they are stored, and shown in another language later."""
    return {name: str(value) for name, value in params.items()}
