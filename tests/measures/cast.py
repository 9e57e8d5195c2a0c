"""A small ledger: one measure, a department, a task with one step."""

from datetime import UTC, date, datetime
from hashlib import sha256

from clusters.models import PlanMeasure
from measures.models import (
    Deferral,
    Department,
    DepartmentMember,
    DepartmentReturn,
    EvidenceFile,
    Node,
    Task,
    TaskEvidence,
    TaskReport,
)
from measures.reporting.report_rules import StepReport
from tests.factories import make_period, make_plan, make_user


def make_area(position=1, title="加快释放市场需求"):
    return PlanMeasure.objects.get_or_create(
        plan=make_plan(), kind="support", position=position, defaults={"title": title}
    )[0]


def make_department(slug="ecology", name="省生态环境厅", name_en="Ecology"):
    return Department.objects.get_or_create(slug=slug, defaults={"name": name, "name_en": name_en})[
        0
    ]


def make_task(number="1-01", *, cities=(), due=date(2025, 6, 30), lead=None, **given):
    """A task with one step; without cities its lead department answers."""
    task = Task.objects.create(
        **{
            "area": make_area(),
            "number": number,
            "wording": f"任务{number}",
            "standard": "印发文件",
            "begins": "2025Q1",
            "lead": lead or make_department(),
        }
        | given
    )
    task.cities.set(cities)
    make_node(task, due=due)
    return task


def make_node(task, due=date(2025, 6, 30), what="印发方案"):
    return Node.objects.create(task=task, what=what, first_due=due)


def make_report(task, who=None, quarter="2025Q1", *, state="under_way", **given):
    """A report of a task's first step, accepted ten days after its quarter."""
    period = make_period(quarter)
    on = period.quarter.last_day
    node = task.nodes.first()
    of = {"city": who} if who else {"department": task.lead}
    at = datetime(on.year + on.month // 12, on.month % 12 + 1, 10, 2, tzinfo=UTC)
    return TaskReport.objects.create(
        **{"node": node, "period": period, "state": state, "text": "推进", "published_at": at}
        | of
        | given
    )


def make_evidence(report, *, by, checked_by=None, checked_at=None, document="鲁环发〔2025〕9号"):
    return TaskEvidence.objects.create(
        node=report.node,
        city=report.city,
        department=report.department,
        document=document,
        added_by=by,
        added_at=report.published_at,
        checked_by=checked_by,
        checked_at=checked_at,
    )


def make_member(department=None, **given):
    """Somebody who reports for a department."""
    user = make_user("department", **given)
    DepartmentMember.objects.create(user=user, department=department or make_department())
    return user


def make_handed_in(task, quarter="2025Q3", *, by=None, **said):
    """A report on a task's first step that its lead department has handed in."""
    typed = StepReport(**{"state": "under_way", "text": "方案已报送审定"} | said)
    return DepartmentReturn.objects.create(
        department=task.lead,
        period=make_period(quarter),
        version=1,
        lines=[{"key": task.nodes.first().key} | typed.as_json()],
        submitted_by=by or make_member(task.lead),
    )


def make_file(task, who=None, *, by, content=b"scan", **given):
    """A file of evidence of a task's first step."""
    of = {"city": who} if who else {"department": task.lead}
    known = {"filename": "验收意见.pdf", "sha256": sha256(content).hexdigest(), "added_by": by}
    evidence = TaskEvidence.objects.create(
        node=task.nodes.first(), **known | {"size": len(content)} | of | given
    )
    EvidenceFile.objects.create(evidence=evidence, content=content)
    return evidence


def make_asked(task, *, by=None, on=date(2025, 6, 30), **given):
    """A later date that was asked for a task's first step, in time; not decided."""
    node = task.nodes.first()
    return Deferral.objects.create(
        **{
            "node": node,
            "asked_by": by or make_user(),
            "reason": "用地未批",
            "due_before": node.first_due,
            "due": date(2025, 9, 30),
            "asked_on": on,
        }
        | given
    )
