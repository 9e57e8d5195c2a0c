"""
The ledger as of a moment: each task with the light of everyone who answers for it.

Who answers are the task's cities; where it names none, its lead department. A page asks for all
tasks at once: so many queries, however many tasks there are.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from clusters.models import City, PlanMeasure, ReportingPeriod
from clusters.viewpoint import Viewpoint
from foundation import data_version
from foundation.quarters import Quarter
from measures.light import Deferred, Light, ReportedProgress, TaskState, light_on, strip, worst
from measures.models import (
    Deferral,
    Department,
    DepartmentReturn,
    Node,
    Task,
    TaskEvidence,
    TaskReport,
)

LEDGER = "ledger"
data_version.register(
    LEDGER,
    lambda: [
        *(
            data_version.part(model.history.all(), "MAX", "history_id")
            for model in (Task, Node, Department, PlanMeasure)
        ),
        data_version.part(TaskReport.objects.all(), "MAX", "id"),
        data_version.part(TaskReport.objects.in_force(), "COUNT", "id"),
        data_version.part(TaskEvidence.objects.all(), "MAX", "id"),
        data_version.part(TaskEvidence.objects.exclude(checked_at=None), "COUNT", "id"),
        data_version.part(DepartmentReturn.objects.all(), "MAX", "id"),
        data_version.part(DepartmentReturn.objects.exclude(decided_at=None), "COUNT", "id"),
        data_version.part(Deferral.objects.all(), "MAX", "id"),
        data_version.part(Deferral.objects.exclude(decided_at=None), "COUNT", "id"),
    ],
)

# The place of a report among those of its step and of who answers for it.
NEWEST_FIRST = Window(
    RowNumber(), partition_by=["node", "city", "department"], order_by="-period__code"
)
# Who answers for a task: a city's key or a department's, the other None.
Answering = tuple[int | None, int | None]


@dataclass(frozen=True)
class NodeRow:
    """
    A step, for one that answers for it.

    who        the city or department
    due        the date in force; None for a standing task
    reports    its reports, the newest quarter first, as they were in force; in a list of tasks
               the newest alone
    deferrals  everything that was asked, also what was refused
    strip      the light at the end of each quarter since the task began; empty in a list of tasks
    """

    node: Node
    who: City | Department
    light: Light
    due: date | None
    reports: Sequence[TaskReport]
    deferrals: Sequence[Deferral]
    evidence: Sequence[TaskEvidence]
    strip: Sequence[tuple[Quarter, Light]]

    @property
    def newest(self) -> TaskReport | None:
        """Return the newest report; None without one."""
        return self.reports[0] if self.reports else None


@dataclass(frozen=True)
class TaskRow:
    """A task with its rows; `lights` by who answers, each the worst of their open steps."""

    task: Task
    rows: Sequence[NodeRow]
    lights: Mapping[City | Department, Light] = field(default_factory=dict)

    @property
    def light(self) -> Light | None:
        """Return the task's light: the worst of those who answer; None if nobody can."""
        return worst(row.light for row in self.rows)


def ledger(
    tasks: QuerySet[Task],
    viewpoint: Viewpoint,
    *,
    only: Collection[int] | None = None,
    is_whole: bool = True,
) -> list[TaskRow]:
    """
    Return tasks as they stand at a viewpoint, in the order of the query set.

    only      the keys of the cities whose progress is wanted; None for everybody's who answers
    is_whole  whether with every report and the strip; else with the newest report of each step
              alone, from which its light follows: so a list of many tasks is quick
    """
    every = list(tasks.select_related("area__plan", "lead").prefetch_related("cities", "nodes"))
    if not every:
        return []
    known = _Known([task.pk for task in every], viewpoint, is_whole=is_whole)
    return [_task_row(task, _among(answering(task), only), known, viewpoint) for task in every]


def _among(units: list[City | Department], only: Collection[int] | None) -> list[City | Department]:
    """Return those of who answers whose progress is wanted."""
    if only is None:
        return units
    return [one for one in units if isinstance(one, City) and one.pk in only]


def answering(task: Task) -> list[City | Department]:
    """Return who answers for a task: its cities, else its lead department, else nobody."""
    cities = list(task.cities.all())
    return cities or ([task.lead] if task.lead else [])


