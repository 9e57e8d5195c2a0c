"""
The only reader of returns. Everything here is as of a moment.

A snapshot is read in a fixed number of queries, whatever the number of enterprises, and kept
under the identity of what it was read from: a newer publication, or an edit of the register,
makes a new one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, Func, Max, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Abs
from django.utils import timezone

from clusters.models import City, CityReturn, Cluster, Plan, Publication, ReportingPeriod
from clusters.quarters import Quarter
from clusters.viewpoint import Viewpoint, end_of
from enterprises.models import CityMove, Enterprise, EnterpriseReturn, Tier, TierAward
from enterprises.moves import Move
from enterprises.thresholds import OVER_100M
from indicators.formulas.disclosure import Mass
from indicators.models import Note, Target
from indicators.notes import notes_at
from indicators.snapshot import Award, CityTotals, LineTotals, ParkTotals, Snapshot
from parks.models import Park, ParkReturn

CENT = Decimal("0.01")
CITY_MEASURES = tuple(CityTotals.__slots__)
PARK_MEASURES = tuple(ParkTotals.__slots__)

# Edits of these change what pages show without a publication.
WITH_HISTORY = (
    *(Plan, Cluster, Park, Target, ReportingPeriod),
    *(Enterprise, Tier, TierAward, CityMove),
)

Identity = tuple[int | None, ...]


class Overtaken(Exception):
    """Something was published while a snapshot was being read."""


def snapshot(viewpoint: Viewpoint) -> Snapshot:
    """
    Return the province as of a viewpoint's moment.

    One query if it has been read since the last publication. One that is overtaken while it
    is being read is read again; the third reading is used whatever happened.
    """
    as_of = viewpoint.as_of
    for _attempt in range(2):
        try:
            return _kept(identity(), as_of)
        except Overtaken:
            continue
    return _read(as_of)


def snapshot_of(request: Any) -> Snapshot:
    """Return the snapshot of a request's viewpoint: one and the same for a whole page."""
    if not hasattr(request, "province_snapshot"):
        request.province_snapshot = snapshot(request.viewpoint)
    return request.province_snapshot


def forget() -> None:
    """Forget every snapshot: for tests, where numbers start anew with each database."""
    _kept.cache_clear()


def identity() -> Identity:
    """
    Return what a snapshot rests on, in one query; equal identities mean equal snapshots.

    How many publications there are stands beside the newest one's number, because of two
    that run at once the later number may be committed first.
    """
    with connection.cursor() as cursor:
        cursor.execute(*_identity_sql(connection.vendor))
        return cursor.fetchone() or ()


@lru_cache(maxsize=2)
def _identity_sql(_vendor: str) -> tuple[str, tuple]:
    """Return the query of an identity. Written out once: to build it takes longer than to ask."""
    marks = [
        _one(Publication, "MAX", "pk"),
        _one(Publication, "COUNT", "pk"),
        *(_one(model.history.model, "MAX", "history_id") for model in WITH_HISTORY),
        _one(Note, "MAX", "pk"),
        _one(Note, "COUNT", "withdrawn_at"),
        *(_one(model, "COUNT", "pk") for model in (City, Cluster, Park, Target, ReportingPeriod)),
    ]
    # Any table that is never empty while there is something to show.
    return City.objects.order_by("pk").values_list(*marks)[:1].query.sql_with_params()


def _one(model: Any, function: str, field: str) -> Subquery:
    """Return MAX or COUNT over a whole table, as a part of another query."""
    every = model.objects.order_by().annotate(mark=Func(field, function=function))
    return Subquery(every.values("mark"))


@lru_cache(maxsize=8)
def _kept(rests_on: Identity, as_of: date | None) -> Snapshot:
    """Return the snapshot of an identity. Raises Overtaken, and keeps nothing, if it is old."""
    read = _read(as_of)
    if identity() != rests_on:
        raise Overtaken
    return read


