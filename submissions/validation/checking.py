"""
All findings of a reading: the reader's faults, then the rules.

Reads the database and writes nothing. submissions.intake.receiving stores what this returns.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from clusters.models import City, ReportingPeriod
from foundation.texts.comparing import normalised
from submissions.rules import (
    arithmetic,
    history,
    identity,
    nil,
    of_foreign,
    of_read_cells,
    of_reading,
    of_template,
    parks_and_blocks,
    tasks,
    trial,
    units,
)
from submissions.rules.answers import ONE_CAUSE, RefusalReason, copied, gives_no_reason
from submissions.rules.catalogue import Severity
from submissions.rules.context import context_for
from submissions.rules.plausibility import amounts, shifted, totals
from submissions.rules.reasons import (
    of_cells,
    of_figures,
    of_files,
    of_layouts,
    of_lines,
    of_plausibility,
    of_sheets,
    of_tasks,
)
from submissions.rules.rule import Violation, rules_of
from submissions.workbook.cells import column_index
from submissions.workbook.contents import Line, Reading
from submissions.workbook.limits import FINDINGS
from submissions.workbook.staged_text import key_of

# of_reading, of_read_cells and of_foreign have no rules, only the texts of the reader's faults.
RULES = rules_of(
    of_reading,
    of_read_cells,
    of_foreign,
    of_template,
    identity,
    parks_and_blocks,
    tasks,
    arithmetic,
    units,
    history,
    nil,
    trial,
    amounts,
    shifted,
    totals,
)

# Imported so that the rationale of each rule is registered with it.
REASONS = (
    of_files,
    of_sheets,
    of_cells,
    of_lines,
    of_figures,
    of_plausibility,
    of_tasks,
    of_layouts,
)

# The finding with the number of findings.
TOO_MANY = "E192"

ENTERPRISES = "enterprises"

CELL = re.compile(r"([A-Z]+)([0-9]+)").fullmatch


def check(
    reading: Reading, *, city: City, period: ReportingPeriod, moment: datetime | None = None
) -> list[Violation]:
    """
    Return the violations in a city's file for a period, with what was known at a moment.

    Without a moment: now. Ordered: the whole file, then by sheet and row; the same file gives
    the same list. An unreadable file has its faults only, one made from another template that
    violation only.

    At most limits.FINDINGS unanswered violations are returned; if there are more, E192 has
    their number.
    """
    found = [Violation(f.code, f.sheet, f.cell, f.value, f.params) for f in reading.faults]
    if reading.tables:
        context = context_for(city, period, reading, moment)
        # Other findings in another city's or quarter's workbook would be of no use.
        if refused := list(of_template.template_is_another(reading, context)):
            return refused
        for rule in RULES:
            found.extend(rule(reading, context))
    return _in_order(_capped(list(_judged(list(_located(found, reading))))), reading)


def _located(found: list[Violation], reading: Reading) -> Iterator[Violation]:
    """Yield the violations with line, field and enterprise they are about."""
    if not found:
        return
    tables = {table.sheet: table for table in reading.tables.values()}
    lines = {
        (table.sheet, line.row): line for table in reading.tables.values() for line in table.lines
    }
    fields = {
        table.sheet: {letter: name for name, letter in table.columns.items()}
        for table in reading.tables.values()
    }
    for each in found:
        match = CELL(each.cell or "")
        line = lines.get((each.sheet, int(match[2]))) if match else None
        if line is None:
            # A missing enterprise has no line; its code is a parameter.
            yield replace(each, firm=each.params.get("code", "")[:18])
            continue
        table = tables[each.sheet]
        key = key_of(table, line)
        about = f"{table.kind}/{key}/{fields[each.sheet].get(match[1], '')}"
        firm = key[:18] if table.kind == ENTERPRISES else ""
        yield replace(
            each,
            about=about[:200],
            firm=firm,
            answer_cell=line.cell("remark") or "",
            explained=_remark(each, line),
        )


def _remark(each: Violation, line: Line) -> str:
    """Return the line's 说明 for an advisory finding; "" for others."""
    remark = line.get("remark")
    return str(remark) if remark and each.severity == Severity.ADVISORY else ""


def _judged(found: list[Violation]) -> Iterator[Violation]:
    """Yield the violations; a 说明 that is no explanation becomes `refused`, with the reason."""
    open_ones = [each for each in found if each.explained and not each.trial]
    copies = copied((each.code, each.firm, each.explained) for each in open_ones)
    for each in found:
        why = None
        if each.explained:
            counted = each.firm and each.code not in ONE_CAUSE and not each.trial
            if gives_no_reason(each.code, each.explained):
                why = RefusalReason.STOCK
            elif counted and normalised(each.explained) in copies:
                why = RefusalReason.COPIED
        if why:
            yield replace(each, explained="", refused=each.explained, refused_why=why)
        else:
            yield each


def _capped(found: list[Violation]) -> list[Violation]:
    """
    Return the violations, of unanswered ones only the first FINDINGS, mandatory before others.

    All that are answered in their row are kept: a city's first workbook may have thousands of
    new enterprises, each with its explanation.
    """
    counted = next((each for each in found if each.code == TOO_MANY), None)
    found = [each for each in found if each is not counted]
    answered = [each for each in found if each.explained]
    open_ones = [each for each in found if not each.explained and not each.trial]
    # These need no answer and do not count, but are limited as well.
    on_trial = [each for each in found if not each.explained and each.trial][:FINDINGS]
    found = [*answered, *open_ones, *on_trial]
    uncounted = int(counted.params["found"]) - int(counted.params["kept"]) if counted else 0
    number = len(open_ones) + uncounted
    if number <= FINDINGS:
        return found
    open_ones.sort(key=lambda each: each.severity != Severity.MANDATORY)
    kept = open_ones[:FINDINGS]
    excess = {"found": str(number), "kept": str(len(kept))}
    return [*kept, *answered, *on_trial, Violation(TOO_MANY, None, None, None, excess)]


def _in_order(found: list[Violation], reading: Reading) -> list[Violation]:
    """Return the violations in order: the whole file, then by sheet, row and column."""
    sheets = {table.sheet: number for number, table in enumerate(reading.tables.values(), start=1)}
    strange = len(sheets) + 1

    def key(each: Violation) -> tuple:
        sheet = sheets.get(each.sheet, strange) if each.sheet else 0
        return (sheet, each.sheet or "", *_place(each.cell), each.code)

    return sorted(found, key=key)


def _place(cell: str | None) -> tuple[int, int]:
    """Return row and column of a cell's address; zeros for a whole sheet."""
    match = CELL(cell or "")
    return (int(match[2]), column_index(match[1])) if match else (0, 0)
