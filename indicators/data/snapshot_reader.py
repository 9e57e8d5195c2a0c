"""
The only reader of returns. Everything here is as of a moment.

A snapshot is read in a fixed number of queries, whatever the number of enterprises, and kept
under the identity of what it was read from: a newer publication, or an edit of the register,
makes a new one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django.db.models import (
    Count,
    Max,
    Min,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Abs
from django.utils import timezone

from clusters.models import (
    BlockCategory,
    BuildingBlock,
    City,
    CityReturn,
    Cluster,
    Plan,
    Publication,
    ReportingPeriod,
)
from clusters.viewpoint import Viewpoint, end_of
from enterprises.locations import Move
from enterprises.models import CityMove, Enterprise, EnterpriseReturn, Tier, TierAward
from foundation import data_version
from foundation.quarters import Quarter
from indicators.catalogue import FIRMS_OVER_100M, IndicatorKind, defined_by
from indicators.data.notes import notes_at
from indicators.data.snapshot import (
    CityTotals,
    LineTotals,
    ParkTotals,
    RestatedSince,
    Snapshot,
    TitleHeld,
)
from indicators.data.snapshot_cache import kept
from indicators.data.snapshot_store import Identity, SnapshotStore, TakenOver
from indicators.data.versions import Interim, version_at, versions
from indicators.formulas.disclosure import Mass
from indicators.formulas.estimate_trials import DatedAmount
from indicators.formulas.firms_over import is_over
from indicators.models import InterimPoint, KeptForecast, Note, Target
from parks.models import Park, ParkReturn

CENT = Decimal("0.01")

# Edits of these change what pages show without a publication.
WITH_HISTORY = (
    *(Plan, Cluster, BlockCategory, BuildingBlock, Park, Target, InterimPoint),
    *(Enterprise, Tier, TierAward, CityMove, ReportingPeriod),
)
COUNTED = (City, Cluster, Park, Target, ReportingPeriod)


class Overtaken(Exception):
    """Something was published while a snapshot was being read."""


def snapshot(viewpoint: Viewpoint, rests_on: Identity | None = None) -> Snapshot:
    """
    Return the province as of a viewpoint's moment; rests_on is its identity, if it is known.

    One query if it has been read since the last publication. One that is overtaken while it
    is being read is read again; the third reading is used whatever happened.
    """
    as_of = viewpoint.as_of
    for _attempt in range(2):
        try:
            return _snapshot(identity() if rests_on is None else rests_on, as_of)
        except Overtaken:
            rests_on = None
    return _read(as_of)


def passing_snapshot(written: Quarter) -> Snapshot:
    """
    Return the province as the open transaction has it, kept by nobody.

    For returns of a quarter that are written only to look at them, and then rolled back
    (submissions.review.preview).
    """
    return replace(_read(None, written), passing=True)


def snapshot_of(request: Any, viewpoint: Viewpoint | None = None) -> Snapshot:
    """
    Return the snapshot of a request's viewpoint: one and the same for a whole page.

    A view whose path says the viewpoint gives it before anything else of the page asks.
    """
    if not hasattr(request, "province_snapshot"):
        known = getattr(request, "data_version", {})
        request.province_snapshot = snapshot(viewpoint or request.viewpoint, known.get(FIGURES))
    return request.province_snapshot


def forget() -> None:
    """Forget every snapshot: for tests, where numbers start anew with each database."""
    STORE.forget()


def identity() -> Identity:
    """
    Return what a snapshot rests on, in one query; equal identities mean equal snapshots.

    How many publications there are stands beside the newest one's number, because of two
    that run at once the later number may be committed first.
    """
    return data_version.current(FIGURES)[FIGURES]


def _version_parts() -> list[Subquery]:
    """Return the data version of everything that a snapshot holds."""
    return [
        data_version.part(Publication.objects.all(), "MAX", "pk"),
        data_version.part(Publication.objects.all(), "COUNT", "pk"),
        *(data_version.part(model.history.all(), "MAX", "history_id") for model in WITH_HISTORY),
        data_version.part(Note.objects.all(), "MAX", "pk"),
        data_version.part(Note.objects.all(), "COUNT", "withdrawn_at"),
        data_version.part(KeptForecast.objects.all(), "COUNT", "pk"),
        *(data_version.part(model.objects.all(), "COUNT", "pk") for model in COUNTED),
    ]


FIGURES = "figures"
data_version.register(FIGURES, _version_parts)


STORE = SnapshotStore()


def _snapshot(rests_on: Identity, as_of: date | None) -> Snapshot:
    """Return the snapshot of an identity. Raises Overtaken, and keeps nothing, if it is old."""
    if known := STORE.get(rests_on, as_of):
        return known
    read = _read(as_of)
    if identity() != rests_on:
        raise Overtaken
    STORE.keep(rests_on, as_of, read)
    return read


def _read(as_of: date | None, written: Quarter | None = None) -> Snapshot:
    """Read the province as of the end of a day, or as of now; a quarter written unpublished too."""
    moment = end_of(as_of) if as_of else timezone.now()
    periods = [(pk, Quarter.parse(code), due_on) for pk, code, due_on in _periods()]
    period_of = {pk: quarter for pk, quarter, _due_on in periods}
    clusters = tuple(Cluster.objects.select_related("plan", "city"))
    cities = tuple(City.objects.order_by("code"))
    code_of = {city.pk: city.code for city in cities}
    registered, pending = _registered(code_of)
    plans = tuple(Plan.objects.order_by("first_year"))
    targets, interim = _targets(as_of, moment, {plan.pk: plan for plan in plans})
    publications = list(Publication.objects.order_by())
    known = None if as_of else STORE.taken_over(publications, period_of, written)
    city_totals, restated_cities = _figures(CityReturn, "city__code", CityTotals, moment, period_of)
    park_totals, restated_parks = _figures(ParkReturn, "park_id", ParkTotals, moment, period_of)
    first = _first_told(publications)
    over, over_before = _over_by_line(moment, code_of, period_of, _lines_of(targets), first, known)
    return Snapshot(
        moment=moment,
        as_of=as_of,
        updated_at=_updated_at(publications, moment),
        quarters=tuple(sorted(period_of.values())),
        period_ids=MappingProxyType({quarter: pk for pk, quarter in period_of.items()}),
        cities=cities,
        plans=plans,
        clusters=clusters,
        members=_members(clusters, code_of, moment if as_of else None),
        due_on=MappingProxyType({quarter: due_on for _pk, quarter, due_on in periods if due_on}),
        first_shown=_first_shown(first, period_of),
        parks=tuple(Park.objects.select_related("city")),
        targets=targets,
        interim=interim,
        tiers=tuple(Tier.objects.all()),
        awards=tuple(TitleHeld(*row) for row in TierAward.objects.order_by().values_list(*AWARD)),
        moves=_moves(),
        city_totals=city_totals,
        lines=_lines(moment, code_of, period_of, known),
        over_by_line=over,
        park_totals=park_totals,
        restated=RestatedSince(restated_cities, restated_parks, over_before),
        registered=registered,
        notes=notes_at(moment),
        forecasts=tuple(KeptForecast.objects.filter(as_of__lte=timezone.localtime(moment).date())),
        pending=pending,
    )


AWARD = ("tier_id", "enterprise_id", "awarded_on", "expires_on", "enterprise__city__code")


def _registered(code_of: Mapping[int, str]) -> tuple[Mapping[str, int], int]:
    """Return how many enterprises the register has, by city, and how many are to be verified."""
    to_verify = Count("pk", filter=Q(status=Enterprise.RegisterStatus.PENDING))
    rows = list(
        Enterprise.objects.order_by().values_list("city").annotate(Count("pk"), to_verify=to_verify)
    )
    every = MappingProxyType({code_of[city]: number for city, number, _pending in rows})
    return every, sum(pending for _city, _number, pending in rows)


def _moves() -> Mapping[int, tuple[Move, ...]]:
    found: dict[int, list[Move]] = defaultdict(list)
    rows = CityMove.objects.values_list("enterprise_id", "moved_on", "from_city__code")
    for enterprise, moved_on, from_city in rows:
        found[enterprise].append(Move(moved_on, from_city))
    return MappingProxyType({enterprise: tuple(moves) for enterprise, moves in found.items()})


def _periods() -> Iterable[tuple[int, str, date | None]]:
    """Return every period's key, code, and the day it is due; None if nothing is owed for it."""
    rows = ReportingPeriod.objects.with_owed().values_list("pk", "code", "due_on", "is_owed")
    return [(pk, code, due_on if is_owed else None) for pk, code, due_on, is_owed in rows]


