"""The tables of the ledger's pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from clusters.backfilled import dated
from clusters.models import City, PlanMeasure
from foundation.language import in_chinese
from foundation.tables import Column, Fragment, Link, Parts, Table, Typed, ad_hoc
from measures.ledger import NodeRow, TaskRow
from measures.light import RANK, Because, Colour, Light
from measures.models import Department, TaskReport
from measures.sentences import sentence

LATE = (Colour.RED, Colour.YELLOW, Colour.CAUGHT_UP)
MISSED = (Because.MISSED, Because.DONE_LATE)


def light_status(light: Light | None) -> str:
    """Return the status of a light, of foundation.statuses; that it cannot be judged for None."""
    return f"light_{light.colour if light else Colour.CANNOT_JUDGE}"


def colour_of(row: TaskRow) -> Colour:
    """Return a task's colour; that it cannot be judged where nobody answers for it."""
    return row.light.colour if row.light else Colour.CANNOT_JUDGE


def light_counts(rows: Iterable[TaskRow]) -> list[tuple[Colour, str, int]]:
    """Return each light that tasks have, the worst first: its colour, status and number."""
    found = [colour_of(row) for row in rows]
    return [(one, f"light_{one}", found.count(one)) for one in Colour if one in found]


def answering_words(number: int) -> str:
    """Return how many answer for a task."""
    return ngettext("%(count)d unit", "%(count)d units", number) % {"count": number}


def days_late(row: NodeRow) -> str:
    """Return by how many days a step is late; "" if it is not."""
    days = next((one.days for one in row.light.reasons if one.because in MISSED and one.days), 0)
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days} if days else ""


def slug_of(who: City | Department) -> str:
    """Return who answers, as addresses write it: city:jinan, department:ecology."""
    return f"{'city' if isinstance(who, City) else 'department'}:{who.slug}"


class TaskTable(Table):
    """One row for each task (TaskRow), the worst first."""

    key, title, css = "tasks", _("Tasks"), "data-table--stacked data-table--names"

    wording = Column(_("Task"), accessor="task")
    light = Column(pgettext_lazy("ledger", "Light"))
    late = Column(_("Who, and since when"))
    area = Column(_("Measure"), accessor="task__area")

    def render_wording(self, value):
        return Link(f"{value.number} {value.local_wording}", value.get_absolute_url())

    def render_light(self, record):
        return Typed(light_status(record.light), "status")

    def render_late(self, record):
        """Name those who are late, each with the date they are held to; else how many answer."""
        if colour_of(record) not in LATE:
            number = len(record.lights)
            return Parts([*record.lights][:1]) if number == 1 else answering_words(number)
        worst = [row for row in record.rows if row.light.colour == record.light.colour]
        return Parts(
            [Parts((row.who, row.due and Typed(row.due, "day"), days_late(row))) for row in worst],
            "\n",
        )


class NodeTable(Table):
    """The steps of a task, for everyone who answers for it: one row for each NodeRow."""

    key = labelled_by = "steps"
    css = "data-table--stacked"

    who = Column(_("Who answers"))
    what = Column(pgettext_lazy("ledger", "Step"), accessor="node")
    due = Column(_("Due"), "day", css="date", default="–")
    light = Column(pgettext_lazy("ledger", "Light"))
    why = Column(_("Why"))
    strip = Column(_("Quarter by quarter"))

    def render_due(self, value, record):
        if value == record.node.first_due:
            return value
        first = Parts((_("first"), Typed(record.node.first_due, "day")))
        return Parts((Typed(value, "day"), Typed(first, css="small")), "\n")

    def render_light(self, value):
        return Typed(light_status(value), "status")

    def render_why(self, record):
        return sentence(record.light)

    def render_strip(self, value):
        told = [
            Parts((Typed(quarter, "quarter"), Typed(light_status(light), "status")))
            for quarter, light in value
        ]
        marks = [{"quarter": quarter, "word": light_status(light)} for quarter, light in value]
        return Fragment("components/strip.html", {"marks": marks}, Parts(told, "; "))


@dataclass(frozen=True)
class TaskReportLine:
    """A report, with the row of the step it is of. What knows the workbooks gives the trace."""

    row: NodeRow
    report: TaskReport
    trace: str = ""


