"""Enters the demonstration's ledger: tasks, reports, evidence and deferrals, each by its course."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from clusters.models import City, Plan, PlanMeasure, ReportingPeriod
from foundation.quarters import Quarter
from indicators.models import Target
from measures.light import TaskState
from measures.models import Deferral, Department, Node, Task, TaskEvidence, TaskReport
from submissions.demonstration.ledger_tasks import TASKS, Course, DemoTask
from submissions.demonstration.story import HERE
from submissions.rules.task_steps import WORDS

FIRST, LAST = Quarter(2023, 4), Quarter(2025, 4)
DUE = date(2024, 12, 31)
STANDARD = "示例：印发文件或通过验收，材料齐全。"
SOURCE = "示例数据，不对应任何真实文件。"
UNDER_WAY = "示例数据：按计划推进，{quarter}完成阶段工作。"
DOCUMENT = "示例文件〔2024〕{number}号"


@transaction.atomic
def enter(*, by, checker, with_workbook: Collection[str] = ()) -> int:
    """
    Enter the tasks that are not there yet; return how many.

    by             the account that reports and asks
    checker        another, who checks evidence and decides on deferrals
    with_workbook  codes of the cities whose workbook of the newest quarter will report on them
    """
    plan = Plan.objects.get(code="311")
    there = set(Task.objects.values_list("number", flat=True))
    clerk = Clerk(plan, by, checker, timezone.localdate(), with_workbook)
    return sum(clerk.enter(number, demo) for number, demo in numbered(TASKS) if number not in there)


def numbered(tasks: list[DemoTask]) -> Iterator[tuple[str, DemoTask]]:
    """Yield each task with its number: the measure's place among all nine, and its own."""
    areas: dict[tuple[str, int], int] = {}
    for demo in tasks:
        areas[demo.area] = areas.get(demo.area, 0) + 1
        yield f"{list(areas).index(demo.area) + 1}-{areas[demo.area]:02}", demo


def said(course: Course, quarter: Quarter) -> dict | None:
    """Return what a report of a quarter says; None if there is none."""
    done = {
        Course.IN_TIME: date(2024, 11, 20),
        Course.UNCHECKED: date(2024, 12, 10),
        Course.CAUGHT_UP: date(2025, 4, 18),
    }.get(course)
    if course is Course.FORGOTTEN:
        return None
    if done and quarter > Quarter.of(done):
        return None
    if done and quarter == Quarter.of(done):
        return {"state": "done", "done_on": done, "text": "示例数据：已完成，材料备查。"}
    text = UNDER_WAY.format(quarter=f"{quarter.year}年第{quarter.quarter}季度")
    if course is Course.COORDINATION and quarter >= Quarter(2025, 2):
        wanted = "示例数据：请协调落实建设用地指标。"
        return {"state": "needs_coordination", "text": text, "help_wanted": wanted}
    return {"state": "under_way", "text": text}


def newest_rows() -> dict[str, list[dict[str, str | date | None]]]:
    """Return the rows of 任务进展 of the newest quarter, by field: city's code -> rows."""
    found: dict[str, list] = {}
    tasks = {task.number: task for task in Task.objects.prefetch_related("nodes")}
    for number, demo in numbered(TASKS):
        if number in tasks and (report := said_in_workbook(demo.course, number)):
            for code in demo.who:
                found.setdefault(code, []).append(_row(tasks[number], report))
    return found


def said_in_workbook(course: Course, number: str) -> dict | None:
    """Return what a workbook of the newest quarter says; what nobody has checked is said again."""
    if course is not Course.UNCHECKED:
        return said(course, LAST)
    evidence = DOCUMENT.format(number=int(number.replace("-", "")))
    return said(course, Quarter(2024, 4)) | {"evidence_named": evidence}


def _row(task: Task, report: dict) -> dict[str, str | date | None]:
    [node] = task.nodes.all()
    return {
        "number": task.number,
        "task": task.wording,
        "step": node.what,
        "standard": task.standard or None,
        "first_due": node.first_due,
        "state": WORDS[TaskState(report["state"])][0],
        "remark": report["text"],
        "done_on": report.get("done_on"),
        "evidence": report.get("evidence_named"),
        "help_wanted": report.get("help_wanted"),
        "node": node.key,
    }