def _members(
    clusters: Iterable[Cluster], code_of: Mapping[int, str], moment: datetime | None
) -> Mapping[int, frozenset[str]]:
    """
    Return each plan's cluster cities as the register had them at a moment; None is now.

    Where a plan's first entry came later than the moment, the register says nothing of that
    day, and what it says now stands in.
    """
    now: dict[int, set[str]] = defaultdict(set)
    for cluster in clusters:
        now[cluster.plan_id].add(code_of[cluster.city_id])
    if moment is not None:
        rows = Cluster.history.filter(history_date__lte=moment).order_by("history_date", "pk")
        stood = {
            key: (plan, city, act)
            for key, plan, city, act in rows.values_list("id", "plan_id", "city_id", "history_type")
        }
        for plan in {plan for plan, _city, _act in stood.values()}:
            now[plan] = {
                code_of[city] for p, city, act in stood.values() if p == plan and act != "-"
            }
    return MappingProxyType({plan: frozenset(codes) for plan, codes in now.items()})


def _updated_at(publications: Iterable[Publication], moment: datetime) -> datetime | None:
    """Return when the newest publication up to a moment took place; None if there is none."""
    until = (one.published_at for one in publications if one.published_at <= moment)
    return max(until, default=None)


def _first_told(publications: Iterable[Publication]) -> dict[tuple[int, int], datetime]:
    """Return when a city's figures of a period were first put in force, by their keys."""
    first: dict[tuple[int, int], datetime] = {}
    for one in sorted(publications, key=lambda one: one.published_at):
        first.setdefault((one.city_id, one.period_id), one.published_at)
    return first


