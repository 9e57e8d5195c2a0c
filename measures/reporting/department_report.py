"""What a department reports of for a quarter: its open steps, pre-filled, as last typed."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils import timezone

from clusters.models import City, ReportingPeriod
from clusters.viewpoint import today
from measures.ledger import NodeRow, ledger
from measures.models import Department, DepartmentDraft, DepartmentReturn, Task, TaskReport
from measures.reporting.report_rules import ReportFault, StepReport, faults_of


@dataclass(frozen=True)
class ReportedStep:
    """
    A step in a department's report for a quarter.

    said   what the report says of it
    last   what was reported for the newest earlier quarter; None without a report
    known  what is in force for this quarter; None while nothing is
    """

    row: NodeRow
    said: StepReport
    last: StepReport | None
    known: StepReport | None
    faults: list[ReportFault]

    @property
    def key(self) -> str:
        """Return the key of the step, as drafts and returns have it."""
        return self.row.node.key


@dataclass(frozen=True)
class DepartmentReport:
    """
    A department's report for a quarter, as one of its people sees it.

    draft    what they typed last; None if nothing
    newest   the newest version that was handed in; None if none was
    """

    department: Department
    period: ReportingPeriod
    steps: list[ReportedStep]
    draft: DepartmentDraft | None
    newest: DepartmentReturn | None

    @property
    def stamp(self) -> str:
        """Return what tells one state of the draft from another; "" without one."""
        return self.draft.saved_at.isoformat() if self.draft else ""

    @property
    def is_waiting(self) -> bool:
        """Return whether a version waits for the reviewer."""
        return bool(self.newest) and self.newest.status == DepartmentReturn.Decision.SUBMITTED

    @property
    def has_faults(self) -> bool:
        """Return whether anything is wrong with any step."""
        return any(step.faults for step in self.steps)


def report_of(department: Department, period: ReportingPeriod, user) -> DepartmentReport:
    """
    Return a department's report for a quarter, as known now.

    A step says what the user typed last, else what the newest version says, else what is in
    force, else what was reported for the quarter before.
    """
    of = {"department": department, "period": period}
    draft = DepartmentDraft.objects.filter(saved_by=user, **of).first()
    newest = DepartmentReturn.objects.filter(**of).order_by("-version").first()
    handed_in = {line["key"]: line for line in newest.lines} if newest else {}
    typed = draft.typed if draft else {}
    steps = [
        _step(row, period, typed.get(row.node.key) or handed_in.get(row.node.key))
        for row in _rows(department, period, handed_in)
    ]
    return DepartmentReport(department, period, steps, draft, newest)


def keep_draft(department: Department, period: ReportingPeriod, user, typed: Mapping) -> None:
    """Keep what a user typed of each step, by its key, whatever is wrong with it."""
    DepartmentDraft.objects.update_or_create(
        department=department,
        period=period,
        saved_by=user,
        defaults={"typed": typed, "saved_at": timezone.now()},
    )


def _rows(department: Department, period: ReportingPeriod, handed_in: Mapping) -> list[NodeRow]:
    """Return the steps that are open, and those reported for the quarter already."""
    cities = City.objects.filter(tasks=OuterRef("pk"))
    tasks = Task.objects.filter(~Exists(cities), lead=department, begins__lte=period.code)
    tasks = tasks.going_on(timezone.now())
    return [
        row
        for task in ledger(tasks, today(period.quarter))
        for row in task.rows
        if row.light.is_open or row.node.key in handed_in or _of(row, period)
    ]


def _of(row: NodeRow, period: ReportingPeriod) -> TaskReport | None:
    return next((one for one in row.reports if one.period_id == period.pk), None)


def _step(row: NodeRow, period: ReportingPeriod, typed: dict | None) -> ReportedStep:
    earlier = next((one for one in row.reports if one.period.code < period.code), None)
    known, last = (as_said(one) if one else None for one in (_of(row, period), earlier))
    said = StepReport.of(typed) if typed is not None else known or last or StepReport()
    faults = faults_of(
        said,
        quarter=period.quarter,
        day=timezone.localdate(),
        last=last,
        has_evidence=bool(row.evidence),
    )
    return ReportedStep(row, said, last, known, faults)


def as_said(report: TaskReport) -> StepReport:
    """Return what an accepted report says."""
    return StepReport(
        state=report.state,
        text=report.text,
        done_on=report.done_on.isoformat() if report.done_on else "",
        evidence=report.evidence_named,
        help_wanted=report.help_wanted,
    )