def _read(as_of: date | None) -> Snapshot:
    """Read the province as of the end of a day, or as of now."""
    moment = end_of(as_of) if as_of else timezone.now()
    period_of = {pk: Quarter.parse(code) for pk, code in _periods()}
    cities = tuple(City.objects.order_by("code"))
    code_of = {city.pk: city.code for city in cities}
    registered = dict(
        Enterprise.objects.order_by().values_list("city").annotate(number=Count("pk"))
    )
    return Snapshot(
        moment=moment,
        as_of=as_of,
        updated_at=_updated_at(moment),
        quarters=tuple(sorted(period_of.values())),
        period_ids=MappingProxyType({quarter: pk for pk, quarter in period_of.items()}),
        cities=cities,
        plans=tuple(Plan.objects.order_by("first_year")),
        clusters=tuple(Cluster.objects.select_related("plan", "city")),
        parks=tuple(Park.objects.select_related("city")),
        targets=tuple(Target.objects.select_related("plan")),
        tiers=tuple(Tier.objects.all()),
        awards=tuple(Award(*row) for row in TierAward.objects.order_by().values_list(*AWARD)),
        moves=_moves(),
        city_totals=_city_totals(moment, code_of, period_of),
        lines=_lines(moment, code_of, period_of),
        over=_over(moment, code_of, period_of),
        park_totals=_park_totals(moment, period_of),
        registered=MappingProxyType({code_of[pk]: n for pk, n in registered.items()}),
        notes=notes_at(moment),
        pending=Enterprise.objects.filter(status=Enterprise.Status.PENDING).count(),
    )


AWARD = ("tier_id", "enterprise_id", "awarded_on", "expires_on", "enterprise__city__code")


def _moves() -> Mapping[int, tuple[Move, ...]]:
    found: dict[int, list[Move]] = defaultdict(list)
    for enterprise, *move in CityMove.objects.values_list(
        "enterprise_id", "moved_on", "from_city__code"
    ):
        found[enterprise].append(Move(*move))
    return MappingProxyType({enterprise: tuple(moves) for enterprise, moves in found.items()})


def _periods() -> Iterable[tuple[int, str]]:
    return ReportingPeriod.objects.values_list("pk", "code")


def _updated_at(moment: datetime) -> datetime | None:
    """Return when the newest publication up to a moment took place; None if there is none."""
    published = Publication.objects.filter(published_at__lte=moment)
    return published.aggregate(newest=Max("published_at"))["newest"]


def _city_totals(
    moment: datetime, code_of: Mapping[int, str], period_of: Mapping[int, Quarter]
) -> Mapping[tuple[str, Quarter], CityTotals]:
    rows = CityReturn.objects.as_of(moment).values_list("city_id", "period_id", *CITY_MEASURES)
    return MappingProxyType(
        {(code_of[city], period_of[period]): CityTotals(*rest) for city, period, *rest in rows}
    )


def _park_totals(
    moment: datetime, period_of: Mapping[int, Quarter]
) -> Mapping[tuple[int, Quarter], ParkTotals]:
    rows = ParkReturn.objects.as_of(moment).values_list("park_id", "period_id", *PARK_MEASURES)
    return MappingProxyType(
        {(park, period_of[period]): ParkTotals(*rest) for park, period, *rest in rows}
    )


def _lines(
    moment: datetime, code_of: Mapping[int, str], period_of: Mapping[int, Quarter]
) -> Mapping[tuple[str, Quarter], LineTotals]:
    """Add the enterprises' lines up by city and period, in the database."""
    sums = (
        EnterpriseReturn.objects.as_of(moment)
        .order_by()
        .values_list("city_id", "period_id")
        .annotate(enterprises=Count("pk"), output=Sum("output_value"), revenue_sum=Sum("revenue"))
    )
    return MappingProxyType(
        {
            (code_of[city], period_of[period]): LineTotals(number, _cents(output), _cents(revenue))
            for city, period, number, output, revenue in sums
        }
    )


def _over(
    moment: datetime, code_of: Mapping[int, str], period_of: Mapping[int, Quarter]
) -> Mapping[Quarter, Mapping[int, str]]:
    """Return who is over the threshold, by period: by key, so that nobody counts twice."""
    over: dict[Quarter, dict[int, str]] = defaultdict(dict)
    rows = (
        EnterpriseReturn.objects.as_of(moment)
        .filter(revenue__gt=OVER_100M)
        .order_by("pk")
        .values_list("period_id", "enterprise_id", "city_id")
    )
    for period, enterprise, city in rows:
        over[period_of[period]][enterprise] = code_of[city]
    return MappingProxyType({quarter: MappingProxyType(firms) for quarter, firms in over.items()})


def _cents(amount: Decimal | None) -> Decimal | None:
    """Return a sum with two places: SQLite adds in floats and gives fifteen digits."""
    return None if amount is None else amount.quantize(CENT)


# ---- one period, enterprise by enterprise ----------------------------------------------


@dataclass(frozen=True, slots=True)
class FirmRevenue:
    """An enterprise's revenue in yuan: cumulative, at the same time last year, of last year."""

    enterprise_id: int
    city: str
    revenue: Decimal
    by_then: Decimal | None
    whole_year: Decimal | None


