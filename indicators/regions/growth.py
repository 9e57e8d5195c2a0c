"""Growth against the same quarter last year, as reported and on a comparable basis (同口径)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusters.models import City
from enterprises.models import Enterprise
from foundation.quarters import Quarter
from indicators.catalogue import Measure
from indicators.data.coverage import firms_reported
from indicators.data.firm_returns import PairedAmount, paired_amounts
from indicators.data.snapshot import Snapshot
from indicators.data.snapshot_cache import cached_by_snapshot
from indicators.formulas.adding_up import parts_that_add_up
from indicators.formulas.comparable_basis import Growth, Stayed, growth
from indicators.verdict.rounding import rounded

PLACES = 2
# Most rows on a page.
SHOWN = 200
PROVINCE, CLUSTERS = "province", "clusters"
# What an enterprise reports in its line.
MEASURES = (Measure.REVENUE, Measure.OUTPUT_VALUE)


class GrowthReason(StrEnum):
    """Why an enterprise is in one of the two sums only, or in both by a filled-in figure."""

    JOINED = "joined"
    LEFT = "left"
    FILLED_IN = "filled_in"


@dataclass(frozen=True)
class GrowthRow:
    """One enterprise that makes the two growths differ; part in percentage points, rounded."""

    enterprise_id: int
    reason: GrowthReason
    now: Decimal | None
    then: Decimal | None
    part: Decimal

    @property
    def why(self) -> str:
        """Return the reason in words."""
        return reason_word(self.reason)


@dataclass(frozen=True, eq=False)
class PlaceGrowth:
    """
    The growth of the province, of the clusters together, or of one city.

    Of the cities that reported both quarters: otherwise silent cities would count as a fall.

    key         province, clusters, or the city's slug
    cities      how many cities reported both quarters; of how many there are
    exact       the formula's result: fractions
    reported, comparable  in percent, rounded; None if there is nothing to grow from
    rows        the enterprises that differ; reported − comparable = the sum of their parts
    withheld    what the page may not show the reader (indicators.regions.growth_disclosure)
    now, then   the sums in yuan of the enterprise lines of these cities, of a single city what
                it reported; None if it has not
    """

    key: str
    city: City | None
    in_cluster: bool
    cities: int
    of: int
    exact: Growth
    now: Decimal | None
    then: Decimal | None
    reported: Decimal | None
    comparable: Decimal | None
    rows: tuple[GrowthRow, ...]
    withheld: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """Return the place's name."""
        if self.city:
            return str(self.city)
        return _("Province") if self.key == PROVINCE else _("The clusters together")

    @property
    def same_cities(self) -> str:
        """Return which cities are compared: "same 13 cities"; empty of a single city."""
        if self.city is not None:
            return ""
        words = ngettext("same %(number)s city", "same %(number)s cities", self.cities)
        return words % {"number": self.cities}

    @property
    def difference(self) -> Decimal | None:
        """Return reported − comparable in percentage points; None if one is not known."""
        if self.reported is None or self.comparable is None:
            return None
        return self.reported - self.comparable

    def part(self, reason: GrowthReason) -> Decimal | None:
        """Return a reason's part of the difference."""
        if self.difference is None:
            return None
        zero = Decimal(0).scaleb(-PLACES)
        return sum((row.part for row in self.rows if row.reason is reason), zero)

    @property
    def parts(self) -> tuple[Decimal | None, ...]:
        """Return every reason's part of the difference, in their order."""
        return tuple(self.part(reason) for reason in GrowthReason)

    @property
    def made_of(self) -> list[tuple[str, int, Decimal | None]]:
        """Return every reason in words, how many enterprises differ by it, and its part."""
        return [
            (reason_word(one), sum(row.reason is one for row in self.rows), self.part(one))
            for one in GrowthReason
        ]


def reason_word(reason: GrowthReason) -> str:
    """Return a reason's name."""
    words = {
        GrowthReason.JOINED: _("Joined"),
        GrowthReason.LEFT: _("Left"),
        GrowthReason.FILLED_IN: _("Compared by last year's figure in this year's return"),
    }
    return words[reason]


