"""Tables of a submission: its versions, figures and differences, and what acceptance changes."""

from collections.abc import Mapping

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from clusters.backfilled import mark
from foundation.tables import Column, Fragment, Link, Parts, Table, Typed, ad_hoc
from indicators.movement.two_readings import value_words
from indicators.results.indicator_result import IndicatorResult
from submissions.lineage.tables import cell_link
from submissions.models import StagedRow, Submission
from submissions.review.differences import CityTotal, Differences
from submissions.review.preview import WouldBe

# How many differences of each kind the page shows.
CHANGES = 200
FIRMS = StagedRow.RowKind.ENTERPRISES
# Their lines have no amounts.
WITHOUT_AMOUNTS = (StagedRow.RowKind.BLOCKS, StagedRow.RowKind.TASKS)


class VersionTable(Table):
    """The versions of a city's workbook for a period: one row for each Submission."""

    key, title, labelled_by = "versions", gettext_lazy("Versions"), "versions"

    version = Column(gettext_lazy("Version"))
    status = Column(gettext_lazy("State"), "status")
    uploaded = Column(gettext_lazy("Uploaded"))
    decided = Column(gettext_lazy("Decided"), css="remark")
    in_force = Column(gettext_lazy("In force"))
    # Not the record of that name: it holds the file.
    original = Column(gettext_lazy("Original"), accessor="pk")

    class Meta:
        row_attrs = {
            "aria-current": lambda record, table: "true" if record == table.shown else None,
            "class": lambda record, table: "table-active" if record == table.shown else "",
        }

    def render_version(self, value, record):
        return Link(value, record.get_absolute_url(), keeps=False)

    def render_status(self, record):
        return record.status

    def render_uploaded(self, record):
        return _at_by(record.uploaded_at, record.uploaded_by)

    def render_decided(self, record):
        by = _at_by(record.decided_at, record.decided_by)
        by = by or _at_by(record.discarded_at, record.discarded_by)
        reason = Typed(record.reason, tag="small") if record.reason else None
        return Parts((by, reason), "\n")

    def render_in_force(self, record):
        span = (record.published_at, record.superseded_at)
        shown = Parts([Typed(at, "moment") for at in span if at], " – ")
        return Parts((shown, mark(record)), " · ")

    def render_original(self, record):
        address = reverse("submissions:original", args=[record.pk])
        digest = Typed(f"{record.sha256[:12]}…", css="text-break")
        about = Parts((f"{filesizeformat(record.size)} · SHA-256", digest))
        file = Link(record.filename, address, keeps=False)
        return Parts((file, Typed(about, tag="small")), "\n")


def _at_by(moment, user) -> Parts | None:
    return Parts((Typed(moment, "moment"), str(user)), " · ") if moment else None


class CityTotalTable(Table):
    """The city's own totals in a workbook: one row for each CityTotal."""

    key, title, labelled_by = "totals", gettext_lazy("The city's own totals"), "figures"
    css = "data-table--names"

    label = Column(gettext_lazy("The city's own totals"))
    this_year = Column(pgettext_lazy("cumulative", "This year"), "wan")
    last_year = Column(gettext_lazy("A year earlier"), "wan")
    place = Column(gettext_lazy("Cell"), css="nowrap")
    right = Column(gettext_lazy("Right value"), css="right", exclude_from_export=True)

    def __init__(
        self, totals: list[CityTotal], submission: Submission, *, typed: Mapping | None = None
    ):
        """Take the totals; typed are fields of a form, None if nothing can be corrected now."""
        super().__init__(totals, exclude=["right"] if typed is None else [])
        self.typed = typed or {}
        self.submission = submission
        self.empty_text = (
            "–"
            if submission.nil
            else _("The file has no city totals: the city stays silent for the output share.")
        )

    def render_this_year(self, value, record):
        return Typed(value, "wan" if record.money else "count")

    render_last_year = render_this_year

    def render_place(self, value):
        return cell_link(self.submission, value, value, css="trace")

    def render_right(self, record):
        about = {"one": record, "value": self.typed.get(f"total-{record.key}", "")}
        return Fragment("submissions/_right_total.html", about)


