from django.shortcuts import render

from audit.refusals import found_or_404
from indicators.data.snapshot_reader import snapshot_of
from indicators.results.scorecard import results_in
from measures.access import tasks_for
from measures.ledger import ledger
from measures.models import Task
from measures.tables import DeferralTable, NodeTable, TaskReportLine, TaskReportTable, light_status


def task(request, number):
    """Show one task: its steps, what was reported, evidence, deferrals, the targets it serves."""
    found = found_or_404(request, tasks_for(request), Task.objects, number=number)
    [row] = ledger(tasks_for(request).filter(pk=found.pk), request.viewpoint)
    rows = sorted(row.rows, key=lambda one: one.light.rank)
    reports = [TaskReportLine(each, report) for each in rows for report in each.reports]
    reports.sort(key=lambda one: one.report.period.code, reverse=True)
    # Of a step, not of who answers for it.
    deferrals = {one.pk: one for each in rows for one in each.deferrals}.values()
    served = {target.indicator for target in row.task.targets.all()}
    results = results_in(snapshot_of(request), request.viewpoint.quarter) if served else []
    context = {
        "row": row,
        "results": [one for one in results if one.code in served],
        "task": row.task,
        "status": light_status(row.light),
        "steps": NodeTable(rows, title=row.task),
        "reports": TaskReportTable(reports, title=row.task) if reports else None,
        "evidence": [(each, one) for each in rows for one in each.evidence],
        "deferrals": DeferralTable(deferrals, title=row.task) if deferrals else None,
    }
    return render(request, "measures/task.html", context)
