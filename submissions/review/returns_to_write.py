"""
What a submission becomes when it is accepted, unsaved. Reads only.

Publishing saves it, and the preview calculates with it, so that the two cannot differ.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from clusters.models import BlockCategory, BlockReturn, BuildingBlock, CityReturn
from clusters.models.provenance import Provenance
from enterprises.models import Enterprise, EnterpriseReturn, Nil
from measures.models import TaskReport
from parks.models import Park, ParkReturn
from submissions.models import Explanation, StagedRow, Submission
from submissions.refused import Refused
from submissions.review.reports_on_tasks import task_reports
from submissions.review.staged_values import TAKE, day, figures, words
from submissions.rules.block_status import status_of
from submissions.workbook.layout import CITY_MEASURES, ENTERPRISES, PARKS
from submissions.workbook.reading.headings import fold

Kind = StagedRow.RowKind


@dataclass(frozen=True)
class ReturnsToWrite:
    """
    What acceptance adds and ends, beside superseding all that the city has in force.

    city_returns  one, or none if the workbook has no totals
    ending        keys of other cities' returns "moved away" of enterprises that report here
    joining       enterprises unknown to the register; the returns refer to them
    new_blocks    blocks that join a category of open number, likewise
    """

    city_returns: list[CityReturn]
    enterprise_returns: list[EnterpriseReturn]
    park_returns: list[ParkReturn]
    block_returns: list[BlockReturn]
    task_reports: list[TaskReport]
    ending: frozenset[int]
    joining: list[Enterprise]
    new_blocks: list[BuildingBlock]


def returns_to_write(submission: Submission, *, at: datetime) -> ReturnsToWrite:
    """
    Return what a submission's rows become if they come into force at a moment.

    Raises Refused with the cell of a row that cannot be published, or if two rows say of one
    thing how it stands.
    """
    rows: dict[str, list[StagedRow]] = {kind: [] for kind in Kind.values}
    # Cells are asked for by a refusal alone.
    for row in submission.rows.defer("cells"):
        rows[row.kind].append(row)
    parks, blocks = _parks(submission), _Blocks(submission)
    ending = _ending(submission, rows[Kind.ENTERPRISES])
    known = _known(submission)
    joining = _joining(submission, rows[Kind.ENTERPRISES], known, parks)
    enterprises = known | {one.credit_code: one for one in joining}
    reporting = _enterprise_returns(submission, rows[Kind.ENTERPRISES], enterprises, parks, at)
    written = ReturnsToWrite(
        city_returns=_city_returns(submission, rows[Kind.CITY], at),
        enterprise_returns=reporting + _nil_returns(submission, known, ending, at),
        park_returns=_park_returns(submission, rows[Kind.PARKS], parks, at),
        block_returns=_block_returns(submission, rows[Kind.BLOCKS], blocks, at),
        task_reports=task_reports(submission, rows[Kind.TASKS], at=at),
        ending=ending,
        joining=joining,
        new_blocks=blocks.new,
    )
    _refuse_twice(one.enterprise.credit_code for one in written.enterprise_returns)
    _refuse_twice(one.park_id for one in written.park_returns)
    _refuse_twice(one.node_id for one in written.task_reports)
    _refuse_twice(id(one.block) for one in written.block_returns)
    _refuse_twice((one.category_id, one.content) for one in blocks.blocks)
    return written


def conflict() -> Refused:
    """Return the exception for what the database would not take."""
    return Refused(
        _("Something was changed at the same moment. Look at the submission and try again.")
    )


def _refuse_twice(things: Iterable[object]) -> None:
    """Raise Refused if two returns are of one thing: one of them at most can be in force."""
    every = list(things)
    if len(set(every)) < len(every):
        raise conflict()


def _ending(submission: Submission, rows: list[StagedRow]) -> frozenset[int]:
    """Return other cities' declarations "moved away" of enterprises that report here, by key."""
    said = EnterpriseReturn.objects.in_force().filter(
        period=submission.period, nil=Nil.MOVED, revenue__isnull=True
    )
    elsewhere = said.exclude(city=submission.city).values_list("pk", "enterprise__credit_code")
    # They are few and the lines many: asked together, PostgreSQL may begin at the wrong end.
    keys = {row.key for row in rows}
    return frozenset(pk for pk, credit_code in elsewhere if credit_code in keys)


def _known(submission: Submission) -> dict[str, Enterprise]:
    """
    Return those of the submission's enterprises that the register knows, by credit code.

    With their city and park only: they may be 20,000.
    """
    keys = submission.rows.filter(kind=Kind.ENTERPRISES).order_by().values("key")
    known = Enterprise.objects.filter(credit_code__in=keys).only("credit_code", "city", "park")
    return {one.credit_code: one for one in known}


def _joining(
    submission: Submission,
    rows: list[StagedRow],
    known: Collection[str],
    parks: dict[str, Park],
) -> list[Enterprise]:
    """Return new entries for the enterprises that the register does not know."""
    keys = {name: park.pk for name, park in parks.items()}
    return [
        Enterprise(
            credit_code=row.key,
            name=words(row, "name")[:120],
            city_id=submission.city_id,
            park_id=keys.get(fold(words(row, "park"))),
            status=Enterprise.RegisterStatus.PENDING,
            is_demonstration=submission.uploaded_by.is_demonstration,
        )
        for row in rows
        if row.key not in known
    ]


