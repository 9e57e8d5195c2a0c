"""
Growth as a reader may see it: what would show single enterprises of other cities is withheld.

Comparable and reported growth together give the figures of the enterprises that joined or left;
if these are one or two, that shows their figures.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from foundation.quarters import Quarter
from indicators.catalogue import Measure
from indicators.data.disclosure import Known, everything, hidden_rows
from indicators.data.snapshot import Snapshot
from indicators.formulas.disclosure import (
    DisclosureGroup,
    Hidden,
    Mass,
    hidden,
    is_sensitive,
    together,
)
from indicators.regions.growth import (
    CLUSTERS,
    MEASURES,
    PROVINCE,
    GrowthReason,
    GrowthRow,
    PlaceGrowth,
    growths,
)

# What of a place may be withheld: the sums of its lines, its comparable growth, what the reasons
# make of the difference.
SUMS, COMPARABLE, PARTS = "sums", "comparable", "parts"


def growths_for(
    snapshot: Snapshot, quarter: Quarter, measure: Measure, known: Known
) -> tuple[PlaceGrowth, ...]:
    """
    Return the growth of the province, the clusters and every city, for a reader of known cities.

    What the page may not show is named in the place's withheld: the same for both measures, because
    one would reveal the other.
    """
    places = growths(snapshot, quarter, measure)
    if known >= everything(snapshot):
        return places
    secret = _secrets(snapshot, quarter, known)
    return tuple(replace(one, withheld=secret.get(one.key, frozenset())) for one in places)


def _secrets(snapshot: Snapshot, quarter: Quarter, known: Known) -> Mapping[str, frozenset[str]]:
    """Return what is withheld, by the key of a place."""
    both = [growths(snapshot, quarter, measure) for measure in MEASURES]
    others = [
        pair for pair in zip(*both, strict=True) if pair[0].city and pair[0].city.code not in known
    ]
    sums = _sums(snapshot, quarter, known, others)
    whole = hidden(_group(pair) for pair in others)
    comparable = sums | _under(whole, CLUSTERS, others, None)
    parts = comparable | _parts(others, comparable)
    return {
        key: frozenset(
            name
            for name, keys in ((SUMS, sums), (COMPARABLE, comparable), (PARTS, parts))
            if key in keys
        )
        for key in parts
    }


Pair = tuple[PlaceGrowth, ...]


def _sums(snapshot: Snapshot, quarter: Quarter, known: Known, others: Sequence[Pair]) -> set[str]:
    """Return the places of which the sum of the lines of one of the two quarters is hidden."""
    found: set[str] = set()
    for one in (quarter, quarter.year_earlier()):
        secret = hidden_rows(snapshot, one, "city", known)
        found |= {pair[0].key for pair in others if _code(pair) in secret.keys}
        if secret.total:
            found.add(PROVINCE)
    # The province's sum is of the cities that reported both quarters, and what hides one city
    # behind another in the table of all may be a city that is not among them.
    province = next(one for one in growths(snapshot, quarter, MEASURES[0]) if one.key == PROVINCE)
    if found and province.cities < province.of:
        found.add(PROVINCE)
    # Less the cities that are shown, the clusters' sum is that of one side.
    return found | ({CLUSTERS} if found else set())


def _parts(others: Sequence[Pair], already: set[str]) -> set[str]:
    """Return the places whose parts of the difference by reason are withheld."""
    by_reason = {reason: hidden(_group(pair, reason) for pair in others) for reason in GrowthReason}
    found = already | {str(key) for one in by_reason.values() for key in one.keys}
    for reason, secret in by_reason.items():
        closed = [pair for pair in others if pair[0].key in found and _rows(pair, reason)]
        # A single hidden cell of a column is the column's total less the shown ones.
        alone = Hidden(frozenset(), total=secret.total or len(closed) == 1)
        found |= _under(alone, CLUSTERS, closed, reason)
    return found


def _under(
    secret: Hidden, subtotal: str, pairs: Iterable[Pair], reason: GrowthReason | None
) -> set[str]:
    """
    Return the keys that are hidden of a column: its cells, and its total and subtotal.

    The clusters' row is withheld where what is hidden on one side of it is sensitive together:
    the clusters less the shown cities, or the province less the clusters.
    """
    cells = {str(key) for key in secret.keys}
    found = set(cells)
    if secret.total:
        found |= {PROVINCE, subtotal}
    for inside in (True, False):
        side = [
            _group(pair, reason)
            for pair in pairs
            if pair[0].in_cluster is inside and pair[0].key in cells
        ]
        filled = [one for one in side if one.firms]
        if filled and is_sensitive(together(filled)):
            found.add(subtotal)
    return found


def _code(pair: Pair) -> str | None:
    return pair[0].city.code if pair[0].city else None


def _rows(pair: Pair, reason: GrowthReason | None) -> list[list[GrowthRow]]:
    """Return a place's differing enterprises, of one reason or of all, for each measure."""
    kept = [[row for row in one.rows if reason in (None, row.reason)] for one in pair]
    return kept if any(kept) else []


def _group(pair: Pair, reason: GrowthReason | None = None) -> DisclosureGroup:
    """Return a place's differing enterprises as indicators.formulas.disclosure takes them."""
    every = _rows(pair, reason)
    firms = {row.enterprise_id for rows in every for row in rows}
    return DisclosureGroup(pair[0].key, len(firms), tuple(_mass(rows) for rows in every))


def _mass(rows: Iterable[GrowthRow]) -> Mass:
    amounts = [abs((row.now if row.then is None else row.then) or Decimal(0)) for row in rows]
    return Mass(sum(amounts, Decimal(0)), max(amounts, default=Decimal(0)))