@cached_by_snapshot(maxsize=8)
def growths(snapshot: Snapshot, quarter: Quarter, measure: Measure) -> tuple[PlaceGrowth, ...]:
    """
    Return the growth of the province, of the clusters together, and of every city.

    Of the enterprise lines, because only there the same units can be compared. One query; kept as
    long as the snapshot.
    """
    pairs = paired_amounts(snapshot, quarter, measure)
    members = snapshot.cluster_cities(quarter)
    both = frozenset(
        city.code
        for city in snapshot.cities
        if all(firms_reported(snapshot, city, q) for q in (quarter, quarter.year_earlier()))
    )

    def place(key: str, city: City | None, codes: frozenset[str]) -> PlaceGrowth:
        # A single city with one quarter is shown with it, and has no growth.
        counted = codes if city else codes & both
        inside = key == CLUSTERS or (city is not None and city.code in members)
        return _place(
            key,
            city,
            inside,
            (len(codes & both), len(codes)),
            [one for one in pairs if one.city_now in counted],
            [one for one in pairs if one.city_then in counted],
        )

    return (
        place(PROVINCE, None, frozenset(city.code for city in snapshot.cities)),
        place(CLUSTERS, None, members),
        *(place(city.slug, city, frozenset({city.code})) for city in snapshot.cities),
    )


def _place(
    key: str,
    city: City | None,
    in_cluster: bool,
    cities: tuple[int, int],
    now: list[PairedAmount],
    then: list[PairedAmount],
) -> PlaceGrowth:
    exact = growth(
        {str(one.enterprise_id): one.now for one in now if one.enterprise_id},
        {str(one.enterprise_id): one.then for one in then if one.enterprise_id},
        {str(one.enterprise_id): one.year_earlier for one in now if one.enterprise_id},
        _stayed(now),
    )
    sum_now, sum_then = _sum(one.now for one in now), _sum(one.then for one in then)
    # Without a report of this year nothing is known: it did not fall by 100 %.
    both = cities[0] and sum_now is not None and sum_then is not None
    reported = _percent(exact.reported) if both else None
    comparable = _percent(exact.comparable) if both else None
    # A city without both quarters has no growth.
    differences = exact.differences if reported is not None else ()
    parts: tuple[Decimal, ...] = (Decimal(0),) * len(differences)
    if reported is not None and comparable is not None:
        parts = parts_that_add_up(
            [one.part * 100 for one in exact.differences], reported - comparable, places=PLACES
        )
    rows = [
        GrowthRow(int(one.unit), GrowthReason(one.role.value), one.now, one.then, part)
        for one, part in zip(differences, parts, strict=True)
    ]
    return PlaceGrowth(
        key=key,
        city=city,
        in_cluster=in_cluster,
        cities=cities[0],
        of=cities[1],
        exact=exact,
        now=sum_now,
        then=sum_then,
        reported=reported,
        comparable=comparable,
        rows=tuple(sorted(rows, key=lambda row: (-abs(row.part), row.enterprise_id))),
    )


def _stayed(pairs: list[PairedAmount]) -> Stayed:
    """Return the sums of the enterprises that stayed in their city."""
    sums = [one for one in pairs if one.enterprise_id is None]
    return Stayed(
        sum(one.firms for one in sums),
        _sum(one.now for one in sums) or Decimal(0),
        _sum(one.then for one in sums) or Decimal(0),
    )


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [one for one in amounts if one is not None]
    return sum(known, Decimal(0)) if known else None


def _percent(fraction: Fraction | None) -> Decimal | None:
    """Return a fraction in percent, rounded half up."""
    if fraction is None:
        return None
    return rounded(Decimal(round(fraction * 10**30)).scaleb(-28), PLACES)


@dataclass(frozen=True)
class NamedRows:
    """
    The enterprises that differ, as far as the reader may see them; the rest as one sum.

    rows   pairs of Enterprise and Row, SHOWN at most
    rest   how many are not shown, and their parts together in percentage points
    """

    rows: tuple[tuple[Enterprise, GrowthRow], ...]
    rest: int
    rest_part: Decimal


def named_rows(of: PlaceGrowth, cities: QuerySet[City]) -> NamedRows:
    """Return the enterprises behind a place's difference, in the reader's cities. One query."""
    within = Enterprise.objects.in_cities(cities).select_related("city")
    # Most keys in one query, the largest first.
    keys = [row.enterprise_id for row in of.rows[:20_000]]
    by_id = {one.pk: one for one in within.filter(pk__in=keys)} if keys else {}
    shown = [(by_id[r.enterprise_id], r) for r in of.rows if r.enterprise_id in by_id][:SHOWN]
    zero = Decimal(0).scaleb(-PLACES)
    part = sum((row.part for _firm, row in shown), zero)
    return NamedRows(tuple(shown), len(of.rows) - len(shown), (of.difference or zero) - part)