@dataclass
class Clerk:
    """Enters one task after the other."""

    plan: Plan
    by: object
    checker: object
    today: date
    with_workbook: Collection[str]

    def enter(self, number: str, demo: DemoTask) -> int:
        """Enter a task with its step and all that became of it; return 1."""
        task = self.task(number, demo)
        node = Node.objects.create(
            task=task,
            what=f"示例：{demo.wording}",
            what_en=f"Example: {demo.wording_en}",
            first_due=self.due(demo.course),
        )
        for who in list(task.cities.all()) or [task.lead]:
            self.follow(node, who, demo.course, int(number.replace("-", "")))
        return 1

    def task(self, number: str, demo: DemoTask) -> Task:
        """Return a new task."""
        kind, position = demo.area
        is_standing = demo.course is Course.STANDING
        task = Task.objects.create(
            area=PlanMeasure.objects.get(plan=self.plan, kind=kind, position=position),
            number=number,
            wording=f"示例：{demo.wording}",
            wording_en=f"Example: {demo.wording_en}",
            rhythm=Task.Rhythm.STANDING if is_standing else Task.Rhythm.ONCE,
            standard="" if demo.course is Course.NO_STANDARD else STANDARD,
            lead=Department.objects.get(slug=demo.lead),
            begins=str(FIRST),
            source=SOURCE,
            is_demonstration=True,
        )
        task.cities.set(City.objects.filter(code__in=demo.who))
        if demo.target:
            task.targets.set(Target.objects.filter(plan=self.plan, indicator=demo.target))
        return task

    def due(self, course: Course) -> date | None:
        """Return the first date of a step; None for a standing one."""
        match course:
            case Course.STANDING:
                return None
            case Course.UNDER_WAY | Course.COORDINATION:
                return self.today + timedelta(400)
            case Course.DUE_SOON:
                return self.today + timedelta(20)
            case Course.DEFERRED:
                return date(2025, 9, 30)
        return DUE

    def follow(self, node: Node, who, course: Course, number: int) -> None:
        """Report for each quarter as the course goes, and what comes with it."""
        for quarter in Quarter.range(FIRST, LAST):
            in_workbook = quarter == LAST and getattr(who, "code", "") in self.with_workbook
            if not in_workbook and (report := said(course, quarter)):
                self.report(node, who, quarter, **report)
        match course:
            case Course.IN_TIME | Course.CAUGHT_UP:
                self.evidence(node, who, number, checked=True)
            case Course.UNCHECKED:
                self.evidence(node, who, number, checked=False)
            case Course.DEFERRED if not node.deferrals.exists():
                self.deferral(node, asked_on=date(2025, 8, 20), granted=True)
            case Course.REFUSED if not node.deferrals.exists():
                self.deferral(node, asked_on=DUE + timedelta(6), granted=False)

    def report(self, node: Node, who, quarter: Quarter, **given) -> None:
        """Store an accepted report, published after the quarter's due day."""
        period = ReportingPeriod.objects.get(code=str(quarter))
        at = datetime(period.due_on.year, period.due_on.month, period.due_on.day, 10, tzinfo=HERE)
        TaskReport.objects.create(
            node=node,
            period=period,
            published_at=at,
            reported_by=self.by,
            **{"city" if isinstance(who, City) else "department": who},
            **given,
        )

    def evidence(self, node: Node, who, number: int, *, checked: bool) -> None:
        """Store the document that shows that a step is done."""
        at = datetime(2025, 5, 12, 10, tzinfo=HERE)
        TaskEvidence.objects.create(
            node=node,
            document=DOCUMENT.format(number=number),
            added_by=self.by,
            added_at=at,
            checked_by=self.checker if checked else None,
            checked_at=at + timedelta(days=9) if checked else None,
            **{"city" if isinstance(who, City) else "department": who},
        )

    def deferral(self, node: Node, *, asked_on: date, granted: bool) -> None:
        """Store that a later date was asked for, and how it was decided."""
        late = self.today + timedelta(days=120) if granted else date(2025, 6, 30)
        Deferral.objects.create(
            node=node,
            due_before=node.first_due,
            due=late,
            reason="示例数据：前期手续未完成。",
            asked_by=self.by,
            asked_on=asked_on,
            granted=granted,
            decided_by=self.checker,
            decided_at=datetime(asked_on.year, asked_on.month, asked_on.day + 5, 9, tzinfo=HERE),
            decision="" if granted else "示例数据：逾期后申请，按原定时限考核。",
        )
