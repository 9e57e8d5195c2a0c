"""The map of the cities, shaded by a measure that the reader chooses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from clusters import outlines
from clusters.models import City
from foundation.quarters import Quarter
from indicators.catalogue import Measure
from indicators.data.snapshot import Snapshot
from indicators.data.snapshot_cache import cached_by_snapshot
from indicators.drawings.map_classes import class_limits, class_of
from indicators.drawings.map_names import NameSpot, Wanted, name_spots
from indicators.estimates.city_outputs import outputs
from indicators.formulas.incomparable import Incomparable
from indicators.formulas.likely_output import likely_outputs
from indicators.regions.place_figures import CityFigures
from indicators.regions.regional_figures import city_rows
from indicators.verdict.rounding import plain

HUNDRED = Decimal("100")


@dataclass(frozen=True, slots=True)
class ShadeClass:
    """A class of the key: its number from 1, and between which values it is."""

    number: int
    words: str


@dataclass(frozen=True)
class MapMeasure:
    """
    What a map may be shaded by.

    key      its name in the page's elements
    number   its place among the measures, from 1
    title    what it is called
    shades   by the city's code: the class, from 1; a city without a value has none
    classes  the key, the lightest first
    """

    key: str
    number: int
    title: str
    shades: Mapping[str, int]
    classes: tuple[ShadeClass, ...]


@dataclass(frozen=True)
class MapCity:
    """
    A city of the map.

    path     its outline
    cluster  which cluster of the plan it builds, from 1; None if none
    shades   its class by the measures' places in their order; 0 without a value
    """

    city: City
    path: str
    cluster: int | None
    is_silent: bool
    shades: tuple[int, ...]


@dataclass(frozen=True)
class CityMap:
    """
    The map of the cities; clusters last, so that no neighbour covers their outline.

    width, height  of the outlines' coordinates
    has_silent     whether a city is silent
    words          what it shows, for who hears it
    """

    cities: tuple[MapCity, ...]
    measures: tuple[MapMeasure, ...]
    names: tuple[NameSpot, ...]
    width: int
    height: int
    has_silent: bool
    words: str


def city_map(snapshot: Snapshot, quarter: Quarter) -> CityMap:
    """Return the map of a quarter."""
    return _map(snapshot, quarter, get_language())


@cached_by_snapshot(maxsize=16)
def _map(snapshot: Snapshot, quarter: Quarter, language: str | None) -> CityMap:
    rows = city_rows(snapshot, quarter)
    there = outlines.outlines()
    measures = _measures(snapshot, rows, quarter)
    clusters = snapshot.clusters_of(snapshot.plan_for(quarter))
    number = {one.city_id: n for n, one in enumerate(clusters, 1)}
    cities = [
        MapCity(
            city=row.city,
            path=there[row.city.code].path,
            cluster=number.get(row.city.pk),
            is_silent=not row.output_reported,
            shades=tuple(one.shades.get(row.city.code, 0) for one in measures),
        )
        for row in rows
        if row.city.code in there
    ]
    wanted = [
        Wanted(one.city.short, there[one.city.code].x, there[one.city.code].y)
        for one in sorted(cities, key=lambda one: one.cluster is None)
    ]
    return CityMap(
        cities=tuple(sorted(cities, key=lambda one: one.cluster is not None)),
        measures=measures,
        names=name_spots(wanted, outlines.WIDTH, outlines.height()),
        width=outlines.WIDTH,
        height=outlines.height(),
        has_silent=any(one.is_silent for one in cities),
        words=_words(measures, has_silent=any(one.is_silent for one in cities)),
    )


def _measures(
    snapshot: Snapshot, rows: Sequence[CityFigures], quarter: Quarter
) -> tuple[MapMeasure, ...]:
    """Return the measures that the quarter has values of."""
    growth = {row.city.code: row.growth for row in rows if row.growth is not None}
    shares, is_estimate = _shares(snapshot, rows, quarter)
    share = _("Province share (estimate)") if is_estimate else _("Province share")
    found = [("growth", _("Growth on the year"), growth), ("share", share, shares)]
    with_values = [one for one in found if one[2]]
    return tuple(
        _measure(key, number, title, values)
        for number, (key, title, values) in enumerate(with_values, 1)
    )


def _measure(key: str, number: int, title: str, values: Mapping[str, Decimal]) -> MapMeasure:
    percents = {code: value * HUNDRED for code, value in values.items()}
    limits = class_limits(percents.values())
    return MapMeasure(
        key=key,
        number=number,
        title=title,
        shades={code: _shade(value, limits) for code, value in percents.items()},
        classes=tuple(ShadeClass(n, words) for n, words in _key(limits)),
    )


def _shade(value: Decimal, limits: Sequence[Decimal]) -> int:
    """Return a value's shade; the middle one where nothing tells the values apart."""
    return class_of(value, limits) if limits else 2


def _key(limits: Sequence[Decimal]) -> list[tuple[int, str]]:
    """Return the classes with their limits in words; one for all where there are none."""
    if not limits:
        return [(2, _("all alike"))]
    texts = [f"{plain(limit)}" for limit in limits]
    between = [
        pgettext("range", "%(low)s–%(high)s") % {"low": low, "high": high}
        for low, high in zip(texts, texts[1:], strict=False)
    ]
    first = pgettext("class of a map", "under %(limit)s%%") % {"limit": texts[0]}
    last = pgettext("class of a map", "%(limit)s%% and over") % {"limit": texts[-1]}
    return list(enumerate([first, *(f"{one}%" for one in between), last], 1))


def _shares(
    snapshot: Snapshot, rows: Sequence[CityFigures], quarter: Quarter
) -> tuple[dict[str, Decimal], bool]:
    """
    Return the reporting cities' shares of the province, and whether the whole is estimated.

    No share where the silent cities cannot be estimated.
    """
    made = {row.city.code: row.totals.output_value for row in rows if row.output_reported}
    known = {code: amount for code, amount in made.items() if amount is not None}
    silent = len(known) < len(rows)
    rest = _estimated(snapshot, quarter) if silent else Decimal("0")
    whole = sum(known.values(), Decimal("0")) + (rest or Decimal("0"))
    if rest is None or not whole:
        return {}, silent
    return {code: amount / whole for code, amount in known.items()}, silent


def _estimated(snapshot: Snapshot, quarter: Quarter) -> Decimal | None:
    """Return the silent cities' estimated output value together; None where there is none."""
    cities = outputs(snapshot, frozenset(), Measure.OUTPUT_VALUE)
    try:
        found = likely_outputs(
            cities, quarter, cumulative=True, least_weight=snapshot.least_weight(quarter)
        )
    except Incomparable:
        return None
    return sum((one.centre for one in found), Decimal("0")) if isinstance(found, tuple) else None


def _words(measures: Sequence[MapMeasure], *, has_silent: bool) -> str:
    if not measures:
        return _("Map of the cities, without a figure to shade them by")
    words = _("Map of the cities: the darker, the higher the figure that is chosen")
    if has_silent:
        return _("%(map)s; hatched: not reported") % {"map": words}
    return words
