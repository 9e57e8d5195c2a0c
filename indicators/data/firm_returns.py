"""What was reported of single enterprises, from their returns. As of a snapshot's moment."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    F,
    FilteredRelation,
    Min,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)

from clusters.models import City
from enterprises.models import Enterprise, EnterpriseReturn, said_of_revenue
from enterprises.models.enterprise import in_force_at
from foundation.quarters import Quarter
from foundation.yuan import cents
from indicators.data.snapshot import Snapshot
from indicators.data.unpublished import Unpublished


@dataclass(frozen=True, slots=True)
class FirmRevenue:
    """
    An enterprise's revenue in yuan: cumulative, at the same time last year, of last year.

    The last two are None at a year's end, when nothing is projected. city is the one that
    reported it; registered and park are what the register says today.
    """

    enterprise_id: int
    city: str
    revenue: Decimal
    by_then: Decimal | None
    whole_year: Decimal | None
    registered: str
    park: int | None


@dataclass(frozen=True, slots=True)
class ReportedFirm:
    """An enterprise that has reported a quarter: its city's code and amounts in yuan."""

    enterprise_id: int
    credit_code: str
    name: str
    city: str
    output_value: Decimal | None
    revenue: Decimal


def in_force(snapshot: Snapshot) -> QuerySet[EnterpriseReturn]:
    """Return the returns in force that are written: unpublished ones must be added to them."""
    returns = EnterpriseReturn.objects.seen_from(snapshot)
    return snapshot.unpublished.remaining(returns) if snapshot.unpublished else returns


class FirmReturn(NamedTuple):
    """
    An enterprise's return, as readers of many take it; pk is None of an unpublished one.

    Of returns in force the moments are left out: SQLite keeps them as texts, which takes long.
    """

    pk: int | None
    enterprise_id: int
    period_id: int
    city_id: int
    revenue: Decimal | None
    revenue_last_year: Decimal | None
    nil: str
    published_at: datetime | None = None
    superseded_at: datetime | None = None


# So many keys a query: SQLite takes 32,766 values.
MOST_KEYS = 5_000


def returns_of_large(
    snapshot: Snapshot,
    quarters: Collection[Quarter],
    least: Mapping[Quarter, Decimal],
    *,
    versions: bool = False,
) -> list[FirmReturn]:
    """
    Return the returns of these quarters of each enterprise that was large, in order of their keys.

    least     by quarter: from which revenue in yuan on an enterprise is large, in one of them
    versions  replaced returns too

    One query; with unpublished returns two, and one for every 5,000 of their large enterprises.
    """
    new = snapshot.unpublished
    returns = in_force(snapshot)
    if versions:
        returns = EnterpriseReturn.objects.published_by(snapshot)
    names: Sequence[str] = FirmReturn._fields[:-2]
    if versions:
        names = (*names, "published_at", "ended_at")
    large = Q(pk__in=[])
    for quarter, revenue in least.items():
        if pk := snapshot.period_ids.get(quarter):
            large |= Q(period=pk, revenue__gte=revenue)
    near = returns.filter(large).order_by().values("enterprise")
    periods = [pk for quarter in quarters if (pk := snapshot.period_ids.get(quarter))]
    wanted = returns.filter(period__in=periods).order_by("pk")
    rows = _rows(wanted.filter(enterprise__in=near), names)
    if new is None:
        return rows
    known = set(near.values_list("enterprise", flat=True))
    others = sorted(new.large(least) - known)
    known.update(others)
    for at in range(0, len(others), MOST_KEYS):
        rows += _rows(wanted.filter(enterprise__in=others[at : at + MOST_KEYS]), names)
    found = [_ended(row, new) for row in sorted(rows)]
    if new.quarter in quarters:
        unwritten = (FirmReturn(*row) for row in new.rows(names))
        found += [row for row in unwritten if row.enterprise_id in known]
    return found


def _rows(returns: QuerySet[EnterpriseReturn], names: Iterable[str]) -> list[FirmReturn]:
    return [FirmReturn(*row) for row in returns.values_list(*names)]


def _ended(row: FirmReturn, new: Unpublished) -> FirmReturn:
    """Return a row with the moment at which it would end, if it would."""
    ends = row.superseded_at is None and new.ends(row.pk, row.city_id, row.period_id)
    return row._replace(superseded_at=new.at) if ends else row


def firm_revenues(snapshot: Snapshot, quarter: Quarter, *, from_: Decimal) -> list[FirmRevenue]:
    """
    Return the enterprises with at least this revenue in a quarter, with last year's beside it.

    Two queries; one at a year's end. Without the floor all 100,000 enterprises would be carried
    here, though only the largest tenth can come near the threshold.
    """
    city_of = {city.pk: city.code for city in snapshot.cities}
    # No period has the key 0.
    then, whole, earlier = 0, 0, {}
    if not quarter.is_year_end:
        years = (quarter.year_earlier(), quarter.year_earlier().year_end)
        then, whole = (snapshot.period_ids.get(one, 0) for one in years)
        earlier = {
            (row.enterprise_id, row.period_id): row.revenue
            for row in returns_of_large(snapshot, years, {quarter: from_})
        }
    new = snapshot.unpublished
    largest = in_force(snapshot).filter(period=snapshot.period_ids.get(quarter), revenue__gte=from_)
    rows = list(largest.order_by("pk").values_list(*LARGEST))
    if new and new.quarter == quarter:
        rows += [row for row in new.rows(LARGEST) if row[2] is not None and row[2] >= from_]
    return [
        FirmRevenue(
            firm,
            city_of[city],
            revenue,
            earlier.get((firm, then)),
            earlier.get((firm, whole)),
            city_of[registered],
            park,
        )
        for firm, city, revenue, registered, park in rows
    ]