def _first_shown(
    first: Mapping[tuple[int, int], datetime], period_of: Mapping[int, Quarter]
) -> Mapping[Quarter, datetime]:
    """Return when any city's figures of each period were first put in force."""
    shown: dict[Quarter, datetime] = {}
    for (_city, period), at in first.items():
        quarter = period_of[period]
        shown[quarter] = min(at, shown.get(quarter, at))
    return MappingProxyType(shown)


def _figures(
    model: Any, key: str, totals: Any, moment: datetime, period_of: Mapping[int, Quarter]
) -> tuple[Mapping, frozenset]:
    """
    Return the figures in force by entity and quarter, and those that once were others.

    totals is the class of a row. Of the second: entity, quarter and the measure's name.
    """
    names = totals.__slots__
    in_force, gone = {}, []
    rows = model.objects.filter(published_at__lte=moment).order_by("pk")
    for entity, period, until, *rest in rows.values_list(key, "period_id", "superseded_at", *names):
        slot = entity, period_of[period]
        if until is not None and until <= moment:
            gone.append((slot, totals(*rest)))
        else:
            in_force[slot] = totals(*rest)
    others = {
        (*slot, name)
        for slot, before in gone
        if (now := in_force.get(slot))
        for name in names
        if getattr(before, name) != getattr(now, name)
    }
    return MappingProxyType(in_force), frozenset(others)


