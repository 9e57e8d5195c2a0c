"""Figures of a city, a cluster, a park and the register in a quarter: rows of pages and API."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from clusters.models import City, Cluster
from clusters.quarters import Quarter
from enterprises.locations import city_on
from enterprises.models import Tier
from indicators.catalogue import Measure
from indicators.data.coverage import Coverage, coverage, firms_reported, output_reported
from indicators.data.disclosure import NOBODY, Known, park_is_withheld
from indicators.data.snapshot import (
    NO_CITY_TOTALS,
    NO_PARK_TOTALS,
    CityTotals,
    LineTotals,
    ParkTotals,
    Snapshot,
    TitleHeld,
)
from indicators.data.snapshot_cache import kept
from indicators.formulas.cumulative import single_quarter
from indicators.formulas.rolling_share import rolling_share
from indicators.movement.changes import LikeForLike
from indicators.regions.amounts import Amounts, rests_on
from indicators.regions.output_base import OutputBase, output_base
from indicators.regions.share_words import (
    change_words,
    of_reporting_words,
    percent_words,
    whose_words,
)
from parks.models import Park


@dataclass(frozen=True)
class PlacePoint:
    """
    One quarter of a place: yuan; None is not reported, or cannot be told.

    cumulative  from 1 January to the quarter's end
    single      what the quarter added by itself
    share       its part of the province's last four quarters, a fraction; None where one of
                the cities lacks a figure of them, and for parks
    provisional whether a city has not reported the quarter
    restated    whether the cumulative figure was published as another before
    withheld    of a park: whether the reader may not be shown the cumulative figure, then None
    single_withheld  so, too, what the quarter added, for it gives a withheld figure away
    """

    quarter: Quarter
    cumulative: Decimal | None
    single: Decimal | None
    share: Decimal | None = None
    provisional: bool = False
    restated: bool = False
    withheld: bool = False
    single_withheld: bool = False


@dataclass(frozen=True)
class LastFigures:
    """The newest figures of a city that were accepted before a quarter of which it is silent."""

    quarter: Quarter
    totals: CityTotals
    over: int | None


@dataclass(frozen=True)
class CityFigures:
    """
    A city in a quarter. None is not reported, which is not 0.

    totals  what the city itself reported (城市汇总); every measure None if it has not
    lines   the sums of its enterprise lines (企业明细)
    over    how many of its enterprises are over 100 million
    share   its output value / the province's, a fraction; None while any city is silent
    reported_only_share  its output value / that of all reporting cities, a fraction; None
            where share is not. Never shown without their number: it is not the province's
    share_change  its share beside a year earlier, of the cities that reported both quarters
    base    what the share is of
    last    what was last accepted of it; None if it has reported, or never had
    growth  its output value against the same quarter last year, a fraction: 0.1 is 10 % more
    output_reported, firms_reported  whether it counts for the share, and for the firms
    """

    city: City
    in_cluster: bool
    totals: CityTotals
    lines: LineTotals | None
    over: int | None
    share: Decimal | None
    reported_only_share: Decimal | None
    share_change: LikeForLike | None
    base: OutputBase
    last: LastFigures | None
    growth: Decimal | None
    output_reported: bool
    firms_reported: bool
    registered: int

    @property
    def share_words(self) -> str:
        """Its share of the province; a dash while any city is silent."""
        return "—" if self.share is None else percent_words(self.share)

    @property
    def reported_only_words(self) -> str:
        """Its share of the reporting cities with their number; empty where there is none."""
        if self.reported_only_share is None:
            return ""
        return of_reporting_words(self.reported_only_share, self.base.coverage.accepted)

    @property
    def share_change_words(self) -> str:
        """How its share changed on the year between the same cities; empty without that."""
        return change_words(self.share_change) if self.share_change else ""

    @property
    def column_share(self) -> Decimal | None:
        """What stands in a column that is headed by base.words."""
        return self.reported_only_share if self.share is None else self.share


@dataclass(frozen=True, eq=False)
class CityHistory:
    """
    A city's output value by quarter, up to one.

    cities  how many cities the province has: of them all its shares are
    """

    city: City
    points: tuple[PlacePoint, ...]
    cities: int


@dataclass(frozen=True)
class ClusterFigures:
    """A cluster in a quarter: the figures of its city."""

    cluster: Cluster
    city: CityFigures


@dataclass(frozen=True, eq=False)
class ParkFigures:
    """
    A park in a quarter, as a reader may see it (indicators.data.disclosure).

    totals   every measure is None if its city has not reported it, or if they are withheld
    withheld whether they are reported and may not be shown
    share    its output value / its city's own, a fraction; None if either is not reported, or
             the park's is the larger, so that the two cannot be of the same scope
    tell     what returns its history: asked only where it is drawn
    """

    park: Park
    totals: ParkTotals
    reported: bool
    share: Decimal | None
    withheld: bool
    tell: Callable[[], tuple[PlacePoint, ...]]

    @cached_property
    def history(self) -> tuple[PlacePoint, ...]:
        """Return its output value by quarter, up to this one. A query for each the first time."""
        return self.tell()


@dataclass(frozen=True)
class TierCount:
    """How many enterprises hold a title at the quarter's end."""

    tier: Tier
    number: int


