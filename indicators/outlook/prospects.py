"""Prospects with their enterprises, of the reader's cities only."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from clusters.models import City
from enterprises.models import Enterprise
from indicators.estimates.projections import FirmProspect

# Most rows on a page; the register has them all.
SHOWN = 100


@dataclass(frozen=True)
class Named:
    """
    Prospects with their enterprises, as far as the reader may see them.

    rows       pairs of Enterprise and FirmProspect, in the order given, SHOWN at most
    more       how many more there are in the reader's cities
    elsewhere  how many there are in other cities
    """

    rows: list[tuple[Enterprise, FirmProspect]]
    more: int
    elsewhere: int


def named(
    prospects: Sequence[FirmProspect],
    cities: QuerySet[City],
    *,
    codes: Collection[str] | None = None,
) -> Named:
    """
    Return the prospects of these cities with their enterprises. Two queries, or none.

    codes are the cities', if they are known already: then it is one query less.

    Enterprises that have moved to another city since are left out: their names are that city's.
    """
    if not prospects:
        return Named([], 0, 0)
    own = set(cities.values_list("code", flat=True)) if codes is None else codes
    here = [one for one in prospects if one.city in own]
    shown = here[:SHOWN]
    within = Enterprise.objects.in_cities(cities).select_related("city")
    by_id = within.in_bulk([one.enterprise_id for one in shown])
    return Named(
        rows=[(by_id[one.enterprise_id], one) for one in shown if one.enterprise_id in by_id],
        more=len(here) - len(shown),
        elsewhere=len(prospects) - len(here),
    )
