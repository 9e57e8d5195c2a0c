"""Figures of cities, clusters, parks and the register in a quarter, from a snapshot."""

from datetime import date
from decimal import Decimal

from clusters.models import City
from enterprises.locations import city_on
from foundation.quarters import Quarter
from indicators.catalogue import Measure
from indicators.data.coverage import coverage, firms_reported, output_reported
from indicators.data.disclosure import NOBODY, Known, park_is_withheld
from indicators.data.snapshot import (
    NO_CITY_TOTALS,
    NO_PARK_TOTALS,
    Snapshot,
    TitleHeld,
)
from indicators.data.snapshot_cache import cached_by_snapshot
from indicators.formulas.cumulative import single_quarter
from indicators.formulas.rolling_share import rolling_share
from indicators.movement.changes import LikeForLike
from indicators.regions.amounts import Amounts, rests_on
from indicators.regions.output_base import output_base
from indicators.regions.place_figures import (
    CityFigures,
    CityHistory,
    ClusterFigures,
    EnterpriseSummary,
    LastFigures,
    ParkFigures,
    PlacePoint,
    TierCount,
)
from parks.models import Park


def city_figures(snapshot: Snapshot, city: City, quarter: Quarter) -> CityFigures:
    """Return a city in a quarter."""
    output = snapshot.output_value(city, quarter)
    before = snapshot.output_value(city, quarter.year_earlier())
    base = output_base(snapshot, quarter)
    share = _ratio(output, base.reported)
    return CityFigures(
        city=city,
        in_cluster=city.code in snapshot.cluster_cities(quarter),
        totals=snapshot.city_totals.get((city.code, quarter), NO_CITY_TOTALS),
        lines=snapshot.lines.get((city.code, quarter)),
        over=_over(snapshot, city, quarter),
        share=share if base.coverage.is_complete else None,
        reported_only_share=None if base.coverage.is_complete else share,
        share_change=_share_change(snapshot, city, quarter),
        base=base,
        last=_last(snapshot, city, quarter) if output is None else None,
        growth=output / before - 1 if output is not None and before else None,
        output_reported=output_reported(snapshot, city, quarter),
        firms_reported=firms_reported(snapshot, city, quarter),
        registered=snapshot.registered.get(city.code, 0),
    )


def _over(snapshot: Snapshot, city: City, quarter: Quarter) -> int | None:
    """Return how many of a city's enterprises are over 100 million; None if not reported."""
    if not firms_reported(snapshot, city, quarter):
        return None
    return sum(code == city.code for code in snapshot.over.get(quarter, {}).values())


def _last(snapshot: Snapshot, city: City, quarter: Quarter) -> LastFigures | None:
    earlier = [q for q in snapshot.quarters if q < quarter and output_reported(snapshot, city, q)]
    if not earlier:
        return None
    newest = max(earlier)
    return LastFigures(
        newest, snapshot.city_totals[city.code, newest], _over(snapshot, city, newest)
    )


def _share_change(snapshot: Snapshot, city: City, quarter: Quarter) -> LikeForLike | None:
    """Return a city's share of those that reported both this quarter and a year earlier."""
    then = quarter.year_earlier()
    same = [
        c for c in snapshot.cities if all(output_reported(snapshot, c, q) for q in (then, quarter))
    ]
    if city not in same:
        return None
    before, now = (
        _ratio(snapshot.output_value(city, q), _sum(snapshot, same, q)) for q in (then, quarter)
    )
    if before is None or now is None:
        return None
    return LikeForLike(then, len(same), before, now)


def _sum(snapshot: Snapshot, cities: list[City], quarter: Quarter) -> Decimal:
    """Return the output value of reporting cities."""
    return sum((snapshot.output_value(city, quarter) or Decimal(0) for city in cities), Decimal(0))


@cached_by_snapshot(maxsize=16)
def city_rows(snapshot: Snapshot, quarter: Quarter) -> tuple[CityFigures, ...]:
    """Return every city in a quarter, by code. Cached as long as its snapshot."""
    return tuple(city_figures(snapshot, city, quarter) for city in snapshot.cities)


@cached_by_snapshot(maxsize=64)
def city_history(snapshot: Snapshot, city: City, quarter: Quarter) -> CityHistory:
    """Return a city's output value by quarter, up to this one. Cached as long as its snapshot."""
    every = {
        one.code: {q: snapshot.output_value(one, q) for q in snapshot.quarters}
        for one in snapshot.cities
    }
    ytd = every[city.code]
    return CityHistory(
        city,
        tuple(
            PlacePoint(
                quarter=q,
                cumulative=ytd[q],
                single=single_quarter(ytd, q).amount,
                share=rolling_share(ytd, every.values(), q),
                provisional=not coverage(snapshot, q, output_reported).is_complete,
                restated=any(
                    snapshot.restated.of_any_city(one, Measure.OUTPUT_VALUE)
                    for one in rests_on(Amounts.ROLLING, q)
                ),
            )
            for q in snapshot.with_figures(quarter)
        ),
        len(snapshot.cities),
    )


