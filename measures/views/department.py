from django.http import Http404
from django.shortcuts import get_object_or_404, render

from measures.access import VIEW, reports_for
from measures.models import Department
from measures.plan_ledger import plan_ledger
from measures.tables import TaskTable


def department(request, slug):
    """Show a department's sheet of a plan, to print: what it leads, and what it assists with."""
    found = get_object_or_404(Department, slug=slug)
    if not request.user.has_perm(VIEW) and reports_for(request.user) != found:
        request.out_of_scope = found
        raise Http404
    of_department = found.leads.all() | found.assists.all()
    keys = set(of_department.values_list("pk", flat=True))
    rows = [row for row in plan_ledger(request) if row.task.pk in keys]
    context = {
        "department": found,
        "leads": _table([row for row in rows if row.task.lead_id == found.pk], "leads"),
        "assists": _table([row for row in rows if row.task.lead_id != found.pk], "assists"),
    }
    return render(request, "measures/department.html", context)


def _table(rows, key) -> TaskTable | None:
    return TaskTable(rows, key=key, labelled_by=key) if rows else None