class AmendmentTable(Table):
    """The cells that were corrected on the page: one row for each Amendment."""

    key, title, labelled_by = "amendments", gettext_lazy("Corrected on the page"), "amendments"

    cell = Column(gettext_lazy("Cell"), css="nowrap")
    subject = Column(gettext_lazy("What it is of"))
    old = Column(pgettext_lazy("a change", "Before"))
    new = Column(pgettext_lazy("after a change", "Now"))

    @classmethod
    def of(cls, submission: Submission) -> "AmendmentTable | None":
        """Return the table of a submission's corrections; None without any. One query."""
        made = list(submission.amendments.select_related("amends"))
        return cls(made, amends=made[0].amends) if made else None

    def render_cell(self, record):
        return "!".join(filter(None, (record.sheet, record.cell)))


class LineTable(Table):
    """Lines that only one of two versions has: one row for each LineChange."""

    css = "data-table--names"

    subject = Column(gettext_lazy("What it is of"))
    place = Column(pgettext_lazy("of a sheet", "Row"), css="nowrap")
    output_value = Column(gettext_lazy("Output value"), "wan")
    revenue = Column(gettext_lazy("Revenue"), "wan")
    answer = Column(gettext_lazy("Explanation"))

    def render_subject(self, value, record):
        code = record.key if record.kind == FIRMS else ""
        return Parts((value, code and Typed(code, css="soft", tag="small")), "\n")

    def render_output_value(self, value, record):
        return "" if record.kind in WITHOUT_AMOUNTS else value

    render_revenue = render_output_value

    def render_answer(self, record):
        return self.answers.get(record.key, "") if record.kind == FIRMS else ""


class ChangeTable(Table):
    """Values that differ between two versions: one row for each CellChange."""

    key, title, labelled_by = "changed", gettext_lazy("Values changed"), "changed"
    css = "data-table--names"

    subject = Column(gettext_lazy("What it is of"))
    heading = Column(gettext_lazy("Figure"))
    place = Column(gettext_lazy("Cell"), css="nowrap")
    before = Column(pgettext_lazy("a change", "Before"), "wan")
    after = Column(pgettext_lazy("after a change", "Now"), "wan")
    answer = Column(gettext_lazy("Explanation"))

    def render_subject(self, value, record):
        return Parts((value, record.firm and Typed(record.firm, css="soft", tag="small")), "\n")

    def render_before(self, value, record):
        return Typed(value, "wan" if record.shown_as == "amount" else record.shown_as)

    render_after = render_before

    def render_answer(self, record):
        return self.answers.get(record.about) or self.answers.get(record.firm, "")


def difference_tables(found: Differences, answers: Mapping[str, str]) -> dict:
    """
    Return the tables of what differs, for the context of a page: lines and changed.

    lines is a list of pairs of a table and how many lines there are; changed is None without any.
    answers are texts by what they are about (validation.findings_list.answers_about).
    """

    def first(table: type[Table], changes: list, **own) -> Table:
        note = _("The first %(changes_shown)s are shown.") % {"changes_shown": CHANGES}
        note = note if len(changes) > CHANGES else ""
        return table(changes[:CHANGES], answers=answers, note=note, **own)

    lines = [
        ("removed", _("Removed: no longer in this version"), found.removed),
        ("added", _("Added: not in the version before"), found.added),
    ]
    return {
        "lines": [
            (first(LineTable, some, key=key, title=title, labelled_by=key), len(some))
            for key, title, some in lines
            if some
        ],
        "changed": first(ChangeTable, found.changed) if found.changed else None,
    }


def preview_table(one: WouldBe) -> Table:
    """Return an indicator as it is, and as it would be after acceptance."""
    both = (one.now, one.then)
    rows = [
        (_("Value"), *map(value_words, both)),
        (_("Verdict"), *(Typed(result.status, "status") for result in both)),
        (_("What is certain"), *map(_certain, both)),
        (_("Coverage"), *map(_coverage, both)),
        (pgettext("the verdict", "Why"), *(result.explanation for result in both)),
    ]
    if one.now.indicator.things:
        del rows[3]
    return ad_hoc(
        [
            Column(),
            Column(pgettext("before acceptance", "Now"), css="sentence"),
            Column(_("If accepted"), css="sentence"),
        ],
        rows,
        key=one.now.code,
        title=one.now.indicator.name,
        labelled_by=one.now.code,
    )


def _certain(result: IndicatorResult) -> str:
    return "–" if result.value is not None else result.certain_words


def _coverage(result: IndicatorResult) -> str:
    counted = {"accepted": result.coverage.accepted, "expected": result.coverage.expected}
    return _("%(accepted)s/%(expected)s cities accepted") % counted
