"""What a city's workbook says of its tasks, as reports of the ledger, unsaved. Reads only."""

from datetime import datetime

from measures.models import TaskReport
from measures.reporting.city_steps import steps_of
from submissions.models import StagedRow, Submission
from submissions.review.staged_values import cannot
from submissions.rules.task_steps import Steps, said_in


def task_reports(
    submission: Submission, rows: list[StagedRow], *, at: datetime
) -> list[TaskReport]:
    """
    Return the reports of rows in which something is reported, in force from a moment on.

    Raises Refused with the cell of a row whose step the city does not answer for, or no longer.
    """
    told = [row for row in rows if row.says_anything]
    if not told:
        return []
    steps = Steps.of(steps_of(submission.city, submission.period, at))
    return [_report(submission, row, steps, at) for row in told]


def _report(submission: Submission, row: StagedRow, steps: Steps, at: datetime) -> TaskReport:
    about = (row.values.get(name) for name in ("node", "number", "step"))
    step, said = steps.find(*about), said_in(row.values)
    if step is None:
        raise cannot(row, "number")
    if not said.state:
        raise cannot(row, "state")
    return TaskReport(
        node=step.node,
        city=submission.city,
        period=submission.period,
        state=said.state,
        text=said.text,
        help_wanted=said.help_wanted,
        done_on=said.done_day,
        evidence_named=said.evidence,
        place=f"{row.sheet}!{row.cells.get('state') or row.row}",
        reported_by=submission.submitted_by,
        published_at=at,
    )
