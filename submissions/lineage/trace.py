"""From a figure to its cell, and to the submission whose file has the cell."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from clusters.models import BuildingBlock, City, Publication, ReportingPeriod, SeenFrom
from clusters.models.recorded import recorded_at
from submissions.models import StagedRow, Submission
from submissions.workbook.reading.headings import fold


@dataclass(frozen=True, slots=True)
class Trace:
    """The source of a figure: the submission, and the staged row of its file."""

    submission: Submission
    row: StagedRow

    @property
    def published_at(self) -> datetime | None:
        """Return the moment that its figures are declared for."""
        return self.submission.published_at

    @property
    def recorded_at(self) -> datetime | None:
        """Return when its figures were recorded."""
        return vars(self.row).get("recorded_at")

    def cell(self, field: str) -> str | None:
        """Return a field's cell in the user's own file, such as D17; None if it has none."""
        return self.row.cells.get(field)

    def place(self, field: str) -> str:
        """Return a field's cell with its sheet, 企业明细!D17; without a cell, the sheet's row."""
        return f"{self.row.sheet}!{self.cell(field) or self.row.row}"


def leave_out_later(submissions: Iterable[Submission], recorded_by: datetime | None) -> None:
    """
    Forget of submissions, in memory only, what was recorded after a moment; None is nothing.

    Those declared for a day up to the moment and recorded later have no published_at then, and
    those that only such a one replaced no superseded_at. One query.
    """
    if recorded_by is None:
        return
    later = Publication.objects.known_later(recorded_by)
    slots = set(later.values_list("city_id", "period_id", "published_at"))
    for one in submissions:
        if (one.city_id, one.period_id, one.superseded_at) in slots:
            one.superseded_at = None
        if (one.city_id, one.period_id, one.published_at) in slots:
            one.published_at = None


def in_force_at(submission: Submission, moment: datetime) -> bool:
    """Return whether a submission was in force at a moment."""
    return (
        submission.published_at is not None
        and submission.published_at <= moment
        and (submission.superseded_at is None or submission.superseded_at > moment)
    )


def rows_about(kind: str, key: str | None, city: City) -> QuerySet[StagedRow]:
    """
    Return the staged rows that a city published about one thing, of all periods and versions.

    kind is a StagedRow.Kind; key a credit code, a park's name, a block's content, or the
    name of a field of CityReturn; None is everything of its kind. Each row has recorded_at.
    """
    rows = StagedRow.objects.filter(
        kind=kind, submission__city=city, submission__published_at__isnull=False
    )
    rows = rows if key is None else rows.filter(key=key)
    rows = rows.annotate(recorded_at=recorded_at("city", of="submission__"))
    return rows.select_related("submission__city", "submission__period")


def is_of_block(row: StagedRow, block: BuildingBlock) -> bool:
    """Return whether a row of 集群建设 is of a block, by the rule that publishing uses."""
    category = fold(row.values.get("category") or "")
    return fold(row.key) == fold(block.content) and category in ("", fold(block.category.name))


def pick(rows, period: ReportingPeriod, moment: datetime) -> Trace | None:
    """Return the trace of the row in force for a period at a moment; None without one."""
    for row in rows:
        submission = row.submission
        if str(submission.period) == str(period) and in_force_at(submission, moment):
            return Trace(submission, row)
    return None


def trace(
    kind: str, key: str, *, city: City, period: ReportingPeriod, moment: datetime
) -> Trace | None:
    """Return the trace of a figure as of a moment; None if it came from no workbook."""
    return pick(rows_about(kind, key, city), period, moment)


def sources(periods: Collection[str], seen: SeenFrom) -> dict[tuple[str, str], Submission]:
    """
    Return the submissions in force from a viewpoint, by city's code and period's. One query.

    periods are codes such as 2025Q4.
    """
    published = Submission.objects.filter(period__code__in=periods, published_at__lte=seen.moment)
    versions = list(published.select_related("city", "period").order_by("version"))
    leave_out_later(versions, seen.recorded_by)
    return {
        (one.city.code, one.period.code): one for one in versions if in_force_at(one, seen.moment)
    }


def traces(
    kind: str, keys: Collection[str], of: Collection[Submission]
) -> dict[tuple[int, str], Trace]:
    """Return the traces of these submissions' figures, by submission and key. One query."""
    by_pk = {one.pk: one for one in of}
    rows = StagedRow.objects.filter(submission__in=list(by_pk), kind=kind, key__in=list(keys))
    return {(row.submission_id, row.key): Trace(by_pk[row.submission_id], row) for row in rows}
