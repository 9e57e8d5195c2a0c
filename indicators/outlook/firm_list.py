"""Rows of the enterprises near the threshold: secured, on pace, or short by how much."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from clusters.models import City
from enterprises.models import Enterprise
from indicators.data.snapshot import Snapshot
from indicators.estimates.projections import FirmProjections, FirmProspect
from indicators.formulas.firm_outlook import Prospect
from indicators.formulas.must_cross import MustCross, must_cross
from indicators.results.indicator_result import IndicatorResult
from parks.models import Park

IN_PLAY = (Prospect.NEAR_MISS, Prospect.ON_PACE, Prospect.SECURED)


@dataclass
class FirmRow:
    """
    One enterprise of the reader's cities; amounts in yuan.

    enterprise is looked up by `name_rows` for those rows that are shown: until then None.
    """

    enterprise_id: int
    city: City
    park: Park | None
    prospect: Prospect
    cumulative: Decimal
    projection: Decimal
    low: Decimal
    high: Decimal
    basis: str
    gap: Decimal
    to_earn: Decimal
    enterprise: Enterprise | None = None


@dataclass(frozen=True)
class PlaceRow:
    """
    How many enterprises of a city or a park have which prospect; None is not reported.

    least, most  of a city: how many will be over at the year's end, by each firm's range
    """

    place: City | Park
    secured: int | None
    on_pace: int | None
    near_miss: int | None
    least: int | None = None
    most: int | None = None


def own_firms(firms: FirmProjections, own: Iterable[str]) -> list[FirmProspect]:
    """
    Return the enterprises of these cities, by code: those in play first, the nearest first.

    Those that have moved to another city since are left out: their names are that city's.
    """
    codes = set(own)
    here = [one for one in firms.every if one.city in codes and one.registered in codes]
    return sorted(here, key=_nearest_first)


def _nearest_first(one: FirmProspect) -> tuple[int, Decimal, int]:
    """Near misses by their gap, then those on pace that are the least sure, then the secured."""
    order = {prospect: n for n, prospect in enumerate((*IN_PLAY, Prospect.OUT_OF_REACH))}
    outlook = one.outlook
    near = outlook.gap if outlook.prospect is Prospect.NEAR_MISS else outlook.projection
    return order[outlook.prospect], near, one.enterprise_id


def firm_rows(snapshot: Snapshot, firms: Iterable[FirmProspect]) -> list[FirmRow]:
    """Return a row for each enterprise, in the same order."""
    city_of = {city.code: city for city in snapshot.cities}
    park_of = {park.pk: park for park in snapshot.parks}
    return [
        FirmRow(
            enterprise_id=one.enterprise_id,
            city=city_of[one.city],
            park=park_of.get(one.park) if one.park else None,
            prospect=one.outlook.prospect,
            cumulative=one.cumulative,
            projection=one.outlook.projection,
            low=one.outlook.low,
            high=one.outlook.high,
            basis=one.outlook.basis,
            gap=one.outlook.gap,
            to_earn=one.outlook.to_earn,
        )
        for one in firms
    ]


def name_rows(rows: Sequence[FirmRow]) -> None:
    """Look the rows' enterprises up: one query. The rows are of the reader's cities already."""
    found = Enterprise.objects.in_bulk([row.enterprise_id for row in rows])
    for row in rows:
        row.enterprise = found.get(row.enterprise_id)


def by_city(result: IndicatorResult, firms: FirmProjections) -> list[PlaceRow]:
    """Return the numbers of every city; None of silent ones."""
    return [
        PlaceRow(
            one.city,
            one.secured,
            one.on_pace,
            one.near_miss,
            firms.least.get(one.city.code, 0),
            firms.most.get(one.city.code, 0),
        )
        if one.secured is not None
        else PlaceRow(one.city, None, None, None)
        for one in result.contributions
    ]


def by_park(snapshot: Snapshot, firms: Iterable[FirmProspect]) -> list[PlaceRow]:
    """Return the numbers of every park in which one of these enterprises is."""
    number = Counter((one.park, one.outlook.prospect) for one in firms)
    return [
        PlaceRow(park, *(number[park.pk, p] for p in reversed(IN_PLAY)))
        for park in snapshot.parks
        if any(number[park.pk, p] for p in IN_PLAY)
    ]


def elsewhere(firms: FirmProjections, own: Iterable[FirmProspect]) -> list[tuple[Prospect, int]]:
    """Return how many enterprises in play are not the reader's, by prospect; none if none."""
    shown = Counter(one.outlook.prospect for one in own)
    rest = [(p, firms.of(p) - shown[p]) for p in IN_PLAY]
    return [(prospect, number) for prospect, number in rest if number]


def what_must_happen(result: IndicatorResult) -> MustCross | None:
    """
    Return how many enterprises must still pass the threshold for the target.

    None without a target of at least so many, once the year is over, and while a city is silent,
    whose enterprises may be over already.
    """
    target = result.target
    if target is None or target.comparator not in (">=", ">") or result.secured is None:
        return None
    if result.quarter.is_year_end or result.provisional:
        return None
    return must_cross(
        target=target.value,
        comparator=target.comparator,
        secured=result.secured,
        on_pace=result.on_pace or 0,
        gaps=[one.outlook.gap for one in result.near_misses],
    )
