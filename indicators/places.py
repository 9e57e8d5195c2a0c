"""Figures of a city, a cluster, a park and the register in a quarter: rows of pages and API."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache

from clusters.models import City, Cluster
from clusters.quarters import Quarter
from enterprises.models import Tier
from enterprises.moves import city_on
from indicators.amounts import Amounts, rests_on
from indicators.catalogue import Measure
from indicators.coverage import coverage, firms_reported, output_reported
from indicators.disclosure import NOBODY, Known, park_is_withheld
from indicators.formulas.cumulative import single_quarter
from indicators.snapshot import (
    NO_CITY_TOTALS,
    NO_PARK_TOTALS,
    Award,
    CityTotals,
    LineTotals,
    ParkTotals,
    Snapshot,
)
from parks.models import Park


@dataclass(frozen=True)
class PlacePoint:
    """
    One quarter of a place: yuan; None is not reported, or cannot be told.

    cumulative  from 1 January to the quarter's end
    single      what the quarter added by itself
    share       cumulative / the province's reporting cities', a fraction; None for parks
    provisional whether a city is missing from what the share is of
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
class CityFigures:
    """
    A city in a quarter. None is not reported, which is not 0.

    totals  what the city itself reported (城市汇总); every measure None if it has not
    lines   the sums of its enterprise lines (企业明细)
    over    how many of its enterprises are over 100 million
    share   its output value / that of all reporting cities, a fraction
    growth  its output value against the same quarter last year, a fraction: 0.1 is 10 % more
    output_reported, firms_reported  whether it counts for the share, and for the firms
    """

    city: City
    in_cluster: bool
    totals: CityTotals
    lines: LineTotals | None
    over: int | None
    share: Decimal | None
    growth: Decimal | None
    output_reported: bool
    firms_reported: bool
    registered: int


@dataclass(frozen=True, eq=False)
class CityHistory:
    """A city's output value by quarter, up to one."""

    city: City
    points: tuple[PlacePoint, ...]


@dataclass(frozen=True)
class ClusterFigures:
    """A cluster in a quarter: the figures of its city."""

    cluster: Cluster
    city: CityFigures


@dataclass(frozen=True, eq=False)
class ParkFigures:
    """
    A park in a quarter, as a reader may see it (indicators.disclosure).

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
    reporting, over      in the quarter; None if no city's enterprises are in force
    """

    registered: int
    pending: int
    reporting: int | None
    over: int | None
    tiers: tuple[TierCount, ...]


def province_output(of: Snapshot, quarter: Quarter) -> Decimal | None:
    """Return the reporting cities' output value in yuan, cumulative; None if none reported."""
    known = [of.output_value(city, quarter) for city in of.cities]
    amounts = [amount for amount in known if amount is not None]
    return sum(amounts, Decimal(0)) if amounts else None


def city_figures(of: Snapshot, city: City, quarter: Quarter) -> CityFigures:
    """Return a city in a quarter."""
    output = of.output_value(city, quarter)
    before = of.output_value(city, quarter.year_earlier())
    reported = firms_reported(of, city, quarter)
    over = sum(code == city.code for code in of.over.get(quarter, {}).values())
    return CityFigures(
        city=city,
        in_cluster=city.code in of.cluster_cities(quarter),
        totals=of.city_totals.get((city.code, quarter), NO_CITY_TOTALS),
        lines=of.lines.get((city.code, quarter)),
        over=over if reported else None,
        share=_ratio(output, province_output(of, quarter)),
        growth=output / before - 1 if output is not None and before else None,
        output_reported=output_reported(of, city, quarter),
        firms_reported=reported,
        registered=of.registered.get(city.code, 0),
    )


@lru_cache(maxsize=16)
def city_rows(of: Snapshot, quarter: Quarter) -> tuple[CityFigures, ...]:
    """Return every city in a quarter, by code. Kept as long as its snapshot."""
    return tuple(city_figures(of, city, quarter) for city in of.cities)


@lru_cache(maxsize=64)
def city_history(of: Snapshot, city: City, quarter: Quarter) -> CityHistory:
    """Return a city's output value by quarter, up to this one. Kept as long as its snapshot."""
    ytd = {q: of.output_value(city, q) for q in of.quarters}
    return CityHistory(
        city,
        tuple(
            PlacePoint(
                quarter=q,
                cumulative=ytd[q],
                single=single_quarter(ytd, q).amount,
                share=_ratio(ytd[q], province_output(of, q)),
                provisional=not coverage(of, q, output_reported).is_complete,
                restated=of.restated.of_any_city(q, Measure.OUTPUT_VALUE),
            )
            for q in of.with_figures(quarter)
        ),
    )


