"""The ledger that a page shows: the tasks of its plan that the reader may see."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from clusters.plans import plan_for
from indicators.outlook.plan_matters import PlanMatter
from measures.access import tasks_for
from measures.ledger import TaskRow, ledger
from measures.light import Colour, LightReason
from measures.models import Task
from measures.sentences import reason_words, unit_names
from measures.tables import colour_of, worst_first

# So many red tasks stand by themselves where others need attention too.
NAMED = 3
# The ledger's page, its list left with the red ones.
IN_LIST = "light=red"


def plan_tasks(request) -> QuerySet[Task]:
    """Return the tasks of the viewpoint's plan that the user may see."""
    return tasks_for(request).filter(area__plan=plan_for(request.viewpoint.quarter))


def plan_ledger(request) -> list[TaskRow]:
    """Return the plan's tasks as they stand, the worst first; read once for a request."""
    if not hasattr(request, "plan_ledger"):
        request.plan_ledger = worst_first(ledger(plan_tasks(request), request.viewpoint))
    return request.plan_ledger


def red_matters(request) -> list[PlanMatter]:
    """Return a line for each of the tasks that have been red longest, and one for all others."""
    red = [row for row in plan_ledger(request) if colour_of(row) is Colour.RED]
    red.sort(key=lambda row: -max(_days(one) for one in _red_reasons(row)))
    lines = [_matter(row) for row in red[:NAMED]]
    if more := len(red) - len(lines):
        words = ngettext("%(number)s more task", "%(number)s more tasks", more) % {"number": more}
        lines.append(PlanMatter("light_red", words, reverse("measures:ledger"), query=IN_LIST))
    return lines


def _matter(row: TaskRow) -> PlanMatter:
    """Return a red task: who is late with it, and the worst of the reasons."""
    late = {each.who: None for each in row.rows if each.light.colour is Colour.RED}
    worst = max(_red_reasons(row), key=_days)
    detail = " · ".join([unit_names(list(late)), reason_words(worst)])
    return PlanMatter("light_red", str(row.task), row.task.get_absolute_url(), detail)


def _red_reasons(row: TaskRow) -> list[LightReason]:
    """Return the leading reason of each red step."""
    return [each.light.reasons[0] for each in row.rows if each.light.colour is Colour.RED]


def _days(reason: LightReason) -> int:
    """Return by how many days something is late; 0 where it is reports that are missing."""
    return reason.days or 0
