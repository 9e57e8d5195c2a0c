"""
Why a target is another number now (N9): the bridge between two snapshots, with its names.

    movement(code, now, then)   from viewpoint to viewpoint: what the briefing asks
    movement_in(...)            the same from two snapshots that a page has in hand

A movement is exact: its parts are fractions that add up to it. `shown` rounds them so that
what is printed adds up as well.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from django.utils import timezone

from clusters.models import City
from clusters.quarters import Quarter
from clusters.viewpoint import Viewpoint
from indicators import sentences
from indicators.aggregates import joined_since, snapshot
from indicators.catalogue import Indicator, Kind
from indicators.coverage import firms_reported
from indicators.formulas.bridge import (
    Bridge,
    Cause,
    Cities,
    amount_bridge,
    count_bridge,
    share_bridge,
)
from indicators.formulas.contribution import Entry
from indicators.keeping import kept
from indicators.results import written_as
from indicators.rounded_movement import RoundedMovement, rounded_movement
from indicators.sentences import scale_of
from indicators.share_result import numerator_cities
from indicators.snapshot import Snapshot

ZERO, ONE = Decimal(0), Decimal(1)
# A movement is smaller than the figure, and shown to one place more.
PLACES_OF_A_MOVEMENT = {sentences.Kind.SHARE: 2, sentences.Kind.MONEY: 4}


@dataclass(frozen=True)
class Side:
    """
    One end of a movement.

    as_of   as known on which day; None is today
    value   exact, in the indicator's unit; None if nobody had reported
    amounts what each city had by its code: the measure (yuan if it is money), or how many
            of its enterprises were over; None is not reported
    """

    quarter: Quarter
    as_of: date | None
    value: Fraction | None
    amounts: Mapping[str, Decimal | None]


@dataclass(frozen=True)
class CityPart:
    """What one city did to the figure, by cause: exact, in the indicator's unit."""

    city: City
    by_cause: Mapping[Cause, Fraction]
    before: Decimal | None
    after: Decimal | None

    @property
    def whole(self) -> Fraction:
        """What it did in all."""
        return sum(self.by_cause.values(), Fraction(0))


@dataclass(frozen=True)
class FirmStep:
    """An enterprise that came to be counted (+1) or is counted no longer (−1), and why."""

    enterprise_id: int
    city: City
    cause: Cause
    change: int


@dataclass(frozen=True, eq=False)
class Movement:
    """
    From one figure to another: what, by how much, why, and by whom.

    by_cause  every cause with its part; empty if one end has no figure
    cities    the cities that moved it, the largest part first
    firms     of a count: the enterprises behind it, by cause
    """

    indicator: Indicator
    start: Side
    end: Side
    target: Decimal | None
    by_cause: Mapping[Cause, Fraction]
    cities: tuple[CityPart, ...]
    firms: tuple[FirmStep, ...]

    @property
    def is_known(self) -> bool:
        """Whether both ends have a figure."""
        return self.start.value is not None and self.end.value is not None

    @property
    def whole(self) -> Fraction:
        """By how much the figure moved; 0 where an end is not known."""
        return sum(self.by_cause.values(), Fraction(0))

    @property
    def shown(self) -> RoundedMovement | None:
        """The movement rounded for print so that it adds up; None if an end is not known."""
        if self.start.value is None or self.end.value is None:
            return None
        # The unit of an amount, and so the rounding, is the reader's language's.
        scale = scale_of(written_as(self.indicator))
        if scale not in self._rounded:
            self._rounded[scale] = self._rounded_by(scale, self.start.value, self.end.value)
        return self._rounded[scale]

    @cached_property
    def _rounded(self) -> dict[Decimal, RoundedMovement]:
        """What was rounded already, by its scale."""
        return {}

    def _rounded_by(self, scale: Decimal, start: Fraction, end: Fraction) -> RoundedMovement:
        parts = [
            (one.city.code, cause, part)
            for one in self.cities
            for cause, part in one.by_cause.items()
        ]
        return rounded_movement(
            start,
            end,
            parts,
            scale=scale,
            least=PLACES_OF_A_MOVEMENT.get(written_as(self.indicator), 0),
            against=self.target,
        )


# What can be split by who reported what. Established things are on record and not reported.
SPLIT = (Kind.SHARE, Kind.COUNT, Kind.LEVEL)


def movement(code: str, now: Viewpoint, then: Viewpoint) -> Movement:
    """
    Return how an indicator moved from one viewpoint to a later one.

    Raises KeyError for a code that nobody defines, or whose figure cannot be split.
    """
    of = snapshot(now)
    indicator = of.indicator(code, now.quarter)
    if indicator is None or indicator.kind not in SPLIT:
        raise KeyError(code)
    return movement_in(of, now.quarter, snapshot(then), then.quarter, indicator)


