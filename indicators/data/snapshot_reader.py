"""
The only reader of returns. Everything here is as of a moment.

A snapshot is read in a fixed number of queries, whatever the number of enterprises, and kept
under the identity of what it was read from: a newer publication, or an edit of the register,
makes a new one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from threading import RLock
from types import MappingProxyType
from typing import Any

from django.db.models import Count, Q, Subquery
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
from enterprises.models import CityMove, Enterprise, Tier, TierAward
from foundation import data_version
from foundation.quarters import Quarter
from indicators.catalogue import FIRMS_OVER_100M, IndicatorKind, defined_by
from indicators.data.enterprise_lines import lines_by_city, over_by_line
from indicators.data.notes import notes_at
from indicators.data.snapshot import (
    CityTotals,
    ParkTotals,
    RestatedSince,
    Snapshot,
    TitleHeld,
)
from indicators.data.snapshot_store import Identity, Known, SnapshotStore
from indicators.data.versions import Interim, version_at, versions
from indicators.formulas.estimate_trials import DatedAmount
from indicators.models import InterimPoint, KeptForecast, Note, Target
from parks.models import Park, ParkReturn

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
    known: Known = (viewpoint.as_of, viewpoint.recorded_by is not None)
    for _attempt in range(2):
        try:
            return _snapshot(identity() if rests_on is None else rests_on, known)
        except Overtaken:
            rests_on = None
    return _read(*known)


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
READING = RLock()


def _snapshot(rests_on: Identity, known: Known) -> Snapshot:
    """Return the snapshot of an identity. Raises Overtaken, and keeps nothing, if it is old."""
    if found := STORE.get(rests_on, known):
        return found
    # Threads of one process that ask at once wait for one reading; each on its own they would
    # take the longer for being together.
    with READING:
        if found := STORE.get(rests_on, known):
            return found
        read = _read(*known)
        if identity() != rests_on:
            raise Overtaken
        STORE.keep(rests_on, known, read)
        return read


def _read(as_of: date | None, known_then: bool) -> Snapshot:
    """Read the province as of the end of a day, or as of now."""
    moment = end_of(as_of) if as_of else timezone.now()
    # Its quarter, which figures are read for, decides nothing here.
    seen = Viewpoint(Quarter.of(timezone.localdate()), as_of, moment, known_then)
    periods = [(pk, Quarter.parse(code), due_on) for pk, code, due_on in _periods()]
    period_of = {pk: quarter for pk, quarter, _due_on in periods}
    clusters = tuple(Cluster.objects.select_related("plan", "city"))
    cities = tuple(City.objects.order_by("code"))
    code_of = {city.pk: city.code for city in cities}
    registered, pending = _registered(code_of)
    plans = tuple(Plan.objects.order_by("first_year"))
    targets, interim = _targets(as_of, moment, {plan.pk: plan for plan in plans})
    publications = list(Publication.objects.order_by())
    known = None if as_of else STORE.reusable(publications, period_of)
    publications = [one for one in publications if _is_known(one, seen)]
    city_totals, restated_cities = _figures(CityReturn, "city__code", CityTotals, seen, period_of)
    park_totals, restated_parks = _figures(ParkReturn, "park_id", ParkTotals, seen, period_of)
    first = first_published(publications)
    over, over_before = over_by_line(seen, code_of, period_of, _lines_of(targets), first, known)
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
        lines=lines_by_city(seen, code_of, period_of, known),
        over_by_line=over,
        park_totals=park_totals,
        restated=RestatedSince(restated_cities, restated_parks, over_before),
        registered=registered,
        notes=notes_at(moment),
        forecasts=_forecasts(seen),
        pending=pending,
        backfilled=_backfilled(publications, moment, code_of, period_of),
        recorded_by=seen.recorded_by,
    )


def _is_known(publication: Publication, seen: Viewpoint) -> bool:
    """Return whether a publication had been recorded, where only those count that had."""
    return seen.recorded_by is None or publication.recorded_at <= seen.recorded_by


def _forecasts(seen: Viewpoint) -> tuple[KeptForecast, ...]:
    """Return the forecasts that had been kept, as far as a viewpoint knows of them."""
    kept = KeptForecast.objects.filter(as_of__lte=timezone.localtime(seen.moment).date())
    return tuple(kept.filter(kept_at__lte=seen.recorded_by) if seen.recorded_by else kept)


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


def _backfilled(
    publications: Iterable[Publication],
    moment: datetime,
    code_of: Mapping[int, str],
    period_of: Mapping[int, Quarter],
) -> Mapping[tuple[str, Quarter], Publication]:
    """Return the newest publication of each city and quarter up to a moment, if back-filled."""
    newest: dict[tuple[str, Quarter], Publication] = {}
    for one in sorted(publications, key=lambda one: one.published_at):
        if one.published_at <= moment:
            newest[code_of[one.city_id], period_of[one.period_id]] = one
    return MappingProxyType({slot: one for slot, one in newest.items() if one.is_backfilled})


def first_published(publications: Iterable[Publication]) -> dict[tuple[int, int], datetime]:
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
    model: Any, key: str, totals: Any, seen: Viewpoint, period_of: Mapping[int, Quarter]
) -> tuple[Mapping, frozenset]:
    """
    Return the figures in force by entity and quarter, and those that once were others.

    totals is the class of a row. Of the second: entity, quarter and the measure's name.
    """
    rows = dated_figures(model.objects.published_by(seen), key, totals, period_of)
    in_force, others = figures_at(rows, seen.moment)
    return MappingProxyType(in_force), others


def names_of(totals: Any) -> list[str]:
    """Return the names of a class's fields, which are those of a return."""
    return [field.name for field in fields(totals)]


def dated_figures(
    returns: Any, key: str, totals: Any, period_of: Mapping[int, Quarter]
) -> Iterator[tuple[tuple[Any, Quarter], datetime | None, Any]]:
    """Yield of each return: whose and of which quarter, when it was replaced, and its figures."""
    names = names_of(totals)
    rows = returns.order_by("pk").values_list(key, "period_id", "ended_at", *names)
    for entity, period, until, *rest in rows:
        yield (entity, period_of[period]), until, totals(*rest)


def figures_at(
    rows: Iterable[tuple[tuple[Any, Quarter], datetime | None, Any]], moment: datetime
) -> tuple[dict, frozenset]:
    """Return which figures are in force at a moment, and those that were others, as _figures."""
    in_force, gone = {}, []
    for slot, until, figures in rows:
        if until is not None and until <= moment:
            gone.append((slot, figures))
        else:
            in_force[slot] = figures
    others = {
        (*slot, name)
        for slot, before in gone
        if (now := in_force.get(slot))
        for name in names_of(now)
        if getattr(before, name) != getattr(now, name)
    }
    return in_force, frozenset(others)


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


def dated_amounts(snapshot: Snapshot, measure: str) -> list[DatedAmount]:
    """
    Return every city's figures of a measure as they were in force up to the snapshot's moment.

    With 上年同期 beside each, superseded ones too. One query.
    """
    rows = CityReturn.objects.published_by(snapshot).order_by("published_at", "pk")
    names = (
        *("city__code", "period__code", measure, f"{measure}_last_year"),
        *("published_at", "ended_at"),
    )
    found = [
        DatedAmount(city, Quarter.parse(period), _number(now), _number(then), since, until)
        for city, period, now, then, since, until in rows.values_list(*names)
    ]
    return snapshot.unpublished.after_amounts(found, measure) if snapshot.unpublished else found


def _number(figure: Decimal | int | None) -> Decimal | None:
    return None if figure is None else Decimal(figure)