@cached_by_snapshot(maxsize=16)
def cluster_rows(snapshot: Snapshot, quarter: Quarter) -> tuple[ClusterFigures, ...]:
    """Return the clusters of the quarter's plan, by city."""
    row_of = {row.city.pk: row for row in city_rows(snapshot, quarter)}
    clusters = snapshot.clusters_of(snapshot.plan_for(quarter))
    return tuple(ClusterFigures(one, row_of[one.city_id]) for one in clusters)


@cached_by_snapshot(maxsize=64)
def park_rows(
    snapshot: Snapshot, quarter: Quarter, known: Known = NOBODY
) -> tuple[ParkFigures, ...]:
    """Return the parks of the quarter's plan, by city, for a reader of the known cities."""
    return tuple(
        park_row(snapshot, one, quarter, known)
        for one in snapshot.parks_of(snapshot.plan_for(quarter))
    )


@cached_by_snapshot(maxsize=256)
def park_row(
    snapshot: Snapshot, park: Park, quarter: Quarter, known: Known = NOBODY
) -> ParkFigures:
    """Return a park in a quarter, for a reader of the known cities. Cached with its snapshot."""
    reported = snapshot.park_totals.get((park.pk, quarter))
    secret = reported is not None and park_is_withheld(snapshot, quarter, park, known)
    totals = reported if reported and not secret else NO_PARK_TOTALS
    return ParkFigures(
        park=park,
        totals=totals,
        reported=reported is not None,
        share=_part(totals.output_value, snapshot.output_value(park.city, quarter)),
        withheld=secret,
        tell=lambda: _park_history(snapshot, park, quarter, known),
    )


def _park_history(
    snapshot: Snapshot, park: Park, quarter: Quarter, known: Known
) -> tuple[PlacePoint, ...]:
    """
    Return a park's output value by quarter, up to one.

    A figure calculated from a withheld quarter is withheld too.
    """
    every = {q: snapshot.park_totals.get((park.pk, q)) for q in snapshot.quarters}
    reported = {q: totals for q, totals in every.items() if totals}
    secret = {q for q in reported if park_is_withheld(snapshot, q, park, known)}
    ytd = {q: one.output_value for q, one in reported.items() if q not in secret}

    def point(q: Quarter) -> PlacePoint:
        behind = set(rests_on(Amounts.QUARTER, q))
        return PlacePoint(
            quarter=q,
            cumulative=ytd.get(q),
            single=single_quarter(ytd, q).amount,
            restated=any(
                (park.pk, p, Measure.OUTPUT_VALUE) in snapshot.restated.parks for p in behind
            ),
            withheld=q in secret,
            single_withheld=q in reported and bool(behind & secret),
        )

    return tuple(point(q) for q in snapshot.with_figures(quarter))


def tier_counts(
    snapshot: Snapshot, quarter: Quarter, city: City | None = None
) -> tuple[TierCount, ...]:
    """
    Return how many hold each title at a quarter's end: in the province, or in one city.

    Enterprises count in the city they were in then, with the titles they held then.
    """
    day = quarter.last_day
    held = {
        (award.tier_id, award.enterprise_id)
        for award in snapshot.awards
        if award.held_on(day) and (city is None or _city_on(snapshot, award, day) == city.code)
    }
    return tuple(
        TierCount(tier, sum(tier_id == tier.pk for tier_id, _ in held)) for tier in snapshot.tiers
    )


def _city_on(snapshot: Snapshot, award: TitleHeld, day: date) -> str:
    return city_on(day, today=award.city, moves=snapshot.moves.get(award.enterprise_id, ()))


@cached_by_snapshot(maxsize=16)
def enterprise_summary(snapshot: Snapshot, quarter: Quarter) -> EnterpriseSummary:
    """
    Return the province's enterprises in a quarter, with the titles held at its end.

    Cached as long as its snapshot.
    """
    who = coverage(snapshot, quarter, firms_reported)
    lines = [totals.enterprises for (_, q), totals in snapshot.lines.items() if q == quarter]
    return EnterpriseSummary(
        registered=sum(snapshot.registered.values()),
        pending=snapshot.pending,
        reporting=sum(lines) if who.accepted else None,
        over=len(snapshot.over.get(quarter, {})) if who.accepted else None,
        coverage=who,
        tiers=tier_counts(snapshot, quarter),
    )


def _part(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """Return a part's share; None if it exceeds the whole."""
    share = _ratio(part, whole)
    return share if share is not None and 0 <= share <= 1 else None


def _ratio(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return part / whole if part is not None and whole else None