@lru_cache(maxsize=16)
def cluster_rows(of: Snapshot, quarter: Quarter) -> tuple[ClusterFigures, ...]:
    """Return the clusters of the quarter's plan, by city."""
    row_of = {row.city.pk: row for row in city_rows(of, quarter)}
    clusters = of.clusters_of(of.plan_for(quarter))
    return tuple(ClusterFigures(one, row_of[one.city_id]) for one in clusters)


@lru_cache(maxsize=64)
def park_rows(of: Snapshot, quarter: Quarter, known: Known = NOBODY) -> tuple[ParkFigures, ...]:
    """Return the parks of the quarter's plan, by city, for a reader of the known cities."""
    return tuple(park_row(of, one, quarter, known) for one in of.parks_of(of.plan_for(quarter)))


@lru_cache(maxsize=256)
def park_row(of: Snapshot, park: Park, quarter: Quarter, known: Known = NOBODY) -> ParkFigures:
    """Return a park in a quarter, for a reader of the known cities. Kept with its snapshot."""
    reported = of.park_totals.get((park.pk, quarter))
    secret = reported is not None and park_is_withheld(of, quarter, park, known)
    totals = reported if reported and not secret else NO_PARK_TOTALS
    return ParkFigures(
        park=park,
        totals=totals,
        reported=reported is not None,
        share=_part(totals.output_value, of.output_value(park.city, quarter)),
        withheld=secret,
        tell=lambda: _park_history(of, park, quarter, known),
    )


def _park_history(
    of: Snapshot, park: Park, quarter: Quarter, known: Known
) -> tuple[PlacePoint, ...]:
    """
    Return a park's output value by quarter, up to one.

    What is withheld of a quarter is withheld of all that is reckoned from it.
    """
    every = {q: of.park_totals.get((park.pk, q)) for q in of.quarters}
    reported = {q: totals for q, totals in every.items() if totals}
    secret = {q for q in reported if park_is_withheld(of, q, park, known)}
    ytd = {q: one.output_value for q, one in reported.items() if q not in secret}

    def point(q: Quarter) -> PlacePoint:
        behind = set(rests_on(Amounts.QUARTER, q))
        return PlacePoint(
            quarter=q,
            cumulative=ytd.get(q),
            single=single_quarter(ytd, q).amount,
            restated=any((park.pk, p, Measure.OUTPUT_VALUE) in of.restated.parks for p in behind),
            withheld=q in secret,
            single_withheld=q in reported and bool(behind & secret),
        )

    return tuple(point(q) for q in of.with_figures(quarter))


def tier_counts(of: Snapshot, quarter: Quarter, city: City | None = None) -> tuple[TierCount, ...]:
    """
    Return how many hold each title at a quarter's end: in the province, or in one city.

    Who has moved since counts where it was then: a figure of 2023 uses the membership of 2023.
    """
    day = quarter.last_day
    held = {
        (award.tier_id, award.enterprise_id)
        for award in of.awards
        if award.held_on(day) and (city is None or _city_on(of, award, day) == city.code)
    }
    return tuple(
        TierCount(tier, sum(tier_id == tier.pk for tier_id, _ in held)) for tier in of.tiers
    )


def _city_on(of: Snapshot, award: Award, day: date) -> str:
    return city_on(day, today=award.city, moves=of.moves.get(award.enterprise_id, ()))


@lru_cache(maxsize=16)
def enterprise_summary(of: Snapshot, quarter: Quarter) -> EnterpriseSummary:
    """
    Return the province's enterprises in a quarter, with the titles held at its end.

    Kept as long as its snapshot.
    """
    reported = any(firms_reported(of, city, quarter) for city in of.cities)
    lines = [totals.enterprises for (_, q), totals in of.lines.items() if q == quarter]
    return EnterpriseSummary(
        registered=sum(of.registered.values()),
        pending=of.pending,
        reporting=sum(lines) if reported else None,
        over=len(of.over.get(quarter, {})) if reported else None,
        tiers=tier_counts(of, quarter),
    )


def _part(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """Return a part's share; None where it exceeds the whole, and so is none of it."""
    share = _ratio(part, whole)
    return share if share is not None and 0 <= share <= 1 else None


def _ratio(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return part / whole if part is not None and whole else None
