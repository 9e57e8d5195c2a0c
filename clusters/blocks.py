"""How a cluster's building blocks stand, by category, as of a moment."""

from dataclasses import dataclass
from decimal import Decimal

from clusters.models import BlockCategory, BlockReturn, BuildingBlock, Cluster
from clusters.viewpoint import Viewpoint


@dataclass(frozen=True)
class BlockRow:
    """A building block and its newest report up to the quarter; None if it was never reported."""

    block: BuildingBlock
    latest: BlockReturn | None


@dataclass(frozen=True)
class CategoryRow:
    """
    One part of a cluster's slogan and what has become of it.

    planned    how many the plan wants; None for N, of which no share can be made
    operating  how many are reported in operation
    share      operating / planned, a fraction; None for N
    """

    category: BlockCategory
    planned: int | None
    operating: int
    share: Decimal | None
    blocks: tuple[BlockRow, ...]


def category_rows(cluster: Cluster, viewpoint: Viewpoint) -> list[CategoryRow]:
    """Return a cluster's categories with their blocks, as the slogan has them. Three queries."""
    reports = BlockReturn.objects.as_of(viewpoint.moment).filter(
        block__category__cluster=cluster, period__code__lte=str(viewpoint.quarter)
    )
    # The newest comes last, and stays.
    latest = {
        one.block_id: one for one in reports.select_related("period").order_by("period__code")
    }
    categories = cluster.categories.order_by("position").prefetch_related("blocks")
    return [
        _row(category, [BlockRow(one, latest.get(one.pk)) for one in category.blocks.all()])
        for category in categories
    ]


def _row(category: BlockCategory, blocks: list[BlockRow]) -> CategoryRow:
    operating = sum(
        row.latest is not None and row.latest.status == BlockReturn.Status.OPERATING
        for row in blocks
    )
    planned = category.planned_count
    return CategoryRow(
        category=category,
        planned=planned,
        operating=operating,
        share=Decimal(operating) / planned if planned else None,
        blocks=tuple(blocks),
    )
