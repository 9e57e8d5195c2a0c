"""A snapshot as it would be after a publication: calculated from it, nothing is written."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from clusters.models import CityReturn, Publication
from clusters.viewpoint import Viewpoint
from enterprises.models import EnterpriseReturn
from foundation.quarters import Quarter
from indicators.data.enterprise_lines import (
    OVER_FIELDS,
    added_up,
    published_over,
    sorted_by_line,
)
from indicators.data.snapshot import (
    CityTotals,
    LineTotals,
    ParkTotals,
    RestatedSince,
    Snapshot,
)
from indicators.data.snapshot_reader import (
    dated_figures,
    figures_at,
    first_published,
    names_of,
)
from indicators.data.unpublished import Unpublished
from parks.models import ParkReturn


def snapshot_after(snapshot: Snapshot, new: Unpublished) -> Snapshot:
    """
    Return a snapshot of today as it would be if the returns were published. Kept by nobody.

    A fixed number of queries, all of the returns' own quarter; no write and no lock. Made for the
    results of indicators (results_in): sums by park and field, growth and movement do not ask
    for unpublished returns.
    """
    quarter = new.quarter
    first_shown = {**snapshot.first_shown}
    first_shown[quarter] = min(new.at, first_shown.get(quarter, new.at))
    cities, restated_cities = _own_figures(snapshot, new)
    parks, restated_parks = _park_figures(snapshot, new)
    over, restated_over = _over(snapshot, new)
    code = new.city.code
    return replace(
        snapshot,
        moment=new.at,
        updated_at=max(snapshot.updated_at or new.at, new.at),
        first_shown=MappingProxyType(first_shown),
        city_totals=cities,
        lines=_lines(snapshot, new),
        over_by_line=over,
        park_totals=parks,
        restated=RestatedSince(restated_cities, restated_parks, restated_over),
        registered=MappingProxyType(
            {**snapshot.registered, code: snapshot.registered.get(code, 0) + new.joining}
        ),
        pending=snapshot.pending + new.joining,
        is_ephemeral=True,
        unpublished=new,
    )


def _seen(new: Unpublished) -> Viewpoint:
    """Return the viewpoint of the publication's moment."""
    return Viewpoint(new.quarter, None, new.at)


def _own_figures(snapshot: Snapshot, new: Unpublished) -> tuple[Mapping, frozenset]:
    """Return the cities' own totals, and which were others before."""
    published = CityReturn.objects.filter(city=new.city)
    given = [(new.city.code, one) for one in new.totals]
    return _figures(
        new,
        (published, "city__code", CityTotals),
        given,
        (snapshot.city_totals, snapshot.restated.cities),
        {new.city.code},
    )


def _park_figures(snapshot: Snapshot, new: Unpublished) -> tuple[Mapping, frozenset]:
    """Return the parks' figures, and which were others before."""
    published = ParkReturn.objects.filter(park__city=new.city)
    given = [(one.park_id, one) for one in new.parks]
    return _figures(
        new,
        (published, "park_id", ParkTotals),
        given,
        (snapshot.park_totals, snapshot.restated.parks),
        {park.pk for park in snapshot.parks if park.city_id == new.city.pk},
    )


def _figures(
    new: Unpublished,
    source: tuple[Any, str, Any],
    given: Iterable[tuple[Any, Any]],
    known: tuple[Mapping, frozenset],
    whose: set[Any],
) -> tuple[Mapping, frozenset]:
    """
    Return figures by entity and quarter after the publication, and those that once were others.

    source  the city's returns, the field of their entity, and the class of a row
    known   the same before; whose are the entities that it publishes for
    """
    published, key, totals = source
    before = published.filter(period=new.period).published_by(_seen(new))
    rows: list[tuple[tuple[Any, Quarter], datetime | None, Any]] = [
        (slot, until or new.at, figures)
        for slot, until, figures in dated_figures(before, key, totals, {new.period.pk: new.quarter})
    ]
    for entity, one in given:
        figures = totals(*(getattr(one, name) for name in names_of(totals)))
        rows.append(((entity, new.quarter), None, figures))
    now, others = figures_at(rows, new.at)
    replaced = {(entity, new.quarter) for entity in whose}
    figures_before, others_before = known
    return (
        MappingProxyType({k: v for k, v in figures_before.items() if k not in replaced} | now),
        frozenset(one for one in others_before if one[:2] not in replaced) | others,
    )


def _lines(snapshot: Snapshot, new: Unpublished) -> Mapping[tuple[str, Quarter], LineTotals]:
    """Return the sums of the enterprises' lines."""
    code_of = {city.pk: city.code for city in snapshot.cities}
    found = dict(snapshot.lines)
    if new.ending:
        ending = EnterpriseReturn.objects.filter(pk__in=new.ending).order_by()
        cities = set(ending.values_list("city", flat=True))
        for city in cities:
            found.pop((code_of[city], new.quarter), None)
        theirs = EnterpriseReturn.objects.as_of(new.at).filter(period=new.period, city__in=cities)
        found |= added_up(new.remaining(theirs), code_of, {new.period.pk: new.quarter})
    found.pop((new.city.code, new.quarter), None)
    if new.enterprises:
        found[new.city.code, new.quarter] = LineTotals(
            len(new.enterprises),
            _sum(one.output_value for one in new.enterprises),
            _sum(one.revenue for one in new.enterprises),
            sum(one.nil != "" for one in new.enterprises),
        )
    return MappingProxyType(found)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum of those that were reported; None if none was."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def _over(
    snapshot: Snapshot, new: Unpublished
) -> tuple[Mapping[Decimal, Mapping[Quarter, Mapping[int, str]]], Mapping[Decimal, frozenset]]:
    """Return the enterprises over each line, and the quarters in which others once were."""
    lines, quarter = snapshot.over_by_line.keys(), new.quarter
    published = published_over(_seen(new), min(lines)).filter(period=new.period).order_by("pk")
    rows = [
        (
            period,
            firm,
            city,
            revenue,
            since,
            until or (new.at if new.ends(pk, city, period) else None),
        )
        for pk, period, firm, city, revenue, since, until in published.values_list(
            "pk", *OVER_FIELDS
        )
    ]
    own = [row for row in new.rows(OVER_FIELDS) if row[3] is not None]
    first = first_published(Publication.objects.filter(period=new.period))
    first.setdefault((new.city.pk, new.period.pk), new.at)
    over, others = sorted_by_line(
        [*rows, *own],
        lines,
        new.at,
        {city.pk: city.code for city in snapshot.cities},
        {new.period.pk: quarter},
        first,
    )
    return (
        MappingProxyType(
            {
                line: MappingProxyType({**before, quarter: over[line].get(quarter, {})})
                for line, before in snapshot.over_by_line.items()
            }
        ),
        MappingProxyType(
            {
                line: before - {quarter} | others[line]
                for line, before in snapshot.restated.over.items()
            }
        ),
    )
