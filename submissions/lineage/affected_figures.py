"""From a cell to the figures it affects; the reverse of trace.py."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from clusters.models import BuildingBlock
from enterprises.models import Enterprise
from indicators.catalogue import CountedFrom, Indicator, IndicatorKind, Numerator
from indicators.data.snapshot import Snapshot
from indicators.formulas.firms_over import is_over
from indicators.results.share_result import numerator_cities
from measures.models import Task
from parks.models import Park
from submissions.lineage.trace import is_of_block
from submissions.models import StagedRow, Submission
from submissions.workbook.layout import ENTERPRISES, TASKS
from submissions.workbook.reading.headings import fold

FIRM_FIGURES = [column.field for column in ENTERPRISES.figures]
SUMMED = [column.field for column in ENTERPRISES.reported]


@dataclass(frozen=True, slots=True)
class AffectedFigure:
    """A figure that a cell affects: its name, how the cell enters it, its page."""

    name: str
    how: str
    address: str


def affected_figures(
    snapshot: Snapshot, submission: Submission, row: StagedRow, field: str
) -> list[AffectedFigure]:
    """
    Return the figures that a cell affects while its submission is in force.

    Which targets there are, what they count and from which line on is what the snapshot has for
    the quarter. [] for names, codes, remarks and cells without a value. At most three queries.
    """
    if row.values.get(field) in (None, ""):
        return []
    found = {
        StagedRow.RowKind.ENTERPRISES: _of_enterprise,
        StagedRow.RowKind.CITY: _of_city,
        StagedRow.RowKind.PARKS: _of_park,
        StagedRow.RowKind.BLOCKS: _of_block,
        StagedRow.RowKind.TASKS: _of_task,
    }[row.kind](submission, row, field)
    found = [*found, *_of_targets(snapshot, submission, row, field)]
    query = f"?period={submission.period}"
    return [AffectedFigure(one.name, one.how, one.address + query) for one in found]


def _of_enterprise(submission: Submission, row: StagedRow, field: str) -> Iterator[AffectedFigure]:
    """Yield the figures that a cell of 企业明细 affects."""
    firm = Enterprise.objects.filter(credit_code=row.key, city=submission.city).first()
    if firm and field in FIRM_FIGURES:
        yield AffectedFigure(
            str(firm), _("It is this enterprise's figure."), firm.get_absolute_url()
        )
    if field in SUMMED:
        yield AffectedFigure(
            str(submission.city),
            _("It is a part of the sum of its enterprises."),
            submission.city.get_absolute_url(),
        )


def _of_city(submission: Submission, row: StagedRow, field: str) -> Iterator[AffectedFigure]:
    """Yield the figures that a cell of 城市汇总 affects."""
    city = submission.city
    if field in ("this_year", "last_year"):
        yield AffectedFigure(str(city), _("It is the city's own total."), city.get_absolute_url())


def _of_park(submission: Submission, row: StagedRow, field: str) -> Iterator[AffectedFigure]:
    """Yield the figures that a cell of 园区进展 affects."""
    parks = {fold(park.name): park for park in Park.objects.filter(city=submission.city)}
    park = parks.get(fold(row.key))
    if park and field not in ("park", "remark"):
        yield AffectedFigure(str(park), _("It is this park's figure."), park.get_absolute_url())


def _of_block(submission: Submission, row: StagedRow, field: str) -> Iterator[AffectedFigure]:
    """Yield the figures that a cell of 集群建设 affects."""
    if field not in ("status", "planned_on", "actual_on", "name", "remark"):
        return
    blocks = BuildingBlock.objects.filter(category__cluster__city=submission.city)
    for block in blocks.select_related("category__cluster"):
        if is_of_block(row, block):
            yield AffectedFigure(
                str(block), _("It is this building block's."), block.get_absolute_url()
            )
            cluster = block.category.cluster
            yield AffectedFigure(
                str(cluster), _("It says how far a part is."), cluster.get_absolute_url()
            )
            return


def _of_task(submission: Submission, row: StagedRow, field: str) -> Iterator[AffectedFigure]:
    """Yield the task on whose light a cell of 任务进展 has a part."""
    if field not in TASKS.texts:
        return
    task = Task.objects.filter(number=row.values.get("number"), cities=submission.city).first()
    if task:
        yield AffectedFigure(
            str(task), _("It is the city's report on this task."), task.get_absolute_url()
        )


def _of_targets(
    snapshot: Snapshot, submission: Submission, row: StagedRow, field: str
) -> Iterator[AffectedFigure]:
    """Yield the targets of the submission's quarter that count a cell, and those that might."""
    quarter = submission.period.quarter
    for indicator in snapshot.indicators(quarter):
        how = ""
        if row.kind == StagedRow.RowKind.ENTERPRISES and field in indicator.measures:
            how = _of_line(indicator, row, field)
        elif row.kind == StagedRow.RowKind.CITY and field == "this_year":
            in_part = submission.city.code in numerator_cities(snapshot, indicator, quarter)
            how = _of_total(indicator, row.key, in_part)
        if how:
            address = reverse("indicators:indicator", kwargs={"code": indicator.code})
            yield AffectedFigure(str(indicator.name), how, address)


def _of_line(indicator: Indicator, row: StagedRow, field: str) -> str:
    """Return in words whether an enterprise's figure counts for a target of its measure."""
    if indicator.counted_from is CountedFrom.CITY_TOTALS:
        return _("Not by itself: the target uses the city's own total, in 城市汇总.")
    words = _("Does not count: cumulative revenue is not %(line)s yuan.")
    if is_over(row.decimal(field), indicator.line):
        words = _("Counts: cumulative revenue is %(line)s yuan.")
    return words % {"line": indicator.line_words}


def _of_total(indicator: Indicator, measure: str, in_part: bool) -> str:
    """Return in words how a city's own total enters a target; empty if it does not."""
    if indicator.counted_from is not CountedFrom.CITY_TOTALS or measure not in indicator.measures:
        return ""
    if indicator.kind is not IndicatorKind.SHARE:
        return _("Enters the province's sum.")
    if indicator.numerator is Numerator.PARK_CITIES:
        if in_part:
            return _("Enters the sum of the cities with a park and the province's.")
        return _("Enters the province's sum only: the city has no park of the plan.")
    if in_part:
        return _("Enters the clusters' sum and the province's.")
    return _("Enters the province's sum only: the city has no cluster.")
