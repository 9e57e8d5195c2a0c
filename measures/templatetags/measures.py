"""What pages of other apps show of the ledger."""

from django import template

from clusters.plans import plan_for
from measures.access import tasks_for
from measures.plan_ledger import plan_ledger, rows_seen
from measures.reporting.report_form import FAULTS
from measures.tables import TaskTable, light_counts, light_status, worst_first

register = template.Library()
register.simple_tag(light_status)


@register.simple_tag
def fault_words(step) -> str:
    """Return what is wrong with a step of a department's report, in sentences."""
    return " ".join(str(FAULTS[one]) for one in step.faults)


@register.inclusion_tag("measures/_line.html", takes_context=True)
def ledger_line(context):
    """Show in one line how many tasks of the plan have which light; nothing without tasks."""
    request = context["request"]
    rows = plan_ledger(request)
    return {"request": request, "total": len(rows), "counts": light_counts(rows)}


@register.inclusion_tag("measures/_serving.html", takes_context=True)
def tasks_serving(context, served):
    """Show the tasks that serve a cluster or a park, the worst first."""
    return _serving(context, pk__in=served.tasks.values("pk"))


@register.inclusion_tag("measures/_serving.html", takes_context=True)
def tasks_serving_target(context, code):
    """Show the tasks that serve a target of the viewpoint's plan, the worst first."""
    plan = plan_for(context["request"].viewpoint.quarter)
    return _serving(context, targets__plan=plan, targets__indicator=code)


def _serving(context, **which) -> dict:
    request = context["request"]
    tasks = tasks_for(request).filter(**which).going_on(request.viewpoint.moment).distinct()
    rows = rows_seen(request, tasks, request.viewpoint)
    table = TaskTable(worst_first(rows), key="serving", labelled_by="serving", exclude=("area",))
    return {**context.flatten(), "table": table if rows else None}
