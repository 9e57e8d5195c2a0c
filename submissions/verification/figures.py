"""Published figures against the cells that they were read from."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from clusters.models import CityReturn
from enterprises.models import EnterpriseReturn
from measures.models import TaskReport
from measures.reporting.department_report import as_said
from parks.models import ParkReturn
from submissions.lineage.canonical_figures import PUBLISHED, rows_of
from submissions.models import StagedRow, Submission
from submissions.rules.task_steps import said_in
from submissions.verification.discrepancy import Discrepancy
from submissions.workbook.reading.headings import fold

CENT = Decimal("0.01")
Kind = StagedRow.RowKind


def city_figures_unlike_their_cells() -> Iterator[Discrepancy]:
    """Yield the cities' own totals that are not what their cells say."""
    for submission in published_submissions():
        rows = {row.key: row for row in submission.rows.filter(kind=Kind.CITY)}
        for found in _returns(CityReturn, submission).filter(nil=False):
            for measure in CityReturn.reported():
                for field, cell in ((measure, "this_year"), (f"{measure}_last_year", "last_year")):
                    yield from _unlike(submission, rows.get(measure), cell, getattr(found, field))


def enterprise_figures_unlike_their_cells() -> Iterator[Discrepancy]:
    """Yield the enterprises' figures that are not what their cells say."""
    for submission in published_submissions():
        rows = {row.key: row for row in submission.rows.filter(kind=Kind.ENTERPRISES)}
        # One that was explained on the page as without business has no line and no figures.
        for found in _returns(EnterpriseReturn, submission).select_related("enterprise"):
            yield from _each_unlike(submission, rows.get(found.enterprise.credit_code), found)


def park_figures_unlike_their_cells() -> Iterator[Discrepancy]:
    """Yield the parks' figures that are not what their cells say."""
    for submission in published_submissions():
        rows = {fold(row.key): row for row in submission.rows.filter(kind=Kind.PARKS)}
        for found in _returns(ParkReturn, submission).select_related("park"):
            yield from _each_unlike(submission, rows.get(fold(found.park.name)), found)


def task_reports_unlike_their_cells() -> Iterator[Discrepancy]:
    """Yield the reports on tasks that are not what their rows say, and rows without a report."""
    for submission in published_submissions():
        rows = {
            f"{row.sheet}!{row.cells.get('state') or row.row}": said_in(row.values)
            for row in submission.rows.filter(kind=Kind.TASKS)
            if row.says_anything
        }
        reports = {one.place: as_said(one) for one in _returns(TaskReport, submission)}
        for place in sorted(rows.keys() | reports.keys()):
            if rows.get(place) != reports.get(place):
                yield Discrepancy(
                    f"{submission}, {place}",
                    _("The report on a task is not what its row says."),
                )


def lines_unlike_their_sum() -> Iterator[Discrepancy]:
    """Yield the submissions whose published lines are not, in number and sum, those read."""
    for submission in published_submissions():
        read = submission.rows.filter(kind=Kind.ENTERPRISES).values_list("values", flat=True)
        lines = _returns(EnterpriseReturn, submission)
        written = list(lines.values_list("output_value", "revenue", "nil"))
        staged = [(row.get("output_value"), row.get("revenue")) for row in read]
        # Explained on the page, beside the file's lines.
        extra = sum(bool(nil) and output is revenue is None for output, revenue, nil in written)
        sums = [_sums(staged), _sums(row[:2] for row in written)]
        if sums[0] != sums[1] or not len(staged) <= len(written) <= len(staged) + extra:
            yield Discrepancy(
                str(submission),
                _("Its published lines add up to %(published)s, those of its file to %(read)s.")
                % {"published": _written(sums[1]), "read": _written(sums[0])},
            )


def figures_of_no_submission() -> Iterator[Discrepancy]:
    """Yield the figures whose city and time are no accepted submission's."""
    known = {(one.city_id, one.period_id, one.published_at) for one in published_submissions()}
    for model, city in PUBLISHED.items():
        rows = rows_of(model).values_list(city, "period", "published_at").distinct()
        for slot in rows:
            if slot not in known:
                at = f"{slot[2]:%Y-%m-%d %H:%M}"
                yield Discrepancy(
                    f"{model._meta.db_table}: city {slot[0]}, period {slot[1]}, {at}",
                    _("Published figures that belong to no accepted submission."),
                )


def in_force_unlike_the_submission() -> Iterator[Discrepancy]:
    """Yield the submissions in force with a superseded figure, and superseded ones with one."""
    for submission in published_submissions():
        for model in (CityReturn, ParkReturn, TaskReport):
            over = submission.superseded_at is not None
            wrong = _returns(model, submission).filter(superseded_at__isnull=over)
            if wrong.exists():
                yield Discrepancy(
                    f"{submission}, {model._meta.db_table}",
                    _("Figures and submission are not in force together."),
                )


def published_submissions() -> Iterator[Submission]:
    """Return an iterator over the submissions that were ever in force."""
    every = Submission.objects.filter(published_at__isnull=False)
    return every.select_related("city", "period").order_by("pk").iterator(chunk_size=100)


def _returns(model, submission: Submission):
    """Return what a submission put in force, of one table."""
    city = {PUBLISHED[model]: submission.city_id}
    return model.objects.filter(
        period=submission.period_id, published_at=submission.published_at, **city
    )


def _each_unlike(submission: Submission, row: StagedRow | None, found) -> Iterator[Discrepancy]:
    for field in found.figures():
        yield from _unlike(submission, row, field, getattr(found, field))


def _unlike(submission, row: StagedRow | None, field: str, published) -> Iterator[Discrepancy]:
    """Yield the fault of a figure that is not what its cell says."""
    read = _read(row.values.get(field)) if row else None
    if published is None or read is None:
        if published is read is None:
            return
    elif Decimal(published) == read:
        return
    at = f"{row.sheet}!{row.cells.get(field) or row.row}" if row else field
    yield Discrepancy(
        f"{submission}, {at}",
        _("Published is %(published)s, the cell says %(read)s.")
        % {"published": _shown(published), "read": _shown(read)},
    )


def _read(text: str | None) -> Decimal | None:
    """Return a staged number to the cent, as it is published."""
    return None if text is None else Decimal(text).quantize(CENT, ROUND_HALF_UP)


def _sums(lines: Iterable) -> dict[str, Decimal]:
    """Return the sums of pairs of output value and revenue, without what is not reported."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        for name, value in zip(("output_value", "revenue"), line, strict=True):
            if value is not None:
                sums[name] += Decimal(value).quantize(CENT, ROUND_HALF_UP)
    return dict(sums)


def _written(sums: dict[str, Decimal]) -> str:
    return " / ".join(_shown(sums.get(name)) for name in ("output_value", "revenue"))


def _shown(value) -> str:
    """Return a figure in words: an amount to the cent, a count as it is."""
    if value is None:
        return _("not reported")
    number = Decimal(value)
    return f"{number:.0f}" if number == number.to_integral_value() else f"{number:.2f}"
