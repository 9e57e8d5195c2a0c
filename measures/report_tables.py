"""The tables of departments' reports."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.tables import Column, Link, Parts, Table, Typed
from measures.department_report import as_said
from measures.models import DepartmentReturn, Node, TaskReport
from measures.report_rules import StepReport

# A step, what is said of it, and what was reported for the newest earlier quarter.
Line = tuple[Node, StepReport, StepReport | None]


class ReportedStepTable(Table):
    """One row for each Line: what is said, and last quarter's where it differs."""

    key = labelled_by = "lines"
    css = "data-table--stacked"

    step = Column(pgettext_lazy("ledger", "Step"))
    state = Column(_("State"))
    text = Column(_("Progress"), css="remark")
    done_on = Column(_("Done on"), css="nowrap")
    evidence = Column(pgettext_lazy("ledger", "Evidence"))
    help_wanted = Column(_("Matter that needs coordination"))

    def render_step(self, record):
        node, _said, _last = record
        return Parts((Link(node.task.number, node.task.get_absolute_url()), node))

    def render_state(self, record):
        _node, said, last = record
        states = [last.state] if last and last.state != said.state else []
        return Parts([Typed(one, "status") for one in [*states, said.state] if one], " → ")

    def render_text(self, record):
        return _both(record, "text")

    def render_done_on(self, record):
        return _both(record, "done_on")

    def render_evidence(self, record):
        return _both(record, "evidence")

    def render_help_wanted(self, record):
        return _both(record, "help_wanted")


def _both(record: Line, name: str) -> Parts:
    """Return what is said, and beneath it what was said last, if that differs."""
    _node, said, last = record
    new, old = getattr(said, name), getattr(last, name) if last else ""
    before = Typed(Parts((_("last quarter:"), old)), css="small soft") if old != new else ""
    return Parts((new or "–", before if old else ""), "\n")


class DepartmentReturnTable(Table):
    """Reports of departments: one row for each DepartmentReturn."""

    key = labelled_by = "returns"

    department = Column(_("Department"))
    period = Column(_("Reporting period"), "quarter", accessor="period__quarter", css="nowrap")
    version = Column(_("Version"), "count")
    submitted_by = Column(_("Submitted by"))
    submitted_at = Column(_("Submitted"), "day", css="nowrap")

    def render_department(self, value, record):
        return Link(value, record.get_absolute_url())


def waiting_returns() -> DepartmentReturnTable | None:
    """Return the table of the reports that wait for a reviewer, the oldest first; None if none."""
    waiting = DepartmentReturn.objects.filter(status=DepartmentReturn.Decision.SUBMITTED)
    rows = list(
        waiting.select_related("department", "period", "submitted_by").order_by("submitted_at")
    )
    return DepartmentReturnTable(rows) if rows else None


def lines_table(lines: Iterable[Line]) -> ReportedStepTable:
    """Return the table of some lines."""
    return ReportedStepTable(lines)


def lines_of(returned: DepartmentReturn) -> ReportedStepTable:
    """Return the table of what was handed in, beside what was known of the quarter before then."""
    keys = [line["key"] for line in returned.lines]
    nodes = Node.objects.select_related("task").in_bulk(keys, field_name="key")
    earlier = (
        TaskReport.objects.as_of(returned.submitted_at)
        .filter(
            node__in=nodes.values(),
            department=returned.department_id,
            period__code__lt=returned.period.code,
        )
        .order_by("period__code")
    )
    last = {one.node_id: as_said(one) for one in earlier}
    return ReportedStepTable(
        [
            (nodes[line["key"]], StepReport.of(line), last.get(nodes[line["key"]].pk))
            for line in returned.lines
            if line["key"] in nodes
        ]
    )
