"""The tables of the clusters' pages: building blocks, and one block's dates and quarters."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clusters.backfilled import dated
from clusters.block_history import BlockMark
from clusters.models import BlockReturn, BuildingBlock, ReportingPeriod
from clusters.models.provenance import Provenance
from clusters.schedule import Stand
from foundation.tables import Column, Fragment, Link, Parts, Phrase, Table, Typed


class CategoryTable(Table):
    """The parts of a cluster's slogan: one row for each CategoryRow."""

    category = Column(gettext_lazy("Building blocks"))
    operating = Column(gettext_lazy("In operation"))
    overdue = Column(gettext_lazy("Past its date"), "text", default="–")
    stale = Column(gettext_lazy("Unconfirmed for two quarters"), "text", default="–")
    blocks = Column(gettext_lazy("How each stands"))

    def render_operating(self, record):
        return operating_words(record.operating, record.evidenced, record.planned)

    def render_overdue(self, value):
        return Typed(value, "count") if value else None

    def render_stale(self, value):
        return Typed(value, "count") if value else None

    def render_blocks(self, value):
        each = [
            Parts((Link(one.block, one.block.get_absolute_url(), css="nowrap"), light(one)))
            for one in value
        ]
        return Parts(each, " · ") if each else "–"


class BlockTable(Table):
    """One row for each building block (BlockRow). Trace is filled by what knows the workbooks."""

    css = "data-table--names"

    block = Column(gettext_lazy("Building block"))
    status = Column(gettext_lazy("Status"))
    light = Column(gettext_lazy("Against its date"))
    held_to = Column(gettext_lazy("Planned"), "day", css="date")
    completed = Column(gettext_lazy("Completed"), "day", accessor="latest__actual_on", css="date")
    confirmed = Column(gettext_lazy("Last confirmed"), "quarter", css="nowrap", default="—")
    marks = Column(gettext_lazy("Quarter by quarter"))
    trace = Column(gettext_lazy("Cell"), css="nowrap", default="")

    def render_block(self, value):
        return Parts((Link(value, value.get_absolute_url()), provenance(value)), "\n")

    def render_status(self, record):
        stale = Typed("stale", "status") if record.stale else None
        return Parts((Typed(said(record.latest), "status"), stale), "\n")

    def render_light(self, record):
        return light(record)

    def render_held_to(self, value, record):
        now = record.latest and record.latest.planned_on
        if not now or now == value:
            return value
        moved = Phrase(_("now %(day)s"), {"day": Typed(now, "day")})
        return Parts((Typed(value, "day"), Typed(moved, css="small")), "\n")

    def render_marks(self, value):
        return strip(value)


class PlannedDatesTable(Table):
    """The planned dates of a block, as they became known: one row for each PlanChange."""

    key, title, labelled_by = "dates", gettext_lazy("Planned dates, as they became known"), "dates"

    quarter = Column(gettext_lazy("Workbook of"), "quarter")
    published_at = Column(gettext_lazy("Accepted"), "day", css="nowrap")
    after = Column(gettext_lazy("Planned for"), "day", css="nowrap")
    before = Column(gettext_lazy("Before"), "day", css="nowrap")
    days = Column(gettext_lazy("Moved by (days)"), "change", default="–")

    def render_published_at(self, record):
        return dated(record)


@dataclass(frozen=True)
class BlockQuarter:
    """A quarter of a block's history, and its report; None if nothing was reported."""

    block: BuildingBlock
    mark: BlockMark
    report: BlockReturn | None

    @property
    def period(self) -> ReportingPeriod | None:
        """Return the period of the report."""
        return self.report and self.report.period


class BlockQuarterTable(Table):
    """What was reported of a block, quarter by quarter. Trace as in BlockTable."""

    key = labelled_by = "quarters"

    quarter = Column(
        gettext_lazy("Reporting period"), "quarter", accessor="mark__quarter", css="nowrap"
    )
    status = Column(gettext_lazy("Status"), "status")
    stand = Column(gettext_lazy("Against its date"), accessor="mark", default="—")
    planned_on = Column(gettext_lazy("Planned"), "day", accessor="report__planned_on", css="nowrap")
    actual_on = Column(gettext_lazy("Completed"), "day", accessor="report__actual_on", css="nowrap")
    remark = Column(gettext_lazy("Progress"), accessor="report__remark", css="remark", default="")
    trace = Column(gettext_lazy("Cell"), css="nowrap", default="")
    published_at = Column(gettext_lazy("Accepted"), "day", accessor="report", css="nowrap")

    def render_published_at(self, value):
        return dated(value) if value else None

    def render_status(self, record):
        return said(record.report)

    def render_stand(self, value):
        return stand_cell(value.word, value.stand, days_left=None) if value.stand else None


def said(report: BlockReturn | None) -> str:
    """Return the status that a city gave a block; "missing" if it gave none."""
    return (report and report.status) or "missing"


def light(row) -> Fragment:
    """Return how a block (BlockRow) stands on the day that is looked from."""
    return stand_cell(row.stand, row.light, days_left=row.light and row.light.days_left)


def stand_cell(status: str, stand: Stand | None, *, days_left: int | None) -> Fragment:
    """Return how something stands against its date, and the days late or left."""
    late, at_least = (stand.days_late, stand.at_least) if stand else (None, False)
    days = {"days_late": late, "at_least": at_least, "days_left": days_left}
    return Fragment(
        "components/light.html",
        {"status": status, **days},
        Parts((Typed(status, "status"), days_words(status, **days))),
    )


def days_words(status: str, days_late: int | None, at_least: bool, days_left: int | None) -> str:
    """Return by how many days a date was missed, or is still ahead if it is due soon; else ""."""
    if days_late and at_least:
        words = ngettext("at least %(days)s day", "at least %(days)s days", days_late)
    elif days_late:
        words = ngettext("%(days)s day", "%(days)s days", days_late)
    elif status == "due_soon" and days_left:
        words = ngettext("%(days)s day left", "%(days)s days left", days_left)
    else:
        return ""
    return words % {"days": days_late or days_left}


def operating_words(operating: int, evidenced: int | None, planned: int | None) -> str:
    """
    Return how many of a part are in operation, and how many of those with evidence.

    planned    how many the plan wants; None for N, of which no share can be made
    evidenced  None in a paper of before it was counted
    """
    told = {"operating": operating, "evidenced": evidenced, "planned": planned}
    is_counted = bool(operating) and evidenced not in (None, "")
    if planned is None and is_counted:
        words = _(
            "%(operating)s in operation, %(evidenced)s of them with evidence; "
            "the plan leaves the number open"
        )
    elif planned is None:
        words = _("%(operating)s in operation; the plan leaves the number open")
    elif is_counted:
        words = _("%(operating)s of %(planned)s in operation, %(evidenced)s of them with evidence")
    else:
        words = _("%(operating)s of %(planned)s in operation")
    return words % told


def strip(marks: Iterable[BlockMark]) -> Fragment:
    """Return how something stood quarter by quarter; a file has it in words."""
    told = [Parts((Typed(m.quarter, "quarter"), Typed(m.word, "status"))) for m in marks]
    return Fragment("components/strip.html", {"marks": marks}, Parts(told, "; "))


def provenance(named) -> Fragment | None:
    """Return how sure we are of a name; None for a name from the final text."""
    if named.provenance == Provenance.FINAL:
        return None
    return Fragment(
        "components/provenance.html",
        {"provenance": named.provenance, "source": named.source},
        Typed(named.provenance, "status"),
    )
