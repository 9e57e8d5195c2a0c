"""All quarters of one city in a batch: their findings, what does not follow on, and acceptance."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from clusters.backfilled import mark
from clusters.models import City
from foundation.quarters import Quarter
from foundation.tables import Column, Link, Parts, Table, Typed
from submissions.backfill.continuity import APPEARS, FALLS, GAP, VANISHES, Break, breaks
from submissions.models import Batch, Finding, StagedRow, Submission
from submissions.refused import Refused
from submissions.review import actions
from submissions.workbook.layout import CITY, ENTERPRISES, CellKind

Status = Submission.Status

# Amounts count from January; those of the year before do not count on.
MONEY = [
    column
    for column in ENTERPRISES.figures
    if column.kind is CellKind.MONEY and not column.a_year_before
]
WORDS = {
    FALLS: pgettext_lazy("continuity", "a cumulative figure falls"),
    GAP: pgettext_lazy("continuity", "no workbook for this quarter"),
    APPEARS: pgettext_lazy("continuity", "an enterprise appears"),
    VANISHES: pgettext_lazy("continuity", "an enterprise is no longer there"),
}
# The versions whose rows count: what is handed in or in force.
COUNTING = (Status.UPLOADED, Status.SUBMITTED, Status.ACCEPTED)


class QuartersTable(Table):
    """One row for each Submission of the city, by quarter."""

    key, title, labelled_by = "quarters", gettext_lazy("Every quarter"), "quarters"

    period = Column(gettext_lazy("Reporting period"), "quarter")
    version = Column(gettext_lazy("Version"))
    lines = Column(gettext_lazy("Enterprise lines"), "count")
    state = Column(gettext_lazy("State"))
    open = Column(gettext_lazy("Findings that wait for an answer"), "count", accessor="open_count")

    def render_period(self, record):
        return record.period.quarter

    def render_state(self, record):
        state = Link(record.get_status_display(), record.get_absolute_url(), keeps=False)
        return Parts((state, Typed(mark(record), css="soft", tag="small")), "\n")


class HistoryFindings(Table):
    """One row for each Finding of the city's quarters, with what was said to it."""

    key, title, labelled_by = "findings", gettext_lazy("Findings"), "findings"
    css = "data-table--stacked"

    period = Column(gettext_lazy("Reporting period"), "quarter")
    cell = Column(gettext_lazy("Cell"), css="nowrap", default="—")
    message = Column(gettext_lazy("Finding"))
    answer = Column(gettext_lazy("Answer"), default="—")

    def render_period(self, record):
        return record.submission.period.quarter

    def render_cell(self, record):
        place = "!".join(filter(None, (record.sheet, record.cell))) or _("the whole file")
        return Link(place, record.submission.get_absolute_url(), keeps=False)

    def render_answer(self, record):
        explanation = getattr(record, "explanation", None)
        return explanation or record.explained_in_cell or "—"


@dataclass(frozen=True, slots=True)
class NamedBreak:
    """A break with the name of its enterprise, or of the city's measure."""

    found: Break
    name: str


class ContinuityTable(Table):
    """One row for each NamedBreak."""

    key, title, labelled_by = "continuity", gettext_lazy("Continuity"), "continuity"

    quarter = Column(gettext_lazy("Reporting period"), "quarter", accessor="found__quarter")
    what = Column(gettext_lazy("What does not follow on"))
    name = Column(gettext_lazy("Line"), default="—", css="text-break")
    field = Column(gettext_lazy("Column"), default="—")
    before = Column(gettext_lazy("Before"), "amount", accessor="found__before", default="—")
    after = Column(gettext_lazy("Then"), "amount", accessor="found__after", default="—")

    def render_what(self, record):
        return WORDS[record.found.kind]

    def render_field(self, record):
        headings = {column.field: column.heading for column in ENTERPRISES.columns}
        return headings.get(record.found.field, "—")

    def render_before(self, record):
        return _amount(record.found.before)

    def render_after(self, record):
        return _amount(record.found.after)


def _amount(value: Decimal | None) -> object:
    """Return an amount for its cell; a dash where there is none to be."""
    return Typed("—", "written") if value is None else value


def submissions_of(batch: Batch, city: City) -> list[Submission]:
    """Return the versions of a city that the batch brought, by quarter and version."""
    brought = Submission.objects.filter(batch_files__batch=batch, city=city).distinct()
    people = ("uploaded_by", "submitted_by")
    found = brought.with_recorded_at().select_related("city", "period", *people)
    return sorted(found, key=lambda one: (one.period.code, one.version))


def findings_of(submissions: Iterable[Submission]):
    """Return the findings of some versions, with the text that explains each."""
    of_them = Finding.objects.filter(submission__in=[one.pk for one in submissions])
    wanted = of_them.select_related("submission__period").with_explanation()
    return wanted.order_by("submission__period__code", "submission__version", "position")


def continuity(city: City, submissions: Sequence[Submission]) -> list[NamedBreak]:
    """Return the breaks between a city's quarters: those of the batch, and those in force."""
    newest = _newest(city, submissions)
    rows = StagedRow.objects.filter(submission__in=newest.values())
    quarter_of = {pk: quarter for quarter, pk in newest.items()}
    names: dict[str, str] = {}
    figures: dict[Quarter, dict[str, Mapping[str, Decimal | None]]] = {q: {} for q in newest}
    for row in rows.filter(kind__in=(CITY.kind, ENTERPRISES.kind)):
        if row.kind == CITY.kind:
            if row.key != "output_value" and row.key != "revenue":
                continue
            figures[quarter_of[row.submission_id]][row.key] = {row.key: row.decimal("this_year")}
            names[row.key] = str(row.values.get("measure") or row.key)
            continue
        names[row.key] = row.values.get("name") or row.key
        amounts = {one.field: row.decimal(one.field) for one in MONEY}
        figures[quarter_of[row.submission_id]][row.key] = amounts
    return [NamedBreak(one, names.get(one.key, one.key)) for one in breaks(figures)]


def _newest(city: City, submissions: Sequence[Submission]) -> dict[Quarter, int]:
    """Return the key of the version that counts in each quarter."""
    of_city = Submission.objects.in_force().filter(city=city).select_related("period")
    counting = [one for one in submissions if one.status in COUNTING]
    return {one.period.quarter: one.pk for one in (*of_city, *counting)}


@dataclass(frozen=True, slots=True)
class Acceptance:
    """How many quarters were accepted, and why the next one was not; "" if all were."""

    accepted: int
    refusal: str = ""
    submission: Submission | None = None


def accept_all(
    submissions: Iterable[Submission], *, by, published_at: datetime | None, bases: Mapping
) -> Acceptance:
    """
    Accept a city's quarters in their order, each in a transaction of its own.

    Stops at the first that is refused: the later ones count on from it.

    bases  key of each version that the reviewer's page showed -> that of the one in force there
    """
    accepted = 0
    for submission in submissions:
        if submission.status != Status.SUBMITTED or submission.pk not in bases:
            continue
        base = bases[submission.pk]
        given = {"by": by, "published_at": published_at, "compared_with": base}
        try:
            actions.accept(submission, **given)
        except Refused as refusal:
            return Acceptance(accepted, str(refusal), submission)
        accepted += 1
    return Acceptance(accepted)


def declared_publication(submission: Submission) -> datetime | None:
    """Return the declared moment of publication of a version that a batch brought; else None."""
    brought = Batch.objects.filter(files__submission=submission, published_at__isnull=False)
    return brought.order_by("-pk").values_list("published_at", flat=True).first()
