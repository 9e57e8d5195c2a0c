from django.shortcuts import render
from django.utils import timezone

from audit.refusals import found_or_404
from clusters.viewpoint import Viewpoint
from foundation import kept_form
from indicators.data.snapshot_reader import snapshot_of
from indicators.results.scorecard import results_in
from measures.access import REVIEW, evidence_for, own_units, tasks_for
from measures.models import Deferral, Task
from measures.plan_ledger import rows_seen
from measures.tables import DeferralTable, NodeTable, TaskReportLine, TaskReportTable, light_status
from measures.task_forms import DeferralForm, EvidenceForm


def task(request, number):
    """Show one task: its steps, what was reported, evidence, deferrals, the targets it serves."""
    return task_page(request, number)


def task_page(request, number, *, form=None, typed=None, status=200):
    """
    Show a task; of one that has ended, how it stood then.

    form   the form that was just refused, with what was typed
    typed  the fields of a decision that was just refused
    """
    found = found_or_404(request, tasks_for(request), Task.objects, number=number)
    ended, seen_from = found.has_ended(request.viewpoint.moment), request.viewpoint
    if ended:
        day = timezone.localdate(found.ended_at)
        quarter, known_then = seen_from.quarter, seen_from.known_then
        seen_from = Viewpoint(quarter, day, found.ended_at, known_then)
    [row] = rows_seen(request, Task.objects.filter(pk=found.pk), seen_from, is_whole=True)
    rows = sorted(row.rows, key=lambda one: one.light.rank)
    reports = [TaskReportLine(each, report) for each in rows for report in each.reports]
    reports.sort(key=lambda one: one.report.period.code, reverse=True)
    # Of a step, not of who answers for it.
    deferrals = {one.pk: one for each in rows for one in each.deferrals}.values()
    served = {target.indicator for target in row.task.targets.all()}
    results = results_in(snapshot_of(request), request.viewpoint.quarter) if served else []
    context = {
        "row": row,
        "ended": ended,
        "results": [one for one in results if one.code in served],
        "task": row.task,
        "status": light_status(row.light),
        "steps": NodeTable(rows, title=row.task),
        "reports": TaskReportTable(reports, title=row.task) if reports else None,
        "evidence": [(each, one) for each in rows for one in each.evidence],
        "deferrals": DeferralTable(deferrals, title=row.task) if deferrals else None,
        "late": sum(one.granted is False and one.decided_by_id is None for one in deferrals),
    }
    context |= _acts(request, row.task, form, typed)
    return render(request, "measures/task.html", context, status=status)


def _acts(request, found, form, typed) -> dict:
    """Return what the reader can do on the page: forms for who answers, buttons for a reviewer."""
    kept = kept_form.take(request, request.path)
    evidence = evidence_for(request).filter(node__task=found)
    acts = {"opened": set(evidence.values_list("pk", flat=True))}
    if units := own_units(request, found):
        acts |= {
            "evidence_form": EvidenceForm(found, units, kept=kept),
            "deferral_form": DeferralForm(found, units, kept=kept),
        }
    if request.user.has_perm(REVIEW):
        waiting = Deferral.objects.filter(node__task=found, granted=None)
        typed = kept if typed is None else typed
        acts["reviews"] = True
        acts["to_decide"] = [
            (one, typed.get(f"decision-{one.pk}", ""))
            for one in waiting.select_related("node", "asked_by").exclude(asked_by=request.user)
        ]
    return acts | ({f"{form.prefix}_form": form} if form else {})
