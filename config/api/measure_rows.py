"""Rows of the ledger of measures: a step of a task, for one that answers for it."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from ninja import Schema

from clusters.models import City
from measures.ledger import NodeRow, TaskRow
from measures.light import Colour
from measures.sentences import sentence


class MeasureRow(Schema):
    """
    A step of a task, for one that answers for it: a city or a department.

    light: red, yellow, caught_up, deferred, blue, green, grey or cannot_judge; explanation says
    why. step is null of a task that nobody answers for, or that has none. period is that of the
    newest accepted report, and state, progress and done_on what it says. evidence: SHA-256 of the
    files, and documents; evidence_checked: when the first of them was checked.
    """

    plan: str
    measure: str
    number: str
    wording: str
    rhythm: str
    standard: str
    lead: str | None
    provenance: str
    demonstration: bool
    light: str = Colour.CANNOT_JUDGE.value
    explanation: str = ""
    step: str | None = None
    what: str | None = None
    city: str | None = None
    department: str | None = None
    first_due: date | None = None
    due: date | None = None
    deferrals_granted: int = 0
    deferrals_refused: int = 0
    period: str | None = None
    state: str | None = None
    progress: str | None = None
    done_on: date | None = None
    help_wanted: str | None = None
    evidence: list[str] = []
    evidence_checked: datetime | None = None


def measure_rows(rows: Iterable[TaskRow]) -> Iterator[tuple[TaskRow, NodeRow | None]]:
    """Yield each task with each of its rows; once without one where it has none."""
    for row in rows:
        for each in row.rows or (None,):
            yield row, each


def measure_row(found: tuple[TaskRow, NodeRow | None]) -> MeasureRow:
    """Return the row of a task and of one of its steps."""
    row, step = found
    task = row.task
    return MeasureRow(
        plan=task.area.plan.code,
        measure=task.area.title,
        number=task.number,
        wording=task.wording,
        rhythm=task.rhythm,
        standard=task.standard,
        lead=task.lead.slug if task.lead else None,
        provenance=task.provenance,
        demonstration=task.is_demonstration,
        **_of_step(step),
    )


def _of_step(step: NodeRow | None) -> dict[str, object]:
    """Return what a row says of a step; nothing without one."""
    if step is None:
        return {}
    is_city = isinstance(step.who, City)
    return {
        "light": step.light.colour.value,
        "explanation": sentence(step.light),
        "step": step.node.key,
        "what": step.node.what,
        "city": step.who.code if is_city else None,
        "department": None if is_city else step.who.slug,
        "first_due": step.node.first_due,
        "due": step.due,
        "deferrals_granted": sum(one.granted is True for one in step.deferrals),
        "deferrals_refused": sum(one.granted is False for one in step.deferrals),
        "evidence": [one.sha256 or one.document for one in step.evidence],
        "evidence_checked": min(
            (one.checked_at for one in step.evidence if one.checked_at), default=None
        ),
        **_of_report(step),
    }


def _of_report(step: NodeRow) -> dict[str, object]:
    """Return what the newest report of a step says; nothing without one."""
    newest = step.newest
    if newest is None:
        return {}
    return {
        "period": newest.period.code,
        "state": newest.state,
        "progress": newest.text,
        "done_on": newest.done_on,
        "help_wanted": newest.help_wanted or None,
    }