def _parks(submission: Submission) -> dict[str, Park]:
    """Return the city's parks by their folded names."""
    return {fold(park.name): park for park in Park.objects.filter(city=submission.city)}


def _city_returns(submission: Submission, rows: list[StagedRow], at: datetime) -> list[CityReturn]:
    """Return the city's own totals as one return; none if the workbook has no such sheet."""
    if not rows and not submission.nil:
        return []
    city_return = CityReturn(city=submission.city, period=submission.period, published_at=at)
    if submission.nil:
        # Zero by declaration: the only zero that stands in no cell.
        city_return.nil = True
        city_return.output_value = city_return.revenue = Decimal(0)
        return [city_return]
    for row in rows:
        if row.key in CITY_MEASURES:
            take = TAKE[CITY_MEASURES[row.key].kind]
            setattr(city_return, row.key, take(row, "this_year"))
            setattr(city_return, f"{row.key}_last_year", take(row, "last_year"))
    return [city_return]


def _enterprise_returns(
    submission: Submission,
    rows: list[StagedRow],
    enterprises: dict[str, Enterprise],
    parks: dict[str, Park],
    at: datetime,
) -> list[EnterpriseReturn]:
    keys = {name: park.pk for name, park in parks.items()}
    return [
        EnterpriseReturn(
            enterprise=enterprises[row.key],
            # Of 20,000 lines: to set an object takes three times as long as its key.
            city_id=submission.city_id,
            period_id=submission.period_id,
            park_id=keys.get(fold(words(row, "park"))),
            remark=words(row, "remark"),
            nil=words(row, "nil"),
            published_at=at,
            **figures(row, ENTERPRISES),
        )
        for row in rows
    ]


def _nil_returns(
    submission: Submission, reporting: Collection[str], ending: Collection[int], at: datetime
) -> list[EnterpriseReturn]:
    """
    Return a return without figures for each missing enterprise explained on the page.

    Not for one that has left the city's register, or reports after all: here (reporting, by
    credit code), or through another city, except by a return that is ending.
    """
    answers = Explanation.objects.in_force().filter(finding__submission=submission).exclude(nil="")
    said = {one.finding.firm: one for one in answers.select_related("finding")}
    if not said:
        return []
    spoken = EnterpriseReturn.objects.in_force().filter(period=submission.period)
    elsewhere = spoken.exclude(city=submission.city).exclude(pk__in=ending)
    firms = Enterprise.objects.filter(city=submission.city, credit_code__in=said)
    return [
        EnterpriseReturn(
            enterprise=firm,
            city=submission.city,
            period=submission.period,
            park_id=firm.park_id,
            nil=said[firm.credit_code].nil,
            remark=said[firm.credit_code].text,
            published_at=at,
        )
        for firm in firms.exclude(pk__in=elsewhere.values("enterprise"))
        if firm.credit_code not in reporting
    ]


def _park_returns(
    submission: Submission, rows: list[StagedRow], parks: dict[str, Park], at: datetime
) -> list[ParkReturn]:
    """Return the returns of the city's parks; a park outside the plan is skipped."""
    return [
        ParkReturn(
            park=parks[fold(row.key)],
            period=submission.period,
            remark=words(row, "remark"),
            published_at=at,
            **figures(row, PARKS),
        )
        for row in rows
        if fold(row.key) in parks
    ]


def _block_returns(
    submission: Submission, rows: list[StagedRow], blocks: "_Blocks", at: datetime
) -> list[BlockReturn]:
    """Return the returns of the cluster's blocks; a block outside the plan is skipped."""
    return [
        BlockReturn(
            block=block,
            period=submission.period,
            name=words(row, "name")[:100],
            status=status_of(words(row, "status")) or "",
            planned_on=day(row, "planned_on"),
            actual_on=day(row, "actual_on"),
            remark=_progress(row),
            published_at=at,
        )
        for row in rows
        if (block := blocks.of(row))
    ]


def _progress(row: StagedRow) -> str:
    """Return the remark on a block; an unknown word in 状态 is added to it."""
    said = words(row, "status")
    unknown = said if said and not status_of(said) else ""
    return "\n".join(part for part in (unknown, words(row, "remark")) if part)


class _Blocks:
    """The building blocks of the submission's city, and those that its rows add."""

    def __init__(self, submission: Submission) -> None:
        """Look up the city's blocks and categories."""
        city = submission.city
        self.categories = list(BlockCategory.objects.filter(cluster__city=city))
        self.blocks = list(
            BuildingBlock.objects.filter(category__cluster__city=city).select_related("category")
        )
        self.new: list[BuildingBlock] = []

    def of(self, row: StagedRow) -> BuildingBlock | None:
        """Return a row's block: known, or new in a category of open number; None for others."""
        category = fold(words(row, "category"))
        for block in self.blocks:
            if fold(block.content) == fold(row.key) and category in (
                "",
                fold(block.category.name),
            ):
                return block
        return self._new(row, category)

    def _new(self, row: StagedRow, category: str) -> BuildingBlock | None:
        for open_ended in self.categories:
            if fold(open_ended.name) == category and open_ended.planned_count is None and row.key:
                block = BuildingBlock(
                    category=open_ended,
                    content=row.key[:60],
                    name=words(row, "name")[:100],
                    provenance=Provenance.UNVERIFIED,
                )
                self.blocks.append(block)
                self.new.append(block)
                return block
        return None
