"""
What a rule is: one function, one code, one entry in the catalogue.

A rule takes a reading and its context and yields a Location for each violation. It asks no
database, and skips what is missing: a value that the reader refused has a finding already.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from types import ModuleType

from django.utils.functional import Promise

from submissions.rules.answers import refusal_message
from submissions.rules.catalogue import CATALOGUE, FillIns, Severity, register
from submissions.rules.context import Context
from submissions.workbook.contents import Line, Reading, SheetTable


@dataclass(frozen=True, slots=True)
class Location:
    """Where a rule is violated: without a cell the whole sheet, without a sheet the whole file."""

    sheet: str | None = None
    cell: str | None = None
    value: str | None = None
    params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Violation:
    """
    A violation of a rule, before it is stored as a Finding.

    value        the cell's own text; None without a cell
    params       the parameters of the catalogue's texts
    explained    the explanation in the row's 说明, for an advisory finding; "" without one
    refused      the text of 说明 if it is no explanation; "" otherwise
    refused_why  a value of answers.RefusalReason; "" if nothing was refused
    answer_cell  the address of that 说明, "" without one
    about        table, key and field of the line; "" without a line
    firm         the credit code of the enterprise; "" for others
    """

    code: str
    sheet: str | None
    cell: str | None
    value: str | None
    params: dict[str, str]
    explained: str = ""
    refused: str = ""
    refused_why: str = ""
    answer_cell: str = ""
    about: str = ""
    firm: str = ""

    @property
    def severity(self) -> Severity:
        """Return whether this must be corrected or must be explained."""
        return CATALOGUE[self.code].severity

    @property
    def trial(self) -> bool:
        """Return whether its rule is on trial, so that no answer is needed."""
        return CATALOGUE[self.code].trial

    @property
    def refusal(self) -> str:
        """Return why the line's 说明 is no explanation; "" if it is one, or is blank."""
        return refusal_message(self.refused_why) if self.refused_why else ""

    @property
    def message(self) -> str:
        """Return the message in the active language."""
        return str(CATALOGUE[self.code].message) % FillIns(self.params)

    @property
    def remedy(self) -> str:
        """Return the remedy in the active language."""
        return str(CATALOGUE[self.code].remedy) % FillIns(self.params)


Check = Callable[[Reading, Context], Iterator[Location]]
Rule = Callable[[Reading, Context], Iterator[Violation]]

RULES: dict[str, Rule] = {}


def rule(
    code: str,
    severity: Severity,
    message: str | Promise,
    remedy: str | Promise,
    *,
    trial: bool = False,
) -> Callable[[Check], Rule]:
    """Register a code in the catalogue, and make the decorated function the rule of that code."""
    register(code, severity, message, remedy, trial=trial)

    def decorate(check: Check) -> Rule:
        @wraps(check)
        def violations(reading: Reading, context: Context) -> Iterator[Violation]:
            for location in check(reading, context):
                where = location.sheet, location.cell, location.value
                yield Violation(code, *where, location.params)

        RULES[code] = violations
        return violations

    return decorate


def rules_of(*modules: ModuleType) -> list[Rule]:
    """Return the rules of these modules, in the order in which they are defined."""
    names = [module.__name__ for module in modules]
    known = [found for found in RULES.values() if found.__module__ in names]
    return sorted(known, key=lambda found: names.index(found.__module__))


def lines_of(reading: Reading, kind: str) -> Iterator[tuple[SheetTable, Line]]:
    """Yield (table, line) for each line of a kind of table; nothing if the file has none."""
    if table := reading.tables.get(kind):
        for line in table.lines:
            yield table, line


def at(table: SheetTable, line: Line, name: str, **params: object) -> Location:
    """Return the location of a field in a line; without such a column, of the line's first cell."""
    value = line.values.get(name) or next(iter(line.values.values()))
    return Location(table.sheet, value.cell, value.written, texts(params))


def on_sheet(table: SheetTable, **params: object) -> Location:
    """Return the location of a whole sheet."""
    return Location(table.sheet, params=texts(params))


def on_file(**params: object) -> Location:
    """Return the location of the whole file."""
    return Location(params=texts(params))


def texts(params: dict[str, object]) -> dict[str, str]:
    """Return parameters as text: they are stored as JSON and shown in any language later."""
    return {name: str(value) for name, value in params.items()}