@kept(maxsize=32)
def movement_in(
    now: Snapshot, to: Quarter, then: Snapshot, from_: Quarter, indicator: Indicator
) -> Movement:
    """Return how an indicator moved between two snapshots. Kept as long as they are."""
    firms = indicator.kind is Kind.COUNT
    bridge, city_of = (_count if firms else _figures)(indicator, then, from_, now, to)
    target = now.target(indicator.code, to)
    before, after = _amounts(indicator, then, from_), _amounts(indicator, now, to)
    steps = bridge.steps if bridge else ()
    parts: dict[str, dict[Cause, Fraction]] = defaultdict(dict)
    for step in steps:
        code = city_of[step.unit]
        parts[code][step.cause] = parts[code].get(step.cause, Fraction(0)) + step.part
    cities = {city.code: city for city in now.cities}
    moved = [
        CityPart(cities[code], by_cause, before.get(code), after.get(code))
        for code, by_cause in parts.items()
        if any(by_cause.values())
    ]
    return Movement(
        indicator=indicator,
        start=Side(from_, then.as_of, bridge.start if bridge else None, before),
        end=Side(to, now.as_of, bridge.end if bridge else None, after),
        target=target.in_base_unit(target.value) if target else None,
        by_cause=bridge.by_cause() if bridge else {},
        cities=tuple(sorted(moved, key=lambda one: (-abs(one.whole), one.city.code))),
        firms=tuple(
            FirmStep(int(one.unit), cities[city_of[one.unit]], one.cause, int(one.part))
            for one in steps
        )
        if firms
        else (),
    )


def missing_though_due(of: Snapshot, quarter: Quarter, reported: frozenset[str]) -> frozenset[str]:
    """Return the cities that a snapshot lacks of a quarter although the day for it was over."""
    due_on = of.due_on.get(quarter)
    if due_on is None or timezone.localdate(of.moment) <= due_on:
        return frozenset()
    return frozenset(city.code for city in of.cities) - reported


def _amounts(indicator: Indicator, of: Snapshot, quarter: Quarter) -> dict[str, Decimal | None]:
    """Return what each city has: the measure, or how many enterprises over the line."""
    if indicator.kind is not Kind.COUNT:
        assert indicator.measure is not None
        return {city.code: of.figure(city, quarter, indicator.measure) for city in of.cities}
    over = Counter(of.over_by_line.get(indicator.line, {}).get(quarter, {}).values())
    return {
        city.code: Decimal(over[city.code]) if firms_reported(of, city, quarter) else None
        for city in of.cities
    }


def _spoke(amounts: Mapping[str, Decimal | None]) -> frozenset[str]:
    return frozenset(code for code, amount in amounts.items() if amount is not None)


def _figures(
    indicator: Indicator, then: Snapshot, from_: Quarter, now: Snapshot, to: Quarter
) -> tuple[Bridge | None, dict[str, str]]:
    """Return the bridge of a share or of a total, and each unit's city: itself."""

    def entries(of: Snapshot, quarter: Quarter) -> dict[str, Entry]:
        members = numerator_cities(of, indicator, quarter)
        amounts = _amounts(indicator, of, quarter)
        return {code: Entry(amount, code in members) for code, amount in amounts.items()}

    shown, end = entries(then, from_), entries(now, to)
    known = _spoke(_amounts(indicator, then, from_))
    city_of = {code: code for code in shown}
    if not known or not _spoke(_amounts(indicator, now, to)):
        return None, city_of
    split = share_bridge if indicator.kind is Kind.SHARE else amount_bridge
    late = missing_though_due(then, from_, known)
    return split(shown=shown, restated=entries(now, from_), now=end, late=late), city_of


def _count(
    indicator: Indicator, then: Snapshot, from_: Quarter, now: Snapshot, to: Quarter
) -> tuple[Bridge | None, dict[str, str]]:
    """Return the bridge of the count, and each enterprise's city by its key as text."""
    line = indicator.line
    if line not in then.over_by_line or line not in now.over_by_line:
        return None, {}
    known = _spoke(_amounts(indicator, then, from_))
    here = _spoke(_amounts(indicator, now, to))
    if not known or not here:
        return None, {}
    ends = ((then, from_), (now, from_), (now, to))
    states = [of.over_by_line[line].get(quarter, {}) for of, quarter in ends]
    # Of whom a later state knows the city, that is where the enterprise is.
    city_of = {str(firm): code for state in states for firm, code in state.items()}
    changed = {firm for state in states for firm in state if not all(firm in s for s in states)}
    joined = joined_since(changed, then.moment) if changed and then is not now else frozenset()
    # That they are over is known, and no more is wanted: each is a one over a threshold of none.
    shown, restated, end = ({str(firm): Entry(ONE) for firm in state} for state in states)
    bridge = count_bridge(
        shown=shown,
        restated=restated,
        now=end,
        city_of=city_of,
        cities=Cities(missing_though_due(then, from_, known), known, here),
        joined={str(firm) for firm in joined},
        threshold=ZERO,
    )
    return bridge, city_of
