"""What the papers show of the ledger of measures, as plain data."""

from django.db.models import QuerySet
from django.utils import timezone

from clusters.models import Plan
from clusters.viewpoint import Viewpoint
from foundation.both_languages import in_each
from foundation.frozen_data import Data
from measures.ledger import NodeRow, TaskRow, ledger
from measures.models import Task, TaskEvidence
from measures.plan_ledger import late_units, longest_red, red_reason
from measures.sentences import reason_words, sentence, unit_names
from measures.tables import light_status


def red_tasks(plan: Plan | None, viewpoint: Viewpoint) -> Data:
    """
    Return how many tasks a plan has at a viewpoint, and those that are red.

    Each with who is late and why. A plan without tasks takes one query.
    """
    tasks = _tasks(plan).going_on(viewpoint.moment) if plan else Task.objects.none()
    rows = ledger(tasks, viewpoint, is_whole=False)
    return {
        "number": str(len(rows)),
        "red": [
            _named(row)
            | {
                "who": in_each(lambda row=row: unit_names(late_units(row))),
                "why": in_each(lambda row=row: reason_words(red_reason(row))),
            }
            for row in longest_red(rows)
        ],
    }


def tasks_with_evidence(plan: Plan, viewpoint: Viewpoint) -> list[Data]:
    """
    Return every task of a plan at a viewpoint: who answers, its light and why, its evidence.

    One that has ended has no light: it says when and why it ended.
    """
    return [_task(row, viewpoint) for row in ledger(_tasks(plan), viewpoint, is_whole=False)]


def _tasks(plan: Plan) -> QuerySet[Task]:
    """Return the tasks of a plan, by their numbers."""
    return Task.objects.filter(area__plan__code=plan.code).order_by("number")


def _task(row: TaskRow, viewpoint: Viewpoint) -> Data:
    ended = row.task.has_ended(viewpoint.moment)
    why = in_each(lambda: sentence(row.light) if row.light else "")
    return _named(row) | {
        "who": in_each(lambda: unit_names(list(row.lights))),
        "light": None if ended else light_status(row.light),
        "ended_on": timezone.localdate(row.task.ended_at).isoformat() if ended else None,
        "why": row.task.ended_because if ended else why,
        "evidence": [_evidence(each, one) for each in row.rows for one in each.evidence],
    }


def _named(row: TaskRow) -> Data:
    """Return a task's number and wording. A number such as 7 is a name here and no figure."""
    return {"task": row.task.number, "wording": in_each(lambda: row.task.local_wording)}


def _evidence(row: NodeRow, one: TaskEvidence) -> Data:
    """Return a piece of evidence: whose, which document or file, its hash, when it was checked."""
    return {
        "who": in_each(lambda: row.who),
        "document": one.document,
        "filename": one.filename,
        "sha256": one.sha256,
        "checked_at": one.checked_at.isoformat() if one.checked_at else None,
    }
