"""How a cluster's building blocks stand, by category, on the day that is looked from."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from clusters import block_history
from clusters.block_history import PAST_DATE, BlockMark, PlanChange, Report
from clusters.evidence import references
from clusters.models import (
    BlockCategory,
    BlockReturn,
    BuildingBlock,
    Cluster,
    Plan,
    ReportingPeriod,
)
from clusters.plans import plan_among
from clusters.schedule import Stand
from clusters.viewpoint import Viewpoint
from foundation.quarters import Quarter

OPERATING = BlockReturn.BlockStatus.OPERATING


@dataclass(frozen=True)
class BlockRow:
    """
    A building block, and all that its city said of it up to the viewpoint.

    The light and the date it is judged by rest on all that was known on the day that is looked
    from, later quarters included; the rest is of the viewpoint's quarter and those before.

    latest      its newest report up to the quarter; None if it was never reported
    light       how it stands on the day that is looked from; None if its city never said
    marks       how it stood at the end of each quarter, oldest first
    changes     the planned dates its city named, in the order in which they became known
    held_to     the date it is judged by: the province's, else the first its city named, or None
    confirmed   the newest quarter in which its city gave a status; None if it never did
    stale       unconfirmed for two quarters
    evidence    documents that its city names: of one in operation, in any report that says so;
                else in the newest
    reports     the reports in force, by quarter
    """

    block: BuildingBlock
    latest: BlockReturn | None
    light: Stand | None
    marks: tuple[BlockMark, ...]
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
    def evidenced(self) -> bool:
        """Return whether it is in operation with a document, named by its city or on file."""
        return self.operating and bool(self.evidence or self.block.evidence.strip())

    @property
    def period(self) -> ReportingPeriod | None:
        """Return the period of the newest report; None if it was never reported."""
        return self.latest.period if self.latest else None

    @property
    def stand(self) -> str:
        """Return the word for how it stands on the day that is looked from; else "missing"."""
        return block_history.word(self.light)

    @property
    def days_overdue(self) -> int | None:
        """Return by how many days it is overdue; None if it is not."""
        return self.light.days_late if self.light and self.stand == PAST_DATE else None

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
    def evidenced(self) -> int:
        """Return how many of those in operation have a document that shows it."""
        return sum(row.evidenced for row in self.blocks)

    @property
    def overdue(self) -> int:
        """Return how many are overdue on the day that is looked from."""
        return sum(row.stand == PAST_DATE for row in self.blocks)

    @property
    def stale(self) -> int:
        """Return how many have been unconfirmed for two quarters."""
        return sum(row.stale for row in self.blocks)

    @property
    def words(self) -> str:
        """Return how many are in operation, and how many of those with evidence."""
        return operating_words(self.operating, self.evidenced, self.planned)


def operating_words(operating: int, evidenced: int | None, planned: int | None) -> str:
    """
    Return how many blocks of a part are in operation, and how many of those with evidence.

    evidenced is None in a paper of before it was counted. planned is None for an open number
    (N), of which there is a count and no share.
    """
    of_them = operating and evidenced is not None
    if planned is None and of_them:
        text = _(
            "%(operating)s in operation, %(evidenced)s of them with evidence; "
            "the plan leaves the number open"
        )
    elif planned is None:
        text = _("%(operating)s in operation; the plan leaves the number open")
    elif of_them:
        text = _("%(operating)s of %(planned)s in operation, %(evidenced)s of them with evidence")
    else:
        text = _("%(operating)s of %(planned)s in operation")
    return text % {"operating": operating, "evidenced": evidenced, "planned": planned}


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


def categories_of_plan(plan: Plan, viewpoint: Viewpoint) -> dict[int, list[CategoryRow]]:
    """
    Return every category of a plan's clusters with its blocks, by the cluster's key.

    As category_rows, for all clusters in two queries.
    """
    found = _categories_with_blocks(plan)
    blocks = [block for _category, blocks in found for block in blocks]
    stands = {row.block.pk: row for row in block_rows(blocks, viewpoint)}
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
    quarters = Quarter.range(min(first, viewpoint.quarter), viewpoint.quarter)
    return [_row(block, of_block[block.pk], quarters, viewpoint) for block in blocks]


def _returns(blocks: list[BuildingBlock], viewpoint: Viewpoint) -> QuerySet[BlockReturn]:
    """Return what was ever published of blocks by a moment, oldest quarter first."""
    return (
        BlockReturn.objects.published_by(viewpoint)
        .with_recorded_at()
        .filter(block__in=[block.pk for block in blocks])
        .select_related("period")
        .order_by("period__code", "published_at")
    )


def _row(
    block: BuildingBlock,
    returns: list[BlockReturn],
    quarters: list[Quarter],
    viewpoint: Viewpoint,
) -> BlockRow:
    known = [_report(one, viewpoint.moment) for one in returns]
    upto = [one for one in known if one.quarter <= viewpoint.quarter]
    both = zip(known, returns, strict=True)
    in_force = {r.quarter: one for r, one in both if r.in_force and r.quarter <= viewpoint.quarter}
    latest = in_force[max(in_force)] if in_force else None
    confirmed = block_history.last_confirmed(upto, viewpoint.quarter)
    committed = block.committed_on
    return BlockRow(
        block=block,
        latest=latest,
        light=block_history.light(known, viewpoint.day, committed=committed),
        marks=tuple(block_history.history(known, quarters, committed=committed)),
        changes=tuple(block_history.plan_changes(upto)),
        held_to=block_history.held_to(known, committed=committed),
        confirmed=confirmed,
        stale=block_history.is_stale(confirmed, viewpoint.quarter),
        evidence=_evidence(latest, in_force.values()),
        reports=in_force,
    )


def _evidence(latest: BlockReturn | None, in_force: Iterable[BlockReturn]) -> tuple[str, ...]:
    """Return the documents that a city names: a later report need not name them again."""
    if latest is None:
        return ()
    showing = [latest] if latest.status != OPERATING else in_force
    texts = (one.remark for one in showing if one.status == latest.status)
    return references("\n".join(texts))


def _report(one: BlockReturn, moment: datetime) -> Report:
    return Report(
        quarter=one.period.quarter,
        published_at=one.published_at,
        in_force=one.ended_at is None or one.ended_at > moment,
        said=bool(one.status),
        operating=one.status == OPERATING,
        planned_on=one.planned_on,
        actual_on=one.actual_on,
        recorded_at=one.recorded_at,
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
