"""
Acts on a department's report: the department submits, a reviewer accepts or sends back.

Each locks, and raises LedgerRefusal with the reason. Permissions are checked by the view.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.acts import Act
from audit.recording import record
from audit.refusals import refusals_recorded
from clusters.models import ReportingPeriod
from measures.evidence_files import claim
from measures.models import Department, DepartmentReturn, Node, TaskReport
from measures.refusal import LedgerRefusal
from measures.reporting.department_report import as_said, report_of
from measures.reporting.report_rules import StepReport

Decision = DepartmentReturn.Decision


def why_not(period: ReportingPeriod) -> str:
    """Return why nothing can be reported for a quarter; "" if it can."""
    if period.quarter.first_day > timezone.localdate():
        return _("This quarter has not begun: nothing can be reported for it.")
    return ""


@refusals_recorded(Act.DEPARTMENT_SUBMITTED, LedgerRefusal)
@transaction.atomic
def submit(department: Department, *, by, period: ReportingPeriod, seen: str) -> DepartmentReturn:
    """
    Hand in a department's report for a quarter, as its next version; return it.

    seen  the stamp of the draft that the page showed

    Raises LedgerRefusal if anything is wrong with it, nothing is new, a version waits, or the
    draft has changed since.
    """
    Department.objects.select_for_update().get(pk=department.pk)
    report = report_of(department, period, by)
    if reason := why_not(period):
        raise LedgerRefusal(reason)
    if report.is_waiting:
        raise LedgerRefusal(
            _("A version waits for the reviewer already: it must be decided first.")
        )
    if report.stamp != seen:
        raise LedgerRefusal(
            _("What is handed in has changed since this page was shown. Look at it again.")
        )
    if wrong := sum(bool(step.faults) for step in report.steps):
        raise LedgerRefusal(
            ngettext(
                "%(count)d step has a fault: correct it first.",
                "%(count)d steps have faults: correct them first.",
                wrong,
            )
            % {"count": wrong}
        )
    if all(step.said == step.known for step in report.steps):
        raise LedgerRefusal(_("Nothing is new: all this is in force already."))
    returned = DepartmentReturn.objects.create(
        department=department,
        period=period,
        version=report.newest.version + 1 if report.newest else 1,
        lines=[{"key": step.key} | step.said.as_json() for step in report.steps],
        submitted_by=by,
    )
    report.draft and report.draft.delete()
    after = {"period": period.code, "version": returned.version, "rows": len(returned.lines)}
    record(Act.DEPARTMENT_SUBMITTED, returned, by=by, after=after)
    return returned


@refusals_recorded(Act.DEPARTMENT_ACCEPTED, LedgerRefusal)
@transaction.atomic
def accept(returned: DepartmentReturn, *, by) -> DepartmentReturn:
    """
    Accept a report: what is new in it is in force from now on; return the report.

    Raises LedgerRefusal if it was decided meanwhile, or by who submitted it.
    """
    returned = _decidable(returned, by)
    now = timezone.now()
    _decide(returned, Decision.ACCEPTED, by=by, at=now)
    of = {"department": returned.department, "period": returned.period}
    nodes = Node.objects.in_bulk([line["key"] for line in returned.lines], field_name="key")
    in_force = {
        one.node_id: one
        for one in TaskReport.objects.in_force().filter(node__in=nodes.values(), **of)
    }
    for line in returned.lines:
        node, said = nodes[line["key"]], StepReport.of(line)
        old = in_force.get(node.pk)
        if old and as_said(old) == said:
            continue
        if old:
            TaskReport.objects.filter(pk=old.pk).update(superseded_at=now)
        report = TaskReport.objects.create(
            node=node,
            state=said.state,
            text=said.text,
            help_wanted=said.help_wanted,
            done_on=said.done_day,
            evidence_named=said.evidence,
            reported_by=returned.submitted_by,
            published_at=now,
            **of,
        )
        claim(report)
    _record(Act.DEPARTMENT_ACCEPTED, returned, by=by)
    return returned


@refusals_recorded(Act.DEPARTMENT_SENT_BACK, LedgerRefusal)
@transaction.atomic
def send_back(returned: DepartmentReturn, *, by, reason: str) -> DepartmentReturn:
    """
    Send a report back to its department; return it.

    Raises LedgerRefusal without a reason, if it was decided meanwhile, or by who submitted it.
    """
    reason = reason.replace("\0", "").strip()
    if not reason:
        raise LedgerRefusal(_("Say why it is sent back: the department must know what to do."))
    returned = _decidable(returned, by)
    _decide(returned, Decision.SENT_BACK, by=by, at=timezone.now(), reason=reason)
    _record(Act.DEPARTMENT_SENT_BACK, returned, by=by)
    return returned


def _decidable(returned: DepartmentReturn, by) -> DepartmentReturn:
    """Return the report locked and reloaded."""
    returned = (
        DepartmentReturn.objects.select_for_update(of=("self",))
        .select_related("department", "period", "submitted_by")
        .get(pk=returned.pk)
    )
    if returned.status != Decision.SUBMITTED:
        raise LedgerRefusal(_("It has been decided meanwhile."))
    if returned.submitted_by_id == by.pk:
        raise LedgerRefusal(_("Somebody other than the person who submitted it must decide."))
    return returned


def _decide(returned: DepartmentReturn, status, *, by, at, reason: str = "") -> None:
    returned.status, returned.reason = status, reason
    returned.decided_by, returned.decided_at = by, at
    returned.save(update_fields=["status", "reason", "decided_by", "decided_at"])


def _record(act: Act, returned: DepartmentReturn, *, by) -> None:
    was, now = {"status": str(Decision.SUBMITTED)}, {"status": str(returned.status)}
    record(act, returned, by=by, before=was, after=now, why=returned.reason)
