"""What the papers show of the ledger of measures, as plain data."""

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
    rows = _rows(plan, viewpoint)
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
    """Return every task of a plan at a viewpoint: who answers, its light and why, its evidence."""
    return [
        _named(row)
        | {
            "who": in_each(lambda row=row: unit_names(list(row.lights))),
            "light": light_status(row.light),
            "why": in_each(lambda row=row: sentence(row.light) if row.light else ""),
            "evidence": [_evidence(each, one) for each in row.rows for one in each.evidence],
        }
        for row in _rows(plan, viewpoint)
    ]


def _rows(plan: Plan | None, viewpoint: Viewpoint) -> list[TaskRow]:
    tasks = Task.objects.filter(area__plan__code=plan.code) if plan else Task.objects.none()
    return ledger(tasks.order_by("number"), viewpoint)


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
