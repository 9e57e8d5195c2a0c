"""From a cell to the figures it affects; the reverse of trace.py."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from clusters.models import BuildingBlock, Cluster
from enterprises.models import Enterprise
from indicators.catalogue import CLUSTER_OUTPUT_SHARE, FIRMS_OVER_100M
from parks.models import Park
from submissions.lineage.trace import is_of_block
from submissions.models import StagedRow, Submission
from submissions.review.differences import OVER, decimal
from submissions.workbook.reading.headings import fold

AMOUNTS = ("output_value", "revenue", "total_revenue", "rd_expenditure", "employees")


@dataclass(frozen=True, slots=True)
class AffectedFigure:
    """A figure that a cell affects: its name, how the cell enters it, its page."""

    name: str
    how: str
    address: str


def affected_figures(submission: Submission, row: StagedRow, field: str) -> list[AffectedFigure]:
    """
    Return the figures that a cell affects while its submission is in force.

    [] for names, codes, remarks and cells without a value. At most five queries.
    """
    if row.values.get(field) in (None, ""):
        return []
    found = {
        StagedRow.RowKind.ENTERPRISES: _of_enterprise,
        StagedRow.RowKind.CITY: _of_city,
        StagedRow.RowKind.PARKS: _of_park,
        StagedRow.RowKind.BLOCKS: _of_block,
    }[row.kind](submission, row, field)
    query = f"?period={submission.period}"
    return [AffectedFigure(one.name, one.how, one.address + query) for one in found]


def _of_enterprise(submission: Submission, row: StagedRow, field: str) -> Iterator[AffectedFigure]:
    """Yield the figures that a cell of 企业明细 affects."""
    firm = Enterprise.objects.filter(credit_code=row.key, city=submission.city).first()
    if firm and field in (*AMOUNTS, "revenue_last_year"):
        yield AffectedFigure(
            str(firm), _("It is this enterprise's figure."), firm.get_absolute_url()
        )
    if field in AMOUNTS:
        yield AffectedFigure(
            str(submission.city),
            _("It is a part of the sum of its enterprises."),
            submission.city.get_absolute_url(),
        )
    if field == "revenue":
        yield AffectedFigure(
            FIRMS_OVER_100M.name, _counted(decimal(row, field)), _page(FIRMS_OVER_100M)
        )
    if field == "output_value":
        yield AffectedFigure(
            CLUSTER_OUTPUT_SHARE.name,
            _("Not by itself: the share uses the city's own total, in 城市汇总."),
            _page(CLUSTER_OUTPUT_SHARE),
        )


def _of_city(submission: Submission, row: StagedRow, field: str) -> Iterator[AffectedFigure]:
    """Yield the figures that a cell of 城市汇总 affects."""
    city = submission.city
    if field not in ("this_year", "last_year"):
        return
    yield AffectedFigure(str(city), _("It is the city's own total."), city.get_absolute_url())
    if (row.key, field) == ("output_value", "this_year"):
        year = submission.period.quarter.year
        clusters = Cluster.objects.filter(city=city, plan__first_year__lte=year)
        in_cluster = clusters.filter(plan__last_year__gte=year).exists()
        yield AffectedFigure(
            CLUSTER_OUTPUT_SHARE.name, _in_share(in_cluster), _page(CLUSTER_OUTPUT_SHARE)
        )


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


def _counted(revenue: Decimal | None) -> str:
    """Return a sentence on whether an enterprise counts for the target."""
    if revenue is not None and revenue > OVER:
        return _("Counts: cumulative revenue is over 100,000,000 yuan.")
    return _("Does not count: cumulative revenue is not over 100,000,000 yuan.")


def _in_share(in_cluster: bool) -> str:
    """Return a sentence on how a city's output value enters the share."""
    if in_cluster:
        return _("Enters the clusters' sum and the province's.")
    return _("Enters the province's sum only: the city has no cluster.")


def _page(indicator) -> str:
    return reverse("indicators:indicator", kwargs={"code": indicator.code})
