"""How a cluster's building blocks stand, by category, as of a moment."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F, QuerySet, prefetch_related_objects

from clusters import block_history
from clusters.block_history import PAST_DATE, Mark, PlanChange, Report
from clusters.evidence import references
from clusters.models import BlockCategory, BlockReturn, BuildingBlock, Cluster, Plan
from clusters.plans import plan_among
from clusters.quarters import Quarter
from clusters.viewpoint import Viewpoint

OPERATING = BlockReturn.Status.OPERATING


@dataclass(frozen=True)
class BlockRow:
    """
    A building block, and all that its city said of it up to the viewpoint.

    latest      its newest report up to the quarter; None if it was never reported
    marks       how it stood at the end of each quarter, oldest first
    changes     the planned dates its city named, in the order in which they became known
    held_to     the date it is judged by: the province's, else the first its city named, or None
    confirmed   the newest quarter in which its city gave a status; None if it never did
    stale       unconfirmed for two quarters
    evidence    documents that the newest report names, and those on file
    reports     the reports in force, by quarter
    """

    block: BuildingBlock
    latest: BlockReturn | None
    marks: tuple[Mark, ...]
    changes: tuple[PlanChange, ...]
    held_to: date | None
    confirmed: Quarter | None
    stale: bool
    evidence: tuple[str, ...]
    reports: dict[Quarter, BlockReturn]

    @property
    def operating(self) -> bool:
        """Return whether it is reported in operation."""
        return self.latest is not None and self.latest.status == OPERATING

    @property
    def stand(self) -> str:
        """Return the word for how it stands, of the newest quarter that says; else "missing"."""
        return next((mark.word for mark in reversed(self.marks) if mark.stand), "missing")

    @property
    def moved(self) -> PlanChange | None:
        """Return the last change of the planned date; None if it was never changed."""
        return self.changes[-1] if len(self.changes) > 1 else None

    @property
    def missed(self) -> int:
        """Return at the end of how many quarters it was overdue."""
        return sum(mark.word == PAST_DATE for mark in self.marks)


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

    @property
    def overdue(self) -> int:
        """Return how many are overdue."""
        return sum(row.stand == PAST_DATE for row in self.blocks)

    @property
    def stale(self) -> int:
        """Return how many have been unconfirmed for two quarters."""
        return sum(row.stale for row in self.blocks)


CATEGORY = ("id", "position", "name", "name_en", "planned_count")


def cluster_with_categories(
    slug: str, quarter: Quarter
) -> tuple[Cluster | None, list[BlockCategory]]:
    """
    Return the cluster of this name under a quarter's plan, and its categories.

    None and nothing if no plan has it; if only others than the quarter's have it, that of the
    newest. One query.
    """
    found = with_categories(Cluster.objects.filter(slug=slug))
    plan = plan_among({cluster.plan for cluster, _categories in found}, quarter)
    return next((one for one in found if one[0].plan == plan), (None, []))


def with_categories(
    clusters: QuerySet[Cluster],
) -> list[tuple[Cluster, list[BlockCategory]]]:
    """
    Return clusters, each with its categories, by city.

    One query, with a row for each category, because a page has eight.
    """
    joined = (
        clusters.select_related("plan", "city")
        .annotate(**{f"category_{name}": F(f"categories__{name}") for name in CATEGORY})
        .order_by("city__code", "categories__position")
    )
    found: dict[int, tuple[Cluster, list[BlockCategory]]] = {}
    for row in joined:
        cluster, categories = found.setdefault(row.pk, (row, []))
        part = {name: getattr(row, f"category_{name}") for name in CATEGORY}
        if part["id"] is not None:
            categories.append(BlockCategory(cluster=cluster, **part))
    return list(found.values())


def category_rows(categories: Iterable[BlockCategory], viewpoint: Viewpoint) -> list[CategoryRow]:
    """Return categories with their blocks, and how these stand. Two queries."""
    categories = list(categories)
    prefetch_related_objects(categories, "blocks")
    blocks = [block for category in categories for block in category.blocks.all()]
    row_of = {row.block.pk: row for row in block_rows(blocks, viewpoint)}
    return [
        _category_row(category, [row_of[block.pk] for block in category.blocks.all()])
        for category in categories
    ]


def categories_of_plan(
    plan: Plan, quarter: Quarter, moment: datetime
) -> dict[int, list[CategoryRow]]:
    """
    Return every category of a plan's clusters with its blocks, by the cluster's key.

    As category_rows, for all clusters in two queries.
    """
    found = _categories_with_blocks(plan)
    blocks = [block for _category, blocks in found for block in blocks]
    stands = {row.block.pk: row for row in block_rows(blocks, Viewpoint(quarter, None, moment))}
    rows: dict[int, list[CategoryRow]] = defaultdict(list)
    for category, there in found:
        rows[category.cluster_id].append(_category_row(category, [stands[b.pk] for b in there]))
    return dict(rows)


def _categories_with_blocks(plan: Plan) -> list[tuple[BlockCategory, list[BuildingBlock]]]:
    """Return a plan's categories, by city, with their blocks: one query, a row for each block."""
    own, theirs = (
        [field.attname for field in model._meta.concrete_fields]
        for model in (BlockCategory, BuildingBlock)
    )
    rows = (
        BlockCategory.objects.filter(cluster__plan=plan)
        .order_by("cluster__city__code", "position", "blocks__content")
        .values_list(*own, *(f"blocks__{name}" for name in theirs))
    )
    found: dict[int, tuple[BlockCategory, list[BuildingBlock]]] = {}
    for row in rows:
        category = BlockCategory.from_db(None, own, row[: len(own)])
        category, blocks = found.setdefault(category.pk, (category, []))
        if row[len(own)] is not None:
            block = BuildingBlock.from_db(None, theirs, row[len(own) :])
            block.category = category
            blocks.append(block)
    return list(found.values())


