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
from functools import cached_property, lru_cache

from django.utils import timezone

from clusters.models import City
from clusters.quarters import Quarter
from clusters.viewpoint import Viewpoint
from indicators.aggregates import joined_since, snapshot
from indicators.catalogue import INDICATORS, Indicator, Kind
from indicators.coverage import firms_reported
from indicators.formulas.bridge import Bridge, Cause, Cities, count_bridge, share_bridge
from indicators.formulas.contribution import Entry
from indicators.rounded_movement import RoundedMovement, rounded_movement
from indicators.snapshot import Snapshot

ZERO, ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True)
class Side:
    """
    One end of a movement.

    as_of   as known on which day; None is today
    value   exact, in the indicator's unit; None if nobody had reported
    amounts what each city had by its code: output value in yuan, or how many of its
            enterprises were over; None is not reported
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

    @cached_property
    def shown(self) -> RoundedMovement | None:
        """The movement rounded for print so that it adds up; None if an end is not known."""
        if self.start.value is None or self.end.value is None:
            return None
        parts = [
            (one.city.code, cause, part)
            for one in self.cities
            for cause, part in one.by_cause.items()
        ]
        share = self.indicator.kind is Kind.SHARE
        return rounded_movement(
            self.start.value, self.end.value, parts, percent=share, against=self.target
        )


def movement(code: str, now: Viewpoint, then: Viewpoint) -> Movement:
    """
    Return how a target moved from one viewpoint to a later one.

    Raises KeyError for a code not in the catalogue.
    """
    return movement_in(INDICATORS[code], snapshot(then), then.quarter, snapshot(now), now.quarter)


@lru_cache(maxsize=32)
def movement_in(
    indicator: Indicator, then: Snapshot, from_: Quarter, now: Snapshot, to: Quarter
) -> Movement:
    """Return how an indicator moved between two snapshots. Kept as long as they are."""
    share = indicator.kind is Kind.SHARE
    bridge, city_of = (_share if share else _count)(then, from_, now, to)
    target = now.target(indicator.code, to)
    amounts = _outputs if share else _numbers
    before, after = amounts(then, from_), amounts(now, to)
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
        target=target.value if target else None,
        by_cause=bridge.by_cause() if bridge else {},
        cities=tuple(sorted(moved, key=lambda one: (-abs(one.whole), one.city.code))),
        firms=()
        if share
        else tuple(
            FirmStep(int(one.unit), cities[city_of[one.unit]], one.cause, int(one.part))
            for one in steps
        ),
    )


def missing_though_due(of: Snapshot, quarter: Quarter, reported: frozenset[str]) -> frozenset[str]:
    """Return the cities that a snapshot lacks of a quarter although the day for it was over."""
    due_on = of.due_on.get(quarter)
    if due_on is None or timezone.localdate(of.moment) <= due_on:
        return frozenset()
    return frozenset(city.code for city in of.cities) - reported


def _outputs(of: Snapshot, quarter: Quarter) -> dict[str, Decimal | None]:
    return {city.code: of.output_value(city, quarter) for city in of.cities}


def _numbers(of: Snapshot, quarter: Quarter) -> dict[str, Decimal | None]:
    """Return how many enterprises over the threshold each city has; None if not reported."""
    over = Counter(of.over.get(quarter, {}).values())
    return {
        city.code: Decimal(over[city.code]) if firms_reported(of, city, quarter) else None
        for city in of.cities
    }


def _spoke(amounts: Mapping[str, Decimal | None]) -> frozenset[str]:
    return frozenset(code for code, amount in amounts.items() if amount is not None)


def _share(
    then: Snapshot, from_: Quarter, now: Snapshot, to: Quarter
) -> tuple[Bridge | None, dict[str, str]]:
    """Return the bridge of the share, and each unit's city: itself."""

    def entries(of: Snapshot, quarter: Quarter) -> dict[str, Entry]:
        members = of.cluster_cities(quarter)
        return {
            code: Entry(amount, code in members) for code, amount in _outputs(of, quarter).items()
        }

    shown = entries(then, from_)
    bridge = share_bridge(
        shown=shown,
        restated=entries(now, from_),
        now=entries(now, to),
        late=missing_though_due(then, from_, _spoke(_outputs(then, from_))),
    )
    return bridge, {code: code for code in shown}


def _count(
    then: Snapshot, from_: Quarter, now: Snapshot, to: Quarter
) -> tuple[Bridge | None, dict[str, str]]:
    """Return the bridge of the count, and each enterprise's city by its key as text."""
    known, here = _spoke(_numbers(then, from_)), _spoke(_numbers(now, to))
    if not known or not here:
        return None, {}
    states = [of.over.get(q, {}) for of, q in ((then, from_), (now, from_), (now, to))]
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
