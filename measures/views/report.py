"""A department's report: its steps to fill in, what will be handed in, and handing it in."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from clusters.models import ReportingPeriod
from foundation import kept_form
from foundation.acts import act_of
from measures.access import reporting_department
from measures.refusal import LedgerRefusal
from measures.reporting import returns
from measures.reporting.department_report import DepartmentReport, keep_draft, report_of
from measures.reporting.report_form import StepForm, typed_in
from measures.reporting.report_tables import lines_table


def report(request):
    """Show every step the department reports of, and keep what is typed before anything else."""
    shown = asked_report(request)
    typed = typed_in(shown.steps, request.POST or kept_form.take(request, request.path))
    if typed:
        kept = shown.draft.typed if shown.draft else {}
        keep_draft(shown.department, shown.period, request.user, kept | typed)
        shown = asked_report(request)
    if request.method == "POST":
        if "check" in request.POST:
            return redirect(address_of("measures:check_report", shown))
        messages.success(request, _("Kept. Nothing has been handed in yet."))
        return redirect(address_of("measures:report", shown))
    checked = bool(shown.draft)
    forms = [(step, StepForm.of(step, checked=checked)) for step in shown.steps]
    context = {"report": shown, "forms": forms, "why_not": returns.why_not(shown.period)}
    return render(request, "measures/report.html", context)


def check_report(request, *, status=200):
    """Show what will be handed in: what differs from last quarter, and what is wrong with it."""
    shown = asked_report(request)
    context = {
        "report": shown,
        "faults": [step for step in shown.steps if step.faults],
        "lines": lines_table([(step.row.node, step.said, step.last) for step in shown.steps]),
        "why_not": returns.why_not(shown.period),
    }
    return render(request, "measures/check_report.html", context, status=status)


@act_of(lambda request: reverse("measures:check_report"))
def submit_report(request):
    """Hand the report in, or say why it is refused."""
    department, period = reporting_department(request), asked_period(request)
    seen = request.POST.get("seen", "")
    try:
        returned = returns.submit(department, by=request.user, period=period, seen=seen)
    except LedgerRefusal as refusal:
        messages.error(request, str(refusal))
        return check_report(request, status=409)
    messages.success(request, _("Handed in. It counts once the province's reviewer accepts it."))
    return redirect(returned)


def asked_period(request) -> ReportingPeriod:
    """Return the period of the page's viewpoint. Raises Http404 if it is not on record."""
    return get_object_or_404(ReportingPeriod, code=str(request.viewpoint.quarter))


def asked_report(request) -> DepartmentReport:
    """Return the report of the user's department for the quarter of the page."""
    return report_of(reporting_department(request), asked_period(request), request.user)


def address_of(page: str, shown: DepartmentReport) -> str:
    """Return the address of a page of a report."""
    return f"{reverse(page)}?period={shown.period.code}"