def _to_be_read(
    returns: QuerySet[EnterpriseReturn],
    period_of: Mapping[int, Quarter],
    known: TakenOver | None,
) -> QuerySet[EnterpriseReturn]:
    """Return the returns but for those of quarters that are taken over."""
    if known is None:
        return returns
    return returns.filter(
        period__in=[pk for pk, quarter in period_of.items() if quarter not in known.quarters]
    )


def _lines(
    moment: datetime,
    code_of: Mapping[int, str],
    period_of: Mapping[int, Quarter],
    known: TakenOver | None,
) -> Mapping[tuple[str, Quarter], LineTotals]:
    """Add the enterprises' lines up by city and period, in the database."""
    sums = (
        _to_be_read(EnterpriseReturn.objects.as_of(moment).order_by(), period_of, known)
        .values_list("city_id", "period_id")
        .annotate(
            enterprises=Count("pk"),
            output=Sum("output_value"),
            revenue_sum=Sum("revenue"),
            nil=Count("pk", filter=~Q(nil="")),
        )
    )
    found = known.lines() if known else {}
    for city, period, number, output, revenue, nil in sums:
        at = (code_of[city], period_of[period])
        found[at] = LineTotals(number, _cents(output), _cents(revenue), nil)
    return MappingProxyType(found)


def _targets(
    as_of: date | None, moment: datetime, plans: Mapping[int, Plan]
) -> tuple[tuple[Target, ...], Mapping[int, Interim]]:
    """Return the targets and their interim points: today's, or those of the day asked for."""
    if as_of is None:
        found, interim = _targets_of_today()
    else:
        then = [one for known in versions().values() if (one := version_at(known, moment))]
        found = [one.target for one in then]
        interim = {one.target.pk: one.interim for one in then}
    for target in found:
        target.plan = plans[target.plan_id]
    ordered = sorted(found, key=lambda t: (t.plan.first_year, t.plan_id, t.position, t.indicator))
    return tuple(ordered), MappingProxyType(interim)


def _targets_of_today() -> tuple[list[Target], dict[int, Interim]]:
    """Return the targets and their interim points. Two queries."""
    interim: dict[int, dict[Quarter, Decimal]] = defaultdict(dict)
    for point in InterimPoint.objects.order_by():
        interim[point.target_id][Quarter.parse(point.period)] = point.value
    found = list(Target.objects.all())
    return found, {target.pk: interim[target.pk] for target in found}


def _lines_of(targets: Iterable[Target]) -> set[Decimal]:
    """Return the lines that enterprises are counted over; the contract's is always one of them."""
    defined = [defined_by(target) for target in targets]
    return {one.line for one in [FIRMS_OVER_100M, *defined] if one.kind is IndicatorKind.COUNT}


Over = Mapping[Decimal, Mapping[Quarter, Mapping[int, str]]]


def _over_by_line(
    moment: datetime,
    code_of: Mapping[int, str],
    period_of: Mapping[int, Quarter],
    lines: set[Decimal],
    first: Mapping[tuple[int, int], datetime],
    known: TakenOver | None,
) -> tuple[Over, Mapping[Decimal, frozenset[Quarter]]]:
    """
    Return the enterprises over each line, by period; and the periods in which others were over it.

    By key, so that none counts twice. One query for all lines: an enterprise over any line is over
    the lowest.
    """
    over: dict[Decimal, dict[Quarter, dict[int, str]]] = {line: defaultdict(dict) for line in lines}
    formerly_over: dict[Decimal, set[tuple[Quarter, int]]] = {line: set() for line in lines}
    restated_in = set()
    if known and known.of.over_by_line.keys() != lines:
        known = None
    rows = _rows_over(moment, period_of, known, min(lines))
    for period, enterprise, city, revenue, since, until in rows:
        quarter = period_of[period]
        if since > first.get((city, period), since):
            restated_in.add((quarter, enterprise))
        for line in lines:
            if not is_over(revenue, line):
                continue
            if until is not None and until <= moment:
                formerly_over[line].add((quarter, enterprise))
            else:
                over[line][quarter][enterprise] = code_of[city]
    others = {line: _other_quarters(over[line], formerly_over[line], restated_in) for line in lines}
    return (
        MappingProxyType(
            {
                line: MappingProxyType(
                    (known.over(line) if known else {})
                    | {quarter: MappingProxyType(firms) for quarter, firms in by_quarter.items()}
                )
                for line, by_quarter in over.items()
            }
        ),
        MappingProxyType(
            {
                line: quarters | (known.over_before(line) if known else frozenset())
                for line, quarters in others.items()
            }
        ),
    )