@dataclass(frozen=True)
class EnterpriseSummary:
    """
    The province's enterprises.

    registered, pending  of the register now, and those of them to be verified
    reporting, over      in the quarter, of the cities that reported their enterprises only;
                         None if no city's enterprises are in force
    coverage             whose enterprises these are
    """

    registered: int
    pending: int
    reporting: int | None
    over: int | None
    coverage: Coverage
    tiers: tuple[TierCount, ...]

    @property
    def whose(self) -> str:
        """Of how many cities reporting and over are; empty where they are the province's."""
        return whose_words(self.coverage)


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
    """Return what cities that have reported a quarter made in it."""
    return sum((snapshot.output_value(city, quarter) or Decimal(0) for city in cities), Decimal(0))


@kept(maxsize=16)
def city_rows(snapshot: Snapshot, quarter: Quarter) -> tuple[CityFigures, ...]:
    """Return every city in a quarter, by code. Kept as long as its snapshot."""
    return tuple(city_figures(snapshot, city, quarter) for city in snapshot.cities)


@kept(maxsize=64)
def city_history(snapshot: Snapshot, city: City, quarter: Quarter) -> CityHistory:
    """Return a city's output value by quarter, up to this one. Kept as long as its snapshot."""
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


@kept(maxsize=16)
def cluster_rows(snapshot: Snapshot, quarter: Quarter) -> tuple[ClusterFigures, ...]:
    """Return the clusters of the quarter's plan, by city."""
    row_of = {row.city.pk: row for row in city_rows(snapshot, quarter)}
    clusters = snapshot.clusters_of(snapshot.plan_for(quarter))
    return tuple(ClusterFigures(one, row_of[one.city_id]) for one in clusters)


@kept(maxsize=64)
def park_rows(
    snapshot: Snapshot, quarter: Quarter, known: Known = NOBODY
) -> tuple[ParkFigures, ...]:
    """Return the parks of the quarter's plan, by city, for a reader of the known cities."""
    return tuple(
        park_row(snapshot, one, quarter, known)
        for one in snapshot.parks_of(snapshot.plan_for(quarter))
    )


@kept(maxsize=256)
def park_row(
    snapshot: Snapshot, park: Park, quarter: Quarter, known: Known = NOBODY
) -> ParkFigures:
    """Return a park in a quarter, for a reader of the known cities. Kept with its snapshot."""
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

    What is withheld of a quarter is withheld of all that is computed from it.
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

    Who has moved since counts where it was then: a figure of 2023 uses the membership of 2023.
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


@kept(maxsize=16)
def enterprise_summary(snapshot: Snapshot, quarter: Quarter) -> EnterpriseSummary:
    """
    Return the province's enterprises in a quarter, with the titles held at its end.

    Kept as long as its snapshot.
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
    """Return a part's share; None where it exceeds the whole, and so is none of it."""
    share = _ratio(part, whole)
    return share if share is not None and 0 <= share <= 1 else None


def _ratio(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return part / whole if part is not None and whole else None