class TaskReportTable(Table):
    """What was reported of a task: one row for each TaskReportLine."""

    key = labelled_by = "reports"
    css = "data-table--stacked"

    period = Column(
        _("Reporting period"), "quarter", accessor="report__period__quarter", css="nowrap"
    )
    who = Column(_("Who answers"), accessor="row__who")
    what = Column(pgettext_lazy("ledger", "Step"), accessor="row__node")
    state = Column(_("State"), "status", accessor="report__state")
    text = Column(_("Progress"), accessor="report__text", css="remark")
    done_on = Column(_("Done on"), "day", accessor="report__done_on", css="nowrap", default="–")
    evidence = Column(pgettext_lazy("ledger", "Evidence"), accessor="report__evidence_named")
    published_at = Column(_("Accepted"), "day", accessor="report", css="nowrap")
    trace = Column(_("Cell"), css="nowrap", default="")

    def render_published_at(self, value):
        return dated(value)


class DeferralTable(Table):
    """The deferrals of a task: one row for each Deferral."""

    key = labelled_by = "deferrals"
    css = "data-table--stacked"

    node = Column(pgettext_lazy("ledger", "Step"))
    due_before = Column(_("Due"), "day", css="nowrap")
    due = Column(_("Date asked for"), "day", css="nowrap")
    asked_on = Column(_("Asked on"), "day", css="nowrap")
    reason = Column(_("Reason"))
    granted = Column(_("Decision"))

    def render_granted(self, record):
        words = {None: _("not decided yet"), True: _("granted"), False: _("refused")}
        return Parts((words[record.granted], record.decision), ": ")


class CoordinationTable(Table):
    """What somebody needs others for: one row for each NodeRow whose newest report says so."""

    key = labelled_by = "coordination"
    css = "data-table--stacked"

    who = Column(_("Who asks"))
    of = Column(_("Lead department"), accessor="node__task__lead", default="–")
    task = Column(_("Task"), accessor="node__task")
    wanted = Column(_("What is needed"), accessor="newest__help_wanted")
    since = Column(_("Since"), "quarter", css="nowrap")

    def render_task(self, value):
        return Link(value.number, value.get_absolute_url())

    def render_since(self, record):
        """Return the first of the quarters in a row for which it was asked."""
        since = record.newest.period.quarter
        for report in record.reports[1:]:
            if not report.help_wanted:
                break
            since = report.period.quarter
        return since


@dataclass(frozen=True)
class MatrixCell:
    """The tasks of one measure that one city or department answers for."""

    area: PlanMeasure
    who: City | Department
    lights: Sequence[Light]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """Return the status of each light that there is, the worst first, with its number."""
        found = [one.colour for one in self.lights]
        return [(f"light_{one}", found.count(one)) for one in Colour if one in found]


def matrix(rows: Iterable[TaskRow], areas: Sequence[PlanMeasure], **own) -> Table:
    """Return the table of measures by who answers: how many tasks have which light."""
    cells: dict[tuple[int, City | Department], list[Light]] = {}
    everyone: dict[City | Department, None] = {}
    for row in rows:
        for who, light in row.lights.items():
            everyone.setdefault(who)
            cells.setdefault((row.task.area_id, who), []).append(light)
    heads = sorted(everyone, key=_place)
    lines = [
        (area, *(_cell(MatrixCell(area, who, cells.get((area.pk, who), ()))) for who in heads))
        for area in areas
    ]
    columns = [Column(_("Measure")), *(Column(_heading(who)) for who in heads)]
    return ad_hoc(columns, lines, css="data-table--matrix", **own)


def _place(who: City | Department) -> tuple:
    """Return the place of a column: departments first, then cities by their code."""
    return (1, who.code) if isinstance(who, City) else (0, f"{who.position:05d}{who.slug}")


def _heading(who: City | Department) -> str:
    return (
        str(who.short_name if in_chinese() else who.name_en) if isinstance(who, City) else str(who)
    )


def _cell(cell: MatrixCell) -> object:
    if not cell.lights:
        return "–"
    words = Parts(
        [Parts((Typed(n, "count"), Typed(one, "status"))) for one, n in cell.counts], "; "
    )
    query = urlencode({"area": cell.area.pk, "who": slug_of(cell.who)})
    address = f"{reverse('measures:ledger')}?{query}"
    return Link(Fragment("measures/_cell.html", {"counts": cell.counts}, words), address)


def worst_first(rows: Iterable[TaskRow]) -> list[TaskRow]:
    """Return tasks, those with the worst light first, then by number."""
    last = len(RANK)
    return sorted(rows, key=lambda one: (one.light.rank if one.light else last, one.task.number))
