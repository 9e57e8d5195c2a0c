"""
What a reader may not be shown, the same on every page, chart, download, paper and API answer.

A reader knows every enterprise of their own cities (request.cities). The rule of
indicators.formulas.disclosure is applied to the other cities: otherwise a total less the known
figures would show another city's. From readers of the whole province nothing is withheld.
Papers and the table for outside use are written for NOBODY's cities.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from foundation.quarters import Quarter
from indicators.data.line_groups import LineGroup, line_groups
from indicators.data.snapshot import Snapshot
from indicators.data.snapshot_cache import cached_by_snapshot
from indicators.formulas.disclosure import (
    FEWEST_FIRMS,
    DisclosureGroup,
    Hidden,
    Mass,
    hidden,
    hidden_parts,
    is_sensitive,
    together,
)
from parks.models import Park

# Codes of the cities whose enterprises a reader sees.
Known = frozenset[str]
NOBODY: Known = frozenset()

KEYS: Mapping[str, Callable[[LineGroup], Hashable]] = {
    "city": lambda line: line.city,
    "park": lambda line: (line.city, line.park_id),
    "field": lambda line: line.field_id,
}


def known_to(request: Any) -> Known:
    """Return the codes of the cities whose enterprises a user sees. One query a request."""
    return frozenset(city.code for city in request.cities)


def everything(snapshot: Snapshot) -> Known:
    """Return the codes of all cities: known to readers of the whole province."""
    return frozenset(city.code for city in snapshot.cities)


def grouped(
    lines: Iterable[LineGroup], key: Callable[[LineGroup], Hashable]
) -> dict[Hashable, list[LineGroup]]:
    """Return the lines by a key."""
    found: dict[Hashable, list[LineGroup]] = defaultdict(list)
    for line in lines:
        found[key(line)].append(line)
    return dict(found)


@cached_by_snapshot(maxsize=256)
def hidden_rows(snapshot: Snapshot, quarter: Quarter, by: str, known: Known) -> Hidden:
    """
    Return which rows of the sums by city, park or field a reader may not be shown.

    Keys as in KEYS. The tables by city and by park are hidden together, because a city less its
    park is the rest of the city. Raises KeyError for what it cannot be grouped by.
    """
    lines = [line for line in line_groups(snapshot, quarter) if line.city not in known]
    if by != "park":
        return hidden(_groups(lines, KEYS[by]))
    cities = hidden(_groups(lines, KEYS["city"]))
    parts = {city: _groups(some, KEYS["park"]) for city, some in grouped(lines, _city).items()}
    return Hidden(hidden_parts(cities, parts), cities.total)


def city_is_withheld(snapshot: Snapshot, quarter: Quarter, city: str, known: Known) -> bool:
    """Return whether the sums of a city's enterprise lines are withheld from a reader."""
    return city in hidden_rows(snapshot, quarter, "city", known).keys


def park_is_withheld(snapshot: Snapshot, quarter: Quarter, park: Park, known: Known) -> bool:
    """
    Return whether all figures of a park for a quarter are withheld from a reader.

    What a city reports of a park is the sum of the park's enterprises, as the lines are. It is
    withheld, too, where the city itself reports that there are too few.
    """
    if park.city.code in known:
        return False
    if (park.city.code, park.pk) in hidden_rows(snapshot, quarter, "park", known).keys:
        return True
    totals = snapshot.park_totals.get((park.pk, quarter))
    firms = totals.firms if totals else None
    return firms is not None and 0 < firms < FEWEST_FIRMS


def sum_is_withheld(
    snapshot: Snapshot, quarter: Quarter, parks: Iterable[Park], known: Known
) -> bool:
    """Return whether a sum over parks, less those that are shown, would give one away."""
    secret = [one for one in parks if park_is_withheld(snapshot, quarter, one, known)]
    groups = [_group_of(snapshot, quarter, park) for park in secret]
    return bool(groups) and (len(groups) < 2 or is_sensitive(together(groups)))


def _group_of(snapshot: Snapshot, quarter: Quarter, park: Park) -> DisclosureGroup:
    """Return a park's enterprises as one group: one enterprise, where no line tells of them."""
    lines = [line for line in line_groups(snapshot, quarter) if line.park_id == park.pk]
    if lines:
        return _group(park.pk, lines)
    output = getattr(snapshot.park_totals.get((park.pk, quarter)), "output_value", None)
    mass = Mass(abs(output or Decimal(0)), abs(output or Decimal(0)))
    return DisclosureGroup(park.pk, 1, (mass, mass))


def _city(line: LineGroup) -> Hashable:
    return line.city


def _groups(
    lines: Iterable[LineGroup], key: Callable[[LineGroup], Hashable]
) -> list[DisclosureGroup]:
    """Return groups as indicators.formulas.disclosure takes them."""
    return [_group(one, some) for one, some in grouped(lines, key).items()]


def _group(key: Hashable, lines: Iterable[LineGroup]) -> DisclosureGroup:
    whole = together(
        [DisclosureGroup(None, line.firms, (line.output_mass, line.revenue_mass)) for line in lines]
    )
    return DisclosureGroup(key, whole.firms, whole.masses)
