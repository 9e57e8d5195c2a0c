"""
Publishes the figures of a submission; the only place where returns are written.

Figures in force are superseded and new ones added; no value is ever changed. Old ones end at the
moment when new ones begin, so that every moment has one figure.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from clusters.models import (
    BlockCategory,
    BlockReturn,
    BuildingBlock,
    CityReturn,
    Publication,
)
from clusters.models.provenance import Provenance
from enterprises.models import Enterprise, EnterpriseReturn, Nil
from foundation.yuan import CENT
from parks.models import Park, ParkReturn
from submissions.models import Explanation, StagedRow, Submission
from submissions.refused import Refused
from submissions.review.transitions import move
from submissions.rules.block_status import status_of
from submissions.workbook.layout import CITY_MEASURES, ENTERPRISES, PARKS, TableLayout
from submissions.workbook.layout import CellKind as Holds
from submissions.workbook.reading.headings import fold

Kind = StagedRow.RowKind

BATCH = 1000
# What fits into the field of an amount: twenty digits, two of them after the point.
TOO_MUCH = Decimal(10) ** 18


def put_in_force(submission: Submission, *, at: datetime) -> Publication:
    """
    Put a submission's rows in force from a moment on, and return the publication.

    decided_by must be set: it is recorded with new entries of the register. Only inside the
    transaction of acceptance, under the lock of submissions.locks. Raises Refused with the
    cell of a row that cannot be published.
    """
    write_returns(submission, at=at)
    return Publication.objects.create(
        city=submission.city, period=submission.period, published_at=at
    )


def write_returns(submission: Submission, *, at: datetime) -> None:
    """
    Write a submission's rows as returns in force from a moment on, in place of those before.

    Only for put_in_force, and for the preview, which is rolled back.
    """
    rows: dict[str, list[StagedRow]] = {kind: [] for kind in Kind.values}
    for row in submission.rows.all():
        rows[row.kind].append(row)
    supersede(submission, at=at)
    _let_go(submission, rows[Kind.ENTERPRISES], at)
    enterprises = _enterprises(submission, rows[Kind.ENTERPRISES])
    CityReturn.objects.bulk_create(_city_returns(submission, rows[Kind.CITY], at))
    EnterpriseReturn.objects.bulk_create(
        _enterprise_returns(submission, rows[Kind.ENTERPRISES], enterprises, at), batch_size=BATCH
    )
    EnterpriseReturn.objects.bulk_create(_nil_returns(submission, at), batch_size=BATCH)
    ParkReturn.objects.bulk_create(_park_returns(submission, rows[Kind.PARKS], at))
    BlockReturn.objects.bulk_create(_block_returns(submission, rows[Kind.BLOCKS], at))


def supersede(submission: Submission, *, at: datetime) -> None:
    """End all figures in force of the submission's city and period, and their submission."""
    city, period = submission.city, submission.period
    for in_force in (
        CityReturn.objects.filter(city=city),
        EnterpriseReturn.objects.filter(city=city),
        ParkReturn.objects.filter(park__city=city),
        BlockReturn.objects.filter(block__category__cluster__city=city),
    ):
        in_force.in_force().filter(period=period).update(superseded_at=at)
    for old in Submission.objects.in_force().filter(city=city, period=period):
        move(old, "supersede")
        old.superseded_at = at
        old.save(update_fields=["status", "superseded_at"])


def _let_go(submission: Submission, rows: list[StagedRow], at: datetime) -> None:
    """End other cities' declarations "moved away" of enterprises that report here now."""
    said = EnterpriseReturn.objects.in_force().filter(
        period=submission.period, nil=Nil.MOVED, revenue__isnull=True
    )
    elsewhere = said.exclude(city=submission.city).values_list("pk", "enterprise__credit_code")
    # They are few and the lines many: asked together, PostgreSQL may begin at the wrong end.
    keys = {row.key for row in rows}
    here_now = [pk for pk, credit_code in elsewhere if credit_code in keys]
    if here_now:
        EnterpriseReturn.objects.in_force().filter(pk__in=here_now).update(superseded_at=at)


# ---- a staged row's values ---------------------------------------------------------------


def _cannot(row: StagedRow, field: str) -> Refused:
    """Return the exception for a row, with the cell of the field."""
    return Refused(
        _("%(place)s cannot be put in force: “%(value)s”. Send the workbook back.")
        % {
            "place": f"{row.sheet}!{row.cells.get(field) or row.row}",
            "value": row.values.get(field) or "",
        }
    )


def amount(row: StagedRow, field: str) -> Decimal | None:
    """Return an amount of a row in yuan, to the cent; None if not reported. Raises Refused."""
    text = row.values.get(field)
    if text is None:
        return None
    value = Decimal(text)
    if not abs(value) < TOO_MUCH:
        raise _cannot(row, field)
    return value.quantize(CENT, ROUND_HALF_UP)