@dataclass(frozen=True, slots=True)
class LastRevenue:
    """What an enterprise of a silent city last had, in yuan, cumulative to that quarter."""

    enterprise_id: int
    city: str
    revenue: Decimal
    quarter: Quarter


def firm_revenues(of: Snapshot, quarter: Quarter, *, from_: Decimal) -> list[FirmRevenue]:
    """
    Return the enterprises with at least this revenue in a quarter, with last year's beside it.

    Two queries. Without the floor all 100,000 enterprises would be carried here, though only
    the largest tenth can come near the threshold.
    """
    city_of = {city.pk: city.code for city in of.cities}
    returns = EnterpriseReturn.objects.as_of(of.moment)
    largest = returns.filter(period=of.period_ids.get(quarter), revenue__gte=from_)
    then = of.period_ids.get(quarter.year_earlier())
    whole = of.period_ids.get(quarter.year_earlier().year_end)
    earlier = {
        (enterprise, period): revenue
        for enterprise, period, revenue in returns.filter(
            period__in=[pk for pk in (then, whole) if pk],
            enterprise__in=largest.values("enterprise"),
        ).values_list("enterprise_id", "period_id", "revenue")
    }
    found = {
        firm: FirmRevenue(
            firm, city_of[city], revenue, earlier.get((firm, then)), earlier.get((firm, whole))
        )
        for firm, city, revenue in largest.order_by("pk").values_list(
            "enterprise_id", "city_id", "revenue"
        )
    }
    return list(found.values())


def last_revenues(
    of: Snapshot, quarter: Quarter, last_of: Mapping[str, Quarter], *, per_quarter: Decimal
) -> list[LastRevenue]:
    """
    Return what the silent cities' enterprises last had, from so much revenue a quarter on.

    last_of is each silent city's last quarter with lines. An enterprise that another city has
    reported for the quarter meanwhile is left out: it is counted there. One query, or none.
    """
    if not last_of:
        return []
    code_of = {city.pk: city.code for city in of.cities}
    pk_of = {code: pk for pk, code in code_of.items()}
    theirs = Q()
    for code, last in last_of.items():
        least = per_quarter * last.quarter
        theirs |= Q(city=pk_of[code], period=of.period_ids[last], revenue__gte=least)
    returns = EnterpriseReturn.objects.as_of(of.moment)
    reported = returns.filter(period=of.period_ids.get(quarter), enterprise=OuterRef("enterprise"))
    rows = returns.filter(theirs).exclude(Exists(reported))
    return [
        LastRevenue(firm, code_of[city], revenue, last_of[code_of[city]])
        for firm, city, revenue in rows.order_by("pk").values_list(
            "enterprise_id", "city_id", "revenue"
        )
    ]


# ---- one period, by city, park and field ------------------------------------------------


@dataclass(frozen=True, slots=True)
class LineGroup:
    """
    The enterprise lines of one city, park and field: how many, their sums in yuan, their mass.

    park_id and field_id are None outside any; a sum is None if no line says.
    """

    city: str
    park_id: int | None
    field_id: int | None
    firms: int
    output_value: Decimal | None
    revenue: Decimal | None
    output_mass: Mass
    revenue_mass: Mass


@lru_cache(maxsize=16)
def line_groups(of: Snapshot, quarter: Quarter) -> tuple[LineGroup, ...]:
    """
    Return the lines of a quarter in their finest groups, by city. Kept as long as its snapshot.

    One query. City and park are those of the report, the field is the register's.
    """
    code_of = {city.pk: city.code for city in of.cities}
    sums = (
        EnterpriseReturn.objects.as_of(of.moment)
        .filter(period=of.period_ids.get(quarter))
        .order_by("city__code", "park", "enterprise__field__position")
        .values_list("city", "park", "enterprise__field")
        .annotate(
            firms=Count("pk"),
            output=Sum("output_value"),
            revenue_sum=Sum("revenue"),
            output_whole=Sum(Abs("output_value")),
            output_largest=Max(Abs("output_value")),
            revenue_whole=Sum(Abs("revenue")),
            revenue_largest=Max(Abs("revenue")),
        )
    )
    return tuple(
        LineGroup(
            *(code_of[city], park, field, firms, _cents(output), _cents(revenue)),
            Mass(_cents(sums_of[0]) or Decimal(0), _cents(sums_of[1]) or Decimal(0)),
            Mass(_cents(sums_of[2]) or Decimal(0), _cents(sums_of[3]) or Decimal(0)),
        )
        for city, park, field, firms, output, revenue, *sums_of in sums
    )
