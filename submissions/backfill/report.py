"""What became of a batch: the matrix of cities and quarters, and one row for each file."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from clusters.models import City, ReportingPeriod
from foundation.tables import Column, Link, Parts, Table, Typed, ad_hoc
from submissions.backfill.outcomes import FileOutcome, layout_said, outcomes
from submissions.models import Batch, BatchFile, Submission

LAYOUT = ("layout", "layout__confirmed_by")
# Which of several files of a city and quarter the matrix shows: the first that there is.
SHOWN_FIRST = (
    *(FileOutcome.ASKED, FileOutcome.FINDINGS, FileOutcome.SUBMITTED, FileOutcome.ACCEPTED),
    *(FileOutcome.RECOGNISED, FileOutcome.UNREADABLE, FileOutcome.EARLIER, FileOutcome.LEFT_OUT),
)
# What nothing more is to be done about.
ENDED = {
    *(FileOutcome.ACCEPTED, FileOutcome.EARLIER, FileOutcome.LEFT_OUT, FileOutcome.UNREADABLE),
    FileOutcome.BY_LAYOUT,
}


@dataclass(frozen=True, slots=True)
class ReportRow:
    """
    A file and what became of it, or a city and quarter without one.

    A file that is read by a layout has a row for each city and quarter in it.

    outcome  None where there is no file
    reason   why it goes no further; "" otherwise
    """

    file: BatchFile | None
    city: City | None
    period: ReportingPeriod | None
    outcome: FileOutcome | None
    reason: str = ""
    submission: Submission | None = None


@dataclass(frozen=True, slots=True)
class BatchReport:
    """
    All of a batch.

    rows     every file, then every city and quarter of the plan without one
    periods  those of the plan and those of the files
    counts   (word, number) of each outcome
    """

    batch: Batch
    cities: Sequence[City]
    periods: Sequence[ReportingPeriod]
    rows: Sequence[ReportRow]
    in_force: frozenset[tuple[int, int]]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """Return how many files have each outcome, and how many cities and quarters have none."""
        counted = Counter(row.outcome for row in self.rows)
        named = [(str(one.label), counted[one]) for one in FileOutcome if counted[one]]
        return [*named, (_("missing"), counted[None])] if counted[None] else named

    @property
    def is_finished(self) -> bool:
        """Return whether something is accepted and no file of the batch waits for anything."""
        came = {row.outcome for row in self.rows if row.file}
        return FileOutcome.ACCEPTED in came and came <= ENDED

    def matrix(self) -> Table:
        """Return the state of every city and quarter."""
        by_slot: dict[tuple[int, int], list[ReportRow]] = defaultdict(list)
        for row in self.rows:
            if row.city and row.period and row.outcome:
                by_slot[row.city.pk, row.period.pk].append(row)
        return ad_hoc(
            [
                Column(_("City"), css="nowrap"),
                *(Column(Typed(one, "quarter")) for one in self.periods),
            ],
            [
                (
                    self._city_link(city),
                    *(self._cell(by_slot.get((city.pk, p.pk), []), city, p) for p in self.periods),
                )
                for city in self.cities
            ],
            key="matrix",
            title=str(self.batch),
            labelled_by="matrix",
            css="data-table--compact",
        )

    def _city_link(self, city: City) -> Link:
        address = reverse("submissions:batch_city", args=[self.batch.pk, city.slug])
        return Link(city, address, keeps=False)

    def _cell(self, rows: list[ReportRow], city: City, period: ReportingPeriod) -> object:
        if not rows:
            here = (city.pk, period.pk) in self.in_force
            word = _("here before") if here else pgettext("file", "none")
            return Typed(word, css="soft nowrap")
        row = min(rows, key=lambda one: SHOWN_FIRST.index(one.outcome))
        word = Typed(row.outcome.label, css="nowrap")
        submission = row.submission
        more = Typed(f"×{len(rows)}", tag="small") if len(rows) > 1 else None
        link = Link(word, submission.get_absolute_url(), keeps=False) if submission else word
        return Parts((link, more))


class FilesTable(Table):
    """One row for each ReportRow."""

    key, title, labelled_by = "files", gettext_lazy("Report"), "report"
    css = "data-table--stacked"

    file = Column(gettext_lazy("File"), css="text-break", default="—")
    city = Column(gettext_lazy("City"), default="—")
    period = Column(gettext_lazy("Reporting period"), "quarter", default="—")
    source = Column(gettext_lazy("Recognised from"), default="—", empty_values=())
    layout = Column(gettext_lazy("Layout"), css="text-break", default="—", empty_values=())
    outcome = Column(gettext_lazy("State"))
    reason = Column(gettext_lazy("Reason"), css="text-break", default="—")

    def render_file(self, record):
        if record.file is None:
            return "—"
        if record.submission:
            address = record.submission.get_absolute_url()
            return Link(record.file.name, address, keeps=False)
        return record.file.name

    def render_source(self, record):
        file = record.file
        if file is None:
            return "—"
        sources = dict.fromkeys((file.get_city_from_display(), file.get_period_from_display()))
        return ", ".join(str(one) for one in sources if one) or "—"

    def render_layout(self, record):
        return (layout_said(record.file) if record.file else "") or "—"

    def render_outcome(self, record):
        return str(record.outcome.label) if record.outcome else _("missing")


def batch_report(batch: Batch, cities: Sequence[City]) -> BatchReport:
    """
    Return the report of a batch for the cities that the reader may see.

    A file of no city, or of another, is in the rows all the same: it came with the batch.
    """
    files = list(batch.files.select_related(*("city", "period", "submission"), *LAYOUT))
    came = outcomes(files)
    in_parts = {file.part_of_id for file in files}
    files.sort(key=lambda file: (file.part_of_id or file.pk, file.pk))
    # A file in parts has no row of its own, but to say what it holds besides them.
    rows = [_row(f, came[f.pk]) for f in files if f.pk not in in_parts or f.reason]
    named = {row.period.pk for row in rows if row.period}
    periods = [one for one in _plan_periods(batch) if one.is_owed or one.pk in named]
    in_force = frozenset(Submission.objects.in_force().values_list("city", "period"))
    there = {(row.city.pk, row.period.pk) for row in rows if row.city and row.period} | in_force
    missing = [
        ReportRow(None, city, period, None)
        for city in cities
        for period in periods
        if period.is_owed and (city.pk, period.pk) not in there
    ]
    return BatchReport(batch, cities, periods, [*rows, *missing], in_force)


def _plan_periods(batch: Batch) -> list[ReportingPeriod]:
    """Return all periods, the oldest first; those outside the batch's plan are not owed for it."""
    periods = list(ReportingPeriod.objects.with_owed().order_by("code"))
    plan = batch.plan
    for one in periods:
        within = plan is None or plan.first_year <= one.quarter.year <= plan.last_year
        one.is_owed = one.is_owed and within
    return periods


def _row(file: BatchFile, outcome: FileOutcome) -> ReportRow:
    reason = _reason(file, outcome)
    return ReportRow(file, file.city, file.period, outcome, reason, file.submission)


def _reason(file: BatchFile, outcome: FileOutcome) -> str:
    """Return why a file goes no further; nothing for one that is through."""
    return "" if outcome == FileOutcome.ACCEPTED else file.reason
