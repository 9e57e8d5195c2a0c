"""The tables of departments' reports."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.tables import Column, Link, Parts, Table, Typed
from measures.models import Deferral, DepartmentReturn, Node, TaskEvidence, TaskReport
from measures.reporting.department_report import as_said
from measures.reporting.report_rules import StepReport

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


class ToReviewTable(Table):
    """What waits for a reviewer: one row for each DepartmentReturn, TaskEvidence and Deferral."""

    key = labelled_by = "waiting"

    what = Column(_("What"))
    who = Column(_("Submitted by"))
    since = Column(_("Since"), "day", css="nowrap")

    def render_what(self, record):
        if isinstance(record, DepartmentReturn):
            quarter = Typed(record.period.quarter, "quarter")
            words = Parts((_("Report:"), record.department, quarter))
            return Link(words, record.get_absolute_url(), keeps=False)
        word = _("Evidence:") if isinstance(record, TaskEvidence) else _("Later date:")
        task = record.node.task
        return Link(Parts((word, task.number, record.node)), task.get_absolute_url())

    def render_who(self, record):
        return next(getattr(record, one) for one in BY if hasattr(record, one))

    def render_since(self, record):
        return _since(record)


BY = ("submitted_by", "added_by", "asked_by")


def _since(record) -> date:
    """Return the day since which something waits."""
    if isinstance(record, Deferral):
        return record.asked_on
    at = record.submitted_at if isinstance(record, DepartmentReturn) else record.added_at
    return timezone.localdate(at)


def waiting_for(user) -> tuple[QuerySet, QuerySet, QuerySet]:
    """
    Return the departments' reports, evidence and later dates that wait for a reviewer's decision.

    Nobody decides their own, and of a task that has ended nothing is left to decide.
    """
    goes_on = {"node__task__ended_at": None}
    returns = DepartmentReturn.objects.filter(status=DepartmentReturn.Decision.SUBMITTED)
    evidence = TaskEvidence.objects.filter(checked_at=None, **goes_on)
    deferrals = Deferral.objects.filter(granted=None, **goes_on)
    return (
        returns.exclude(submitted_by=user),
        evidence.exclude(added_by=user),
        deferrals.exclude(asked_by=user),
    )


def waiting_table(user) -> ToReviewTable | None:
    """Return the table of what waits for a reviewer, the oldest first; None if nothing does."""
    returns, evidence, deferrals = waiting_for(user)
    rows = [
        *returns.select_related("department", "period", "submitted_by"),
        *evidence.select_related("node__task", "added_by"),
        *deferrals.select_related("node__task", "asked_by"),
    ]
    return ToReviewTable(sorted(rows, key=_since)) if rows else None


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
