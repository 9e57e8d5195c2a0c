"""What was reported of single enterprises, from their returns. As of a snapshot's moment."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Min, QuerySet, Subquery, Value

from clusters.models import City
from enterprises.models import Enterprise, EnterpriseReturn, said_of_revenue
from foundation.quarters import Quarter
from indicators.data.snapshot import Snapshot


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


def firm_revenues(snapshot: Snapshot, quarter: Quarter, *, from_: Decimal) -> list[FirmRevenue]:
    """
    Return the enterprises with at least this revenue in a quarter, with last year's beside it.

    Two queries; one at a year's end. Without the floor all 100,000 enterprises would be carried
    here, though only the largest tenth can come near the threshold.
    """
    city_of = {city.pk: city.code for city in snapshot.cities}
    returns = EnterpriseReturn.objects.as_of(snapshot.moment)
    largest = returns.filter(period=snapshot.period_ids.get(quarter), revenue__gte=from_)
    then, whole, earlier = None, None, {}
    if not quarter.is_year_end:
        then = snapshot.period_ids.get(quarter.year_earlier())
        whole = snapshot.period_ids.get(quarter.year_earlier().year_end)
        rows = returns.filter(
            period__in=[pk for pk in (then, whole) if pk],
            enterprise__in=largest.values("enterprise"),
        ).values_list("enterprise_id", "period_id", "revenue")
        earlier = {(enterprise, period): revenue for enterprise, period, revenue in rows}
    found = {
        firm: FirmRevenue(
            firm,
            city_of[city],
            revenue,
            earlier.get((firm, then)),
            earlier.get((firm, whole)),
            city_of[registered],
            park,
        )
        for firm, city, revenue, registered, park in largest.order_by("pk").values_list(
            "enterprise_id", "city_id", "revenue", "enterprise__city_id", "enterprise__park_id"
        )
    }
    return list(found.values())


def reported_firms(
    snapshot: Snapshot, quarter: Quarter, cities: QuerySet[City], codes: Iterable[str]
) -> list[ReportedFirm]:
    """Return those of these credit codes that the cities have reported for a quarter. One query."""
    code_of = {city.pk: city.code for city in snapshot.cities}
    returns = EnterpriseReturn.objects.as_of(snapshot.moment).filter(
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
class FirmAmount:
    """
    An enterprise's amount in a quarter, in yuan, and by the city that reported it.

    year_earlier  what this return says of the same quarter last year; revenue only
    """

    enterprise_id: int
    city: str
    amount: Decimal | None
    year_earlier: Decimal | None


def firm_amounts(snapshot: Snapshot, quarter: Quarter, measure: str) -> list[FirmAmount]:
    """Return every enterprise's output_value or revenue in a quarter. One query, or none."""
    period = snapshot.period_ids.get(quarter)
    if period is None:
        return []
    code_of = {city.pk: city.code for city in snapshot.cities}
    says = measure == "revenue"
    rows = (
        EnterpriseReturn.objects.as_of(snapshot.moment).filter(period=period).order_by("enterprise")
    )
    return [
        FirmAmount(firm, code_of[city], amount, earlier if says else None)
        for firm, city, amount, earlier in rows.values_list(
            "enterprise_id", "city_id", measure, "revenue_last_year"
        )
    ]


def revenues_of(
    snapshot: Snapshot, quarter: Quarter, firms: Collection[int]
) -> dict[int, Decimal | None]:
    """
    Return the revenue of these enterprises in a quarter, in yuan: a declared nil is 0. One query.

    None of one whose return has no figure; without a return it is not there.
    """
    period = snapshot.period_ids.get(quarter)
    returns = EnterpriseReturn.objects.as_of(snapshot.moment).filter(
        period=period, enterprise__in=firms
    )
    rows = returns.values_list("enterprise_id", "revenue", "nil")
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