def _rows_over(
    moment: datetime, period_of: Mapping[int, Quarter], known: TakenOver | None, line: Decimal
) -> Iterable[tuple]:
    """Return the returns over a line, replaced ones too."""
    published = EnterpriseReturn.objects.filter(published_at__lte=moment, revenue__gt=line)
    return (
        _to_be_read(published, period_of, known)
        .order_by("pk")
        .values_list(
            *("period_id", "enterprise_id", "city_id", "revenue", "published_at", "superseded_at")
        )
    )


def _other_quarters(
    over: Mapping[Quarter, Mapping[int, str]],
    formerly_over: Collection[tuple[Quarter, int]],
    restated_in: Collection[tuple[Quarter, int]],
) -> frozenset[Quarter]:
    """
    Return the quarters in which an enterprise is over that was not, or was and no longer is.

    restated_in  quarter and enterprise of lines from a later version of their city's return
    formerly_over  quarter and enterprise of superseded lines over the line
    """
    now = {(quarter, firm) for quarter, firms in over.items() for firm in firms}
    came = {one for one in now if one in restated_in and one not in formerly_over}
    return frozenset(quarter for quarter, _firm in came | (set(formerly_over) - now))


def _cents(amount: Decimal | None) -> Decimal | None:
    """Return a sum with two places: SQLite adds in floats and gives fifteen digits."""
    return None if amount is None else amount.quantize(CENT)


def dated_amounts(snapshot: Snapshot, measure: str) -> list[DatedAmount]:
    """
    Return every city's figures of a measure as they were in force up to the snapshot's moment.

    With 上年同期 beside each, superseded ones too. One query.
    """
    rows = CityReturn.objects.filter(published_at__lte=snapshot.moment).order_by(
        "published_at", "pk"
    )
    return [
        DatedAmount(city, Quarter.parse(period), _number(now), _number(then), since, until)
        for city, period, now, then, since, until in rows.values_list(
            *("city__code", "period__code", measure, f"{measure}_last_year"),
            *("published_at", "superseded_at"),
        )
    ]


def _number(figure: Decimal | int | None) -> Decimal | None:
    return None if figure is None else Decimal(figure)


# ---- one period, enterprise by enterprise ----------------------------------------------


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
    """Return what these enterprises reported of revenue in a quarter, in yuan. One query."""
    period = snapshot.period_ids.get(quarter)
    returns = EnterpriseReturn.objects.as_of(snapshot.moment).filter(
        period=period, enterprise__in=firms
    )
    return dict(returns.values_list("enterprise_id", "revenue"))


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


@kept(maxsize=64)
def line_groups(snapshot: Snapshot, quarter: Quarter) -> tuple[LineGroup, ...]:
    """
    Return the lines of a quarter in their finest groups, by city. Kept as long as its snapshot.

    One query. City and park are those of the report, the field is the register's.
    """
    code_of = {city.pk: city.code for city in snapshot.cities}
    sums = (
        EnterpriseReturn.objects.as_of(snapshot.moment)
        .filter(period=snapshot.period_ids.get(quarter))
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
