from collections import Counter

from django.shortcuts import render

from clusters.models import PlanMeasure
from clusters.plans import plan_for
from measures.access import tasks_for
from measures.ledger import TaskRow, ledger
from measures.light import Colour
from measures.tables import CoordinationTable, TaskTable, matrix, slug_of, worst_first


def ledger_page(request):
    """
    Show the plan's measures by who answers for their tasks, then the tasks, the worst first.

    ?area= (a measure's key), ?who= (city:jinan, department:ecology) and ?light= leave out others.
    """
    plan = plan_for(request.viewpoint.quarter)
    areas = list(PlanMeasure.objects.filter(plan=plan).order_by("-kind", "position"))
    rows = ledger(tasks_for(request).filter(area__plan=plan), request.viewpoint)
    shown = worst_first(row for row in rows if is_asked_for(row, request.GET))
    asking = [each for row in rows for each in row.rows if each.newest and each.newest.help_wanted]
    counts = Counter(row.light.colour if row.light else Colour.CANNOT_JUDGE for row in rows)
    context = {
        "plan": plan,
        "total": len(rows),
        "counts": [(f"light_{one}", counts[one]) for one in Colour if counts[one]],
        "matrix": matrix(rows, areas, key="measures", labelled_by="measures") if areas else None,
        "tasks": TaskTable(shown, labelled_by="tasks").turn_to(request.GET.get("page")),
        "filtered": len(shown) < len(rows),
        "coordination": CoordinationTable(asking) if asking else None,
    }
    return render(request, "measures/ledger.html", context)


def is_asked_for(row: TaskRow, asked) -> bool:
    """Return whether a task is among those that an address asks for."""
    area, who, light = asked.get("area"), asked.get("who"), asked.get("light")
    if area and str(row.task.area_id) != area:
        return False
    if who:
        lights = [one for each, one in row.lights.items() if slug_of(each) == who]
        return bool(lights) and (not light or lights[0].colour == light)
    return not light or (row.light.colour if row.light else Colour.CANNOT_JUDGE) == light
