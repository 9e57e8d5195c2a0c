"""The ledger that a page shows: the tasks of its plan that the reader may see."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from clusters.models import City
from clusters.plans import plan_for
from clusters.viewpoint import Viewpoint
from indicators.outlook.plan_matters import PlanMatter
from measures.access import answering_seen, tasks_for
from measures.ledger import NodeRow, TaskRow, ledger
from measures.light import Colour, LightReason
from measures.models import Department, Task
from measures.sentences import reason_words, unit_names
from measures.tables import colour_of, worst_first

# So many red tasks stand by themselves where others need attention too.
NAMED = 3
# The ledger's page, its list left with the red ones.
IN_LIST = "light=red"


def plan_tasks(request, viewpoint: Viewpoint) -> QuerySet[Task]:
    """Return the tasks of the viewpoint's plan that the user may see."""
    return tasks_for(request).filter(area__plan=plan_for(viewpoint.quarter))


def rows_seen(request, tasks: QuerySet[Task], viewpoint: Viewpoint) -> list[TaskRow]:
    """Return tasks as the user may see them at a viewpoint: a bureau its own cities' progress."""
    return ledger(tasks, viewpoint, only=answering_seen(request))


def plan_ledger(request) -> list[TaskRow]:
    """Return the plan's tasks as they stand, the worst first; read once for a request."""
    if not hasattr(request, "plan_ledger"):
        tasks = plan_tasks(request, request.viewpoint)
        request.plan_ledger = worst_first(rows_seen(request, tasks, request.viewpoint))
    return request.plan_ledger


def longest_red(rows: Iterable[TaskRow]) -> list[TaskRow]:
    """Return the red tasks, what is late by most days first."""
    red = [row for row in rows if colour_of(row) is Colour.RED]
    return sorted(red, key=lambda row: -_days(red_reason(row)))


def late_units(row: TaskRow) -> list[City | Department]:
    """Return who has a red step of a task."""
    return list(dict.fromkeys(each.who for each in _red_steps(row)))


def red_reason(row: TaskRow) -> LightReason:
    """Return why a red task is red: of its steps' leading reasons the one that is latest."""
    return max((each.light.reasons[0] for each in _red_steps(row)), key=_days)


def _red_steps(row: TaskRow) -> list[NodeRow]:
    return [each for each in row.rows if each.light.colour is Colour.RED]


def _days(reason: LightReason) -> int:
    """Return by how many days something is late; 0 where it is reports that are missing."""
    return reason.days or 0


def red_matters(request) -> list[PlanMatter]:
    """Return a line for each of the tasks that have been red longest, and one for all others."""
    red = longest_red(plan_ledger(request))
    lines = [_matter(row) for row in red[:NAMED]]
    if more := len(red) - len(lines):
        words = ngettext("%(number)s more task", "%(number)s more tasks", more) % {"number": more}
        lines.append(PlanMatter("light_red", words, reverse("measures:ledger"), query=IN_LIST))
    return lines


def _matter(row: TaskRow) -> PlanMatter:
    detail = f"{unit_names(late_units(row))} · {reason_words(red_reason(row))}"
    return PlanMatter("light_red", str(row.task), row.task.get_absolute_url(), detail)
