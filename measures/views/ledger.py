from collections.abc import Sequence

from django.shortcuts import render

from clusters.models import PlanMeasure
from clusters.plans import plan_for
from measures.access import REVIEW, reports_for, tasks_for
from measures.ledger import NodeRow, TaskRow
from measures.light import Colour
from measures.models import Task
from measures.plan_ledger import plan_ledger, rows_seen
from measures.reporting.report_tables import waiting_table
from measures.sentences import sentence
from measures.tables import (
    CoordinationTable,
    TaskTable,
    colour_of,
    light_counts,
    matrix,
    slug_of,
    worst_first,
)

# So many overdue tasks stand above the matrix; the others in the list below it.
FIRST = 5


def ledger_page(request):
    """
    Show what is overdue, the plan's measures by who answers for their tasks, and all tasks.

    ?area= (a measure's key), ?who= (city:jinan, department:ecology) and ?light= leave out others.
    """
    plan = plan_for(request.viewpoint.quarter)
    areas = list(PlanMeasure.objects.filter(plan=plan).order_by("-kind", "position"))
    rows = plan_ledger(request)
    shown = [row for row in rows if is_asked_for(row, request.GET)]
    asking = _asking(request, rows)
    reviews = request.user.has_perm(REVIEW)
    department = reports_for(request.user)
    ended = tasks_for(request).filter(area__plan=plan, ended_at__lte=request.viewpoint.moment)
    context = {
        "ended": ended,
        "reporting": department,
        "waiting": waiting_table(request.user) if reviews else None,
        "plan": plan,
        "total": len(rows),
        "counts": light_counts(rows),
        "overdue": [overdue(row) for row in rows[:FIRST] if colour_of(row) is Colour.RED],
        "matrix": matrix(rows, areas, key="measures", labelled_by="measures") if areas else None,
        "tasks": TaskTable(shown, labelled_by="tasks").turn_to(request.GET.get("page")),
        "filtered": len(shown) < len(rows),
        "coordination": CoordinationTable(asking) if asking else None,
    }
    return render(request, "measures/ledger.html", context)


def _asking(request, rows: Sequence[TaskRow]) -> list[NodeRow]:
    """Return the steps whose newest report asks for coordination, with all of their reports."""
    asked = {(each.node, each.who) for row in rows for each in row.rows if _asks(each)}
    if not asked:
        return []
    tasks = Task.objects.filter(nodes__in=[node.pk for node, _who in asked]).distinct()
    found = worst_first(rows_seen(request, tasks, request.viewpoint, is_whole=True))
    return [each for row in found for each in row.rows if (each.node, each.who) in asked]


def _asks(row: NodeRow) -> bool:
    return bool(row.newest and row.newest.help_wanted)


def overdue(row: TaskRow) -> dict:
    """Return a red task, and who is late with it and why."""
    red = [each for each in row.rows if each.light.colour is Colour.RED]
    return {"task": row.task, "late": [(each.who, sentence(each.light)) for each in red]}


def is_asked_for(row: TaskRow, asked) -> bool:
    """Return whether a task is among those that an address asks for."""
    area, who, light = asked.get("area"), asked.get("who"), asked.get("light")
    if area and str(row.task.area_id) != area:
        return False
    if who:
        lights = [one for each, one in row.lights.items() if slug_of(each) == who]
        return bool(lights) and (not light or lights[0].colour == light)
    return not light or colour_of(row) == light