LARGEST = ("enterprise_id", "city_id", "revenue", "enterprise__city_id", "enterprise__park_id")


def reported_firms(
    snapshot: Snapshot, quarter: Quarter, cities: QuerySet[City], codes: Iterable[str]
) -> list[ReportedFirm]:
    """Return those of these credit codes that the cities have reported for a quarter. One query."""
    code_of = {city.pk: city.code for city in snapshot.cities}
    returns = EnterpriseReturn.objects.seen_from(snapshot).filter(
        period=snapshot.period_ids.get(quarter),
        city__in=cities,
        enterprise__city__in=cities,
        enterprise__credit_code__in=list(codes),
    )
    return [
        ReportedFirm(firm, code, name, code_of[city], output, revenue)
        for firm, code, name, city, output, revenue in returns.order_by("pk").values_list(
            *("enterprise_id", "enterprise__credit_code", "enterprise__name"),
            *("city_id", "output_value", "revenue"),
        )
    ]


@dataclass(frozen=True, slots=True)
class PairedAmount:
    """
    What an enterprise reported in two quarters, in yuan, each with the city that reported it.

    enterprise_id  None: the sums of all enterprises that one and the same city reported in both
    firms          how many enterprises it stands for
    year_earlier   what the later return says of the earlier quarter; revenue only
    """

    enterprise_id: int | None
    firms: int
    city_now: str | None
    city_then: str | None
    now: Decimal | None
    then: Decimal | None
    year_earlier: Decimal | None


def paired_amounts(snapshot: Snapshot, quarter: Quarter, measure: str) -> list[PairedAmount]:
    """
    Return the output_value or revenue of a quarter beside that of a year earlier. One query.

    Enterprises without an amount in either quarter are left out; the database adds up those with
    both, which are nearly all of 100,000.
    """
    code_of = {city.pk: city.code for city in snapshot.cities}
    now, then = f"now__{measure}", f"then__{measure}"
    has_now, has_then = Q(**{f"{now}__isnull": False}), Q(**{f"{then}__isnull": False})
    stayed = has_now & has_then & Q(now__city=F("then__city"))
    rows = (
        Enterprise.objects.order_by()
        .annotate(
            now=_returns_in(snapshot, quarter), then=_returns_in(snapshot, quarter.year_earlier())
        )
        .filter(has_now | has_then)
        .annotate(unit=Case(When(stayed, then=None), default="pk", output_field=BigIntegerField()))
        .values_list("unit", "now__city", "then__city")
        .annotate(Count("pk"), Sum(now), Sum(then), Sum("now__revenue_last_year"))
    )
    says = measure == "revenue"
    return [
        PairedAmount(
            unit,
            firms,
            code_of.get(city_now),
            code_of.get(city_then),
            cents(amount_now),
            cents(amount_then),
            cents(earlier) if says and unit is not None else None,
        )
        for unit, city_now, city_then, firms, amount_now, amount_then, earlier in rows
    ]


def _returns_in(snapshot: Snapshot, quarter: Quarter) -> FilteredRelation:
    """Return the join with the returns in force for a quarter; no key is 0."""
    period = Q(returns__period=snapshot.period_ids.get(quarter, 0))
    return FilteredRelation("returns", condition=in_force_at(snapshot) & period)


def revenues_of(
    snapshot: Snapshot, quarter: Quarter, firms: Collection[int]
) -> dict[int, Decimal | None]:
    """
    Return the revenue of these enterprises in a quarter, in yuan: a declared nil is 0. One query.

    None of one whose return has no figure; without a return it is not there.
    """
    names = ("enterprise_id", "revenue", "nil")
    period, new = snapshot.period_ids.get(quarter), snapshot.unpublished
    rows = list(in_force(snapshot).filter(period=period, enterprise__in=firms).values_list(*names))
    if new and new.quarter == quarter:
        rows += [row for row in new.rows(names) if row[0] in firms]
    return {firm: said_of_revenue(revenue, nil) for firm, revenue, nil in rows}


def joined_since(firms: Collection[int], moment: datetime) -> frozenset[int]:
    """
    Return which of these enterprises joined the register after a moment. One query.

    None of them if the register's first entry of all came later: it does not reach back so far.
    """
    history = Enterprise.history.order_by()
    began = history.values(one=Value(1)).annotate(first=Min("history_date")).values("first")
    first = history.filter(id__in=firms).values("id").annotate(first=Min("history_date"))
    rows = first.annotate(began=Subquery(began)).values_list("id", "first", "began")
    return frozenset(key for key, entered, began in rows if entered > moment >= began)