def block_rows(blocks: Iterable[BuildingBlock], viewpoint: Viewpoint) -> list[BlockRow]:
    """
    Return blocks with all that was said of them up to a viewpoint, superseded plans included.

    One query, and none for no block. The strips of blocks that are shown together begin together.
    """
    blocks = list(blocks)
    returns = list(_returns(blocks, viewpoint)) if blocks else []
    of_block: dict[int, list[BlockReturn]] = defaultdict(list)
    for one in returns:
        of_block[one.block_id].append(one)
    first = min((one.period.quarter for one in returns), default=viewpoint.quarter)
    quarters = Quarter.range(first, viewpoint.quarter)
    return [_row(block, of_block[block.pk], quarters, viewpoint) for block in blocks]


def _returns(blocks: list[BuildingBlock], viewpoint: Viewpoint) -> QuerySet[BlockReturn]:
    """Return what was ever published of blocks by a moment, up to a quarter, oldest first."""
    return (
        BlockReturn.objects.filter(
            block__in=[block.pk for block in blocks],
            published_at__lte=viewpoint.moment,
            period__code__lte=str(viewpoint.quarter),
        )
        .select_related("period")
        .order_by("period__code", "published_at")
    )


def _row(
    block: BuildingBlock,
    returns: list[BlockReturn],
    quarters: list[Quarter],
    viewpoint: Viewpoint,
) -> BlockRow:
    reports = [_report(one, viewpoint.moment) for one in returns]
    both = zip(reports, returns, strict=True)
    in_force = {report.quarter: one for report, one in both if report.in_force}
    latest = in_force[max(in_force)] if in_force else None
    confirmed = block_history.last_confirmed(reports, viewpoint.quarter)
    marks = block_history.history(reports, quarters, committed=block.committed_on)
    return BlockRow(
        block=block,
        latest=latest,
        marks=tuple(marks),
        changes=tuple(block_history.plan_changes(reports)),
        held_to=block_history.held_to(reports, committed=block.committed_on),
        confirmed=confirmed,
        stale=block_history.is_stale(confirmed, viewpoint.quarter),
        evidence=references(latest.remark) if latest else (),
        reports=in_force,
    )


def _report(one: BlockReturn, moment: datetime) -> Report:
    return Report(
        quarter=one.period.quarter,
        published_at=one.published_at,
        in_force=one.superseded_at is None or one.superseded_at > moment,
        said=bool(one.status),
        operating=one.status == OPERATING,
        planned_on=one.planned_on,
        actual_on=one.actual_on,
    )


def _category_row(category: BlockCategory, blocks: list[BlockRow]) -> CategoryRow:
    operating = sum(row.operating for row in blocks)
    planned = category.planned_count
    return CategoryRow(
        category=category,
        planned=planned,
        operating=operating,
        share=Decimal(operating) / planned if planned else None,
        blocks=tuple(blocks),
    )
