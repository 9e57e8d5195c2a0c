"""Tables of a workbook's cells, and of what a restatement changed."""

from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from clusters.backfilled import dated
from foundation.tables import WITHHELD, Column, Link, Table, Typed, ad_hoc
from submissions.lineage.restatements import RestatedTotal, Restatement
from submissions.lineage.source_cells import SHOWN_AS, source_cell
from submissions.lineage.trace import Trace
from submissions.models import Submission
from submissions.workbook.layout import TABLES


def cell_link(submission: Submission, place: str, words: object, **more) -> Link:
    """Return a link to the page of a cell; place is its sheet and address, as in 企业明细!D5."""
    address = reverse("submissions:cell", args=[submission.pk])
    return Link(words, f"{address}?at={quote(place, safe='!')}", keeps=False, **more)


def source_cells(submission: Submission, kind: str) -> Table:
    """Return all cells of one table of a workbook: one row for each StagedRow."""

    def shown(field):
        def shown_cell(record):
            if field not in record.cells:
                return ""
            one = source_cell(record, field)
            is_blank = one.value is None and one.kind == "text"
            value = "–" if is_blank else Typed(one.value, one.kind)
            return cell_link(submission, f"{record.sheet}!{one.cell}", value, title=one.cell)

        return shown_cell

    kinds = {one: SHOWN_AS.get(one.kind, "text") for one in TABLES[kind].columns if not one.hidden}
    first = next(iter(kinds))
    columns = [
        (one.field, Column(one.heading, shown_as, unit="", css="name" if one is first else ""))
        for one, shown_as in kinds.items()
    ]
    table = Table(
        submission.rows.filter(kind=kind).order_by("row"),
        key=kind,
        title=_("What was read"),
        extra_columns=[("row", Column(_("Row"))), *columns],
    )
    for field, _column in columns:
        table.fill([field], shown(field))
    return table


class WithdrawnTable(Table):
    """One row for each Submission whose acceptance was withdrawn, with `is_own`."""

    key, title, labelled_by = "withdrawn", gettext_lazy("Withdrawn acceptances"), "withdrawn"

    city = Column(gettext_lazy("City"))
    period = Column(gettext_lazy("Reporting period"), "quarter")
    version = Column(gettext_lazy("Version"))
    published_at = Column(gettext_lazy("In force from"), "moment", css="nowrap")
    superseded_at = Column(gettext_lazy("Withdrawn at"), "moment", css="nowrap")
    reason = Column(gettext_lazy("Reason"), css="remark")

    def render_published_at(self, record):
        return dated(record, "moment")

    def render_version(self, value, record):
        if not record.is_own:
            return value
        return Link(value, record.get_absolute_url(), keeps=False)

    def render_reason(self, value, record):
        return value if record.is_own else WITHHELD


class AffectedFigureTable(Table):
    """One row for each AffectedFigure of a cell."""

    key, title, labelled_by = "moved", gettext_lazy("The figures it moved"), "moved"

    name = Column(gettext_lazy("Figure"))
    how = Column(gettext_lazy("How the cell enters it"))

    def render_name(self, value, record):
        return Link(value, record.address, keeps=False)


class PublishedCellTable(Table):
    """A cell in each published version: rows are (Submission, StagedRow, SourceCell)."""

    key = labelled_by = "versions"
    title = gettext_lazy("The same figure in every published version")

    version = Column(gettext_lazy("Version"), accessor="0__version")
    cell = Column(gettext_lazy("Cell"), css="nowrap")
    value = Column(gettext_lazy("Value"), accessor="2__value")
    since = Column(
        gettext_lazy("In force from"), "moment", accessor="0__published_at", css="nowrap"
    )
    until = Column(
        pgettext_lazy("end of a span of time", "to"),
        "moment",
        accessor="0__superseded_at",
        css="nowrap",
        default=gettext_lazy("today"),
    )

    def __init__(self, rows, kind: str):
        value = Column(_("Value"), kind, accessor="2__value")
        super().__init__(rows, extra_columns=[("value", value)])

    def render_version(self, value, record):
        return Link(value, record[0].get_absolute_url(), keeps=False)

    def render_since(self, record):
        return dated(Trace(record[0], record[1]), "moment")

    def render_cell(self, record):
        return f"{record[1].sheet}!{record[2].cell}"


def restated_totals(one: Restatement) -> Table | None:
    """Return old and new values of the totals that a restatement changed; None if none did."""
    own, summed = _("The city's own total"), _("Sum of the enterprise lines")
    rows = [_restated(total, own) for total in one.totals]
    rows += [_restated(total, summed, is_withheld=one.withheld) for total in one.sums]
    columns = [
        Column(_("Figure")),
        Column(_("Where it stands")),
        Column(pgettext("a restatement", "Before"), "count"),
        Column(pgettext("a restatement", "After"), "count"),
        Column(_("Difference"), "count", default="–"),
    ]
    return ad_hoc(columns, rows, key=str(one.new.pk), title=str(one.new)) if rows else None


def _restated(total: RestatedTotal, where: str, *, is_withheld: bool = False) -> tuple:
    kind, of_change = ("amount", "amount") if total.is_money else ("count", "change")
    label = Column(total.label, kind).header
    if is_withheld:
        return label, where, WITHHELD, WITHHELD, WITHHELD
    change = None if total.change is None else Typed(total.change, of_change)
    return label, where, Typed(total.old, kind), Typed(total.new, kind), change
