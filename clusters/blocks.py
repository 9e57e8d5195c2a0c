"""How a cluster's building blocks stand, by category, as of a moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import F, prefetch_related_objects

from clusters.models import BlockCategory, BlockReturn, BuildingBlock, Cluster, Plan
from clusters.plans import plan_among
from clusters.quarters import Quarter
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


CATEGORY = ("id", "position", "name", "name_en", "planned_count")
BLOCK = ("id", "content", "name", "provenance", "source")


def cluster_with_categories(
    slug: str, quarter: Quarter
) -> tuple[Cluster | None, list[BlockCategory]]:
    """
    Return the cluster of this name under a quarter's plan, and its categories.

    None and nothing if no plan has it; if only others than the quarter's have it, that of the
    newest. One query, with a row for each category, because a page has eight.
    """
    found = (
        Cluster.objects.filter(slug=slug)
        .select_related("plan", "city")
        .annotate(**{f"category_{name}": F(f"categories__{name}") for name in CATEGORY})
        .order_by("categories__position")
    )
    rows = list(found)
    plan = plan_among({row.plan for row in rows}, quarter)
    rows = [row for row in rows if row.plan == plan]
    if not rows:
        return None, []
    parts = [{name: getattr(row, f"category_{name}") for name in CATEGORY} for row in rows]
    return rows[0], [
        BlockCategory(cluster=rows[0], **part) for part in parts if part["id"] is not None
    ]


def category_rows(
    cluster: Cluster, categories: Iterable[BlockCategory], viewpoint: Viewpoint
) -> list[CategoryRow]:
    """Return a cluster's categories with their blocks, and how these stand. Two queries."""
    reports = BlockReturn.objects.as_of(viewpoint.moment).filter(
        block__category__cluster=cluster, period__code__lte=str(viewpoint.quarter)
    )
    # The newest comes last, and stays.
    latest = {
        one.block_id: one for one in reports.select_related("period").order_by("period__code")
    }
    prefetch_related_objects(categories := list(categories), "blocks")
    return [
        _row(category, [BlockRow(one, latest.get(one.pk)) for one in category.blocks.all()])
        for category in categories
    ]


def categories_of_plan(
    plan: Plan, quarter: Quarter, moment: datetime
) -> dict[int, list[CategoryRow]]:
    """
    Return every category of a plan's clusters with its blocks, by the cluster's key.

    As category_rows, for all clusters in two queries.
    """
    reports = BlockReturn.objects.as_of(moment).filter(
        block__category__cluster__plan=plan, period__code__lte=str(quarter)
    )
    latest = {
        one.block_id: one for one in reports.select_related("period").order_by("period__code")
    }
    fields = {f"block_{name}": F(f"blocks__{name}") for name in BLOCK}
    of_plan = BlockCategory.objects.filter(cluster__plan=plan).annotate(**fields)
    blocks: dict[int, list[BlockRow]] = {}
    found: dict[int, BlockCategory] = {}
    for one in of_plan.order_by("cluster__city__code", "position", "blocks__content"):
        category = found.setdefault(one.pk, one)
        there = blocks.setdefault(category.pk, [])
        given = {name: getattr(one, f"block_{name}") for name in BLOCK}
        if given["id"] is not None:
            block = BuildingBlock(category=category, **given)
            there.append(BlockRow(block, latest.get(block.pk)))
    rows: dict[int, list[CategoryRow]] = {}
    for category in found.values():
        rows.setdefault(category.cluster_id, []).append(_row(category, blocks[category.pk]))
    return rows


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