def number(row: StagedRow, field: str) -> int | None:
    """Return a whole number of a row; None if not reported. Raises Refused."""
    text = row.values.get(field)
    if text is None:
        return None
    value = Decimal(text)
    if value != value.to_integral_value() or not 0 <= value < 2**31:
        raise _cannot(row, field)
    return int(value)


# How a figure is taken, by what it is.
TAKE = {Holds.MONEY: amount, Holds.COUNT: number}


def figures(row: StagedRow, layout: TableLayout) -> dict[str, Decimal | int | None]:
    """Return the amounts and counts of a row by the return's field. Raises Refused."""
    return {column.field: TAKE[column.kind](row, column.field) for column in layout.figures}


def day(row: StagedRow, field: str) -> date | None:
    """Return a day of a row; None if not reported."""
    text = row.values.get(field)
    return date.fromisoformat(text) if text else None


def words(row: StagedRow, field: str) -> str:
    """Return a text of a row; empty if not reported."""
    return row.values.get(field) or ""


# ---- what they become --------------------------------------------------------------------


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


def _enterprises(submission: Submission, rows: list[StagedRow]) -> dict[str, Enterprise]:
    """Return the register's enterprises by credit code, after the unknown ones have joined it."""
    known = Enterprise.objects.in_bulk([row.key for row in rows], field_name="credit_code")
    parks = _parks(submission)
    joining = [
        Enterprise(
            credit_code=row.key,
            name=words(row, "name")[:120],
            city=submission.city,
            park=parks.get(fold(words(row, "park"))),
            status=Enterprise.RegisterStatus.PENDING,
            is_demonstration=submission.uploaded_by.is_demonstration,
        )
        for row in rows
        if row.key not in known
    ]
    joined = bulk_create_with_history(
        joining,
        Enterprise,
        batch_size=BATCH,
        default_user=submission.decided_by,
        default_change_reason=_reason(submission),
    )
    return known | {enterprise.credit_code: enterprise for enterprise in joined}


def _reason(submission: Submission) -> str:
    """Return why the register changed, as its history keeps it: a fact, and so in no language."""
    slot = f"{submission.city.code} {submission.period} v{submission.version}"
    return f"submission {submission.pk}: {slot}"


def _parks(submission: Submission) -> dict[str, Park]:
    """Return the city's parks by their folded names."""
    return {fold(park.name): park for park in Park.objects.filter(city=submission.city)}


def _enterprise_returns(
    submission: Submission,
    rows: list[StagedRow],
    enterprises: dict[str, Enterprise],
    at: datetime,
) -> list[EnterpriseReturn]:
    parks = _parks(submission)
    return [
        EnterpriseReturn(
            enterprise=enterprises[row.key],
            city=submission.city,
            period=submission.period,
            park=parks.get(fold(words(row, "park"))),
            remark=words(row, "remark"),
            nil=words(row, "nil"),
            published_at=at,
            **figures(row, ENTERPRISES),
        )
        for row in rows
    ]


def _nil_returns(submission: Submission, at: datetime) -> list[EnterpriseReturn]:
    """
    Return a return without figures for each missing enterprise explained on the page.

    Not for one that has left the city's register, or reports through another city.
    """
    answers = Explanation.objects.filter(finding__submission=submission).exclude(nil="")
    said = {one.finding.firm: one for one in answers.select_related("finding")}
    if not said:
        return []
    spoken = EnterpriseReturn.objects.in_force().filter(period=submission.period)
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
        for firm in firms.exclude(pk__in=spoken.values("enterprise"))
    ]


def _park_returns(submission: Submission, rows: list[StagedRow], at: datetime) -> list[ParkReturn]:
    """Return the returns of the city's parks; a park outside the plan is skipped."""
    parks = _parks(submission)
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
    submission: Submission, rows: list[StagedRow], at: datetime
) -> list[BlockReturn]:
    """Return the returns of the cluster's blocks; a block outside the plan is skipped."""
    blocks = _Blocks(submission)
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
    """The building blocks of the submission's city, by category and content."""

    def __init__(self, submission: Submission) -> None:
        """Look up the city's blocks and categories."""
        self.submission = submission
        city = submission.city
        self.categories = list(BlockCategory.objects.filter(cluster__city=city))
        self.blocks = list(
            BuildingBlock.objects.filter(category__cluster__city=city).select_related("category")
        )

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
                block._history_user = self.submission.decided_by
                block._change_reason = _reason(self.submission)
                block.save()
                self.blocks.append(block)
                return block
        return None