class _Known:
    """What is known at a viewpoint about some tasks: four queries."""

    def __init__(self, tasks: list[int], viewpoint: Viewpoint, *, is_whole: bool):
        self.is_whole = is_whole
        of_tasks, moment, day = Q(node__task__in=tasks), viewpoint.moment, viewpoint.day
        self.periods = list(ReportingPeriod.objects.owed().filter(due_on__lt=day).order_by("code"))
        reports = TaskReport.objects.seen_from(viewpoint).filter(of_tasks).select_related("period")
        reports = (
            reports.with_recorded_at()
            if is_whole
            else reports.annotate(rank=NEWEST_FIRST).filter(rank=1)
        )
        self.reports = _by_answering(reports.order_by("-period__code"))
        evidence = TaskEvidence.objects.filter(of_tasks, added_at__lte=moment)
        self.evidence = _by_answering(_checked_by(moment, one) for one in evidence)
        self.deferrals = defaultdict(list)
        for one in Deferral.objects.filter(of_tasks, asked_on__lte=day).select_related("asked_by"):
            self.deferrals[one.node_id].append(_decided_by(moment, one))

    def owed(self, task: Task) -> list[Quarter]:
        """Return the quarters for which a report of a task was due, the oldest first."""
        return [one.quarter for one in self.periods if one.code >= task.begins]


def _checked_by(moment: datetime, evidence: TaskEvidence) -> TaskEvidence:
    """Return evidence as it was at a moment: not checked yet, if it was checked later."""
    if evidence.checked_at and evidence.checked_at > moment:
        evidence.checked_at = evidence.checked_by_id = None
    return evidence


def _decided_by(moment: datetime, deferral: Deferral) -> Deferral:
    """Return a deferral as it was at a moment: not decided yet, if it was decided later."""
    if deferral.decided_at and deferral.decided_at > moment:
        deferral.decided_at = deferral.decided_by_id = deferral.granted = None
        deferral.decision = ""
    return deferral


def _by_answering(rows) -> Mapping[tuple[int, Answering], list]:
    """Return rows by their step and by who answers."""
    found = defaultdict(list)
    for row in rows:
        found[row.node_id, (row.city_id, row.department_id)].append(row)
    return found


def _task_row(
    task: Task, units: Iterable[City | Department], known: _Known, viewpoint: Viewpoint
) -> TaskRow:
    rows = [
        _node_row(task, node, who, known, viewpoint) for who in units for node in task.nodes.all()
    ]
    of = defaultdict(list)
    for row in rows:
        of[row.who].append(row.light)
    return TaskRow(task, rows, {who: worst(lights) for who, lights in of.items()})


def _node_row(
    task: Task, node: Node, who: City | Department, known: _Known, viewpoint: Viewpoint
) -> NodeRow:
    key = (who.pk, None) if isinstance(who, City) else (None, who.pk)
    reports = known.reports[node.pk, key]
    evidence = known.evidence[node.pk, key]
    deferrals = known.deferrals[node.pk]
    owed = known.owed(task)
    granted = _granted(deferrals)
    given = {
        "first_due": node.first_due,
        "has_standard": bool(task.standard),
        "deferrals": granted,
        "reports": _progress(reports, evidence),
        "owed": owed,
    }
    return NodeRow(
        node,
        who,
        light=light_on(viewpoint.day, **given),
        due=granted[-1].due if granted else node.first_due,
        reports=reports,
        deferrals=deferrals,
        evidence=evidence,
        strip=list(zip(owed, strip(owed, **given), strict=True)) if known.is_whole else (),
    )


def _granted(deferrals: Iterable[Deferral]) -> list[Deferred]:
    """Return the deferrals that were granted, the oldest first."""
    granted = [
        Deferred(one.asked_on, timezone.localdate(one.decided_at), one.due)
        for one in deferrals
        if one.granted
    ]
    return sorted(granted, key=lambda one: one.granted_on)


def _progress(
    reports: Iterable[TaskReport], evidence: Iterable[TaskEvidence]
) -> list[ReportedProgress]:
    """Return reports as the light takes them; any checked evidence of the step counts for them."""
    checked = [one.checked_at for one in evidence if one.checked_at]
    checked_on = timezone.localdate(min(checked)) if checked else None
    return [
        ReportedProgress(
            one.period.quarter,
            known_on=timezone.localdate(one.published_at),
            state=TaskState(one.state),
            done_on=one.done_on,
            checked_on=checked_on,
        )
        for one in reports
    ]
