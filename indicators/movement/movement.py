"""
Movements (N9): the bridge of an indicator between two snapshots, by cause, city and enterprise.

    movement(code, now, then)   from viewpoint to viewpoint: what the briefing asks
    movement_in(...)            the same from two snapshots that a page has in hand

A movement compares the same months: a quarter in two years, of the cities that reported both; or
one quarter as known on two days, which differ by corrections and late cities. Between other
months, or across two plans, there is none.

A movement is exact: its parts are fractions that add up to it. `shown` rounds them so that they
add up as printed.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from django.utils import timezone

from clusters.models import City
from clusters.viewpoint import Viewpoint
from foundation.quarters import Quarter
from indicators.catalogue import Indicator, IndicatorKind
from indicators.data.coverage import firms_reported
from indicators.data.firm_returns import joined_since
from indicators.data.snapshot import Snapshot
from indicators.data.snapshot_cache import cached_by_snapshot
from indicators.data.snapshot_reader import snapshot
from indicators.formulas.bridge import (
    Bridge,
    Cause,
    Cities,
    amount_bridge,
    count_bridge,
    share_bridge,
)
from indicators.formulas.contribution import UnitAmount
from indicators.movement.changes import in_one_plan
from indicators.movement.rounded_movement import RoundedMovement, rounded_movement
from indicators.results.indicator_result import written_as
from indicators.results.share_result import numerator_cities
from indicators.verdict import sentences
from indicators.verdict.sentences import scale_of

ZERO, ONE = Decimal(0), Decimal(1)
# A movement is smaller than the figure, and shown to one place more.
PLACES_OF_A_MOVEMENT = {sentences.ValueKind.SHARE: 2, sentences.ValueKind.MONEY: 4}


class NoMovement(StrEnum):
    """Why there is no movement."""

    OTHER_MONTHS = "other_months"
    OTHER_PLAN = "other_plan"
    NO_FIGURE = "no_figure"
    NO_SAME_CITY = "no_same_city"


@dataclass(frozen=True)
class Side:
    """
    One end of a movement.

    as_of   as known on which day; None is today
    value   exact, in the indicator's unit, of the cities that are compared; None if no city had
            reported, or there is no movement
    cities  how many cities the value is of
    amounts what each city had by its code: the measure (yuan if it is money), or how many
            of its enterprises were over; None is not reported
    """

    quarter: Quarter
    as_of: date | None
    value: Fraction | None
    amounts: Mapping[str, Decimal | None]
    cities: int = 0

    @property
    def is_complete(self) -> bool:
        """Whether no city is missing from the value."""
        return self.cities == len(self.amounts)


@dataclass(frozen=True)
class CityPart:
    """One city's part of a movement, by cause: exact, in the indicator's unit."""

    city: City
    by_cause: Mapping[Cause, Fraction]
    before: Decimal | None
    after: Decimal | None

    @property
    def whole(self) -> Fraction:
        """Its part in all."""
        return sum(self.by_cause.values(), Fraction(0))


@dataclass(frozen=True)
class FirmStep:
    """An enterprise counted at the end only (+1) or at the start only (−1), with the cause."""

    enterprise_id: int
    city: City
    cause: Cause
    change: int


@dataclass(frozen=True, eq=False)
class Movement:
    """
    The movement of an indicator from one figure to another.

    by_cause  every cause with its part; empty if one end has no figure
    cities    the cities with a part, the largest first
    firms     of a count: the enterprises behind it, by cause
    why_not   why there is no movement; None if there is one
    left_out  of two years: the cities that are silent in one of the two quarters
    """

    indicator: Indicator
    start: Side
    end: Side
    target: Decimal | None
    by_cause: Mapping[Cause, Fraction]
    cities: tuple[CityPart, ...]
    firms: tuple[FirmStep, ...]
    why_not: NoMovement | None = None
    left_out: tuple[City, ...] = ()

    @property
    def is_over_years(self) -> bool:
        """Whether it lies between two years, and so is of the same cities."""
        return self.start.quarter != self.end.quarter

    @property
    def is_known(self) -> bool:
        """Whether both ends have a figure."""
        return self.start.value is not None and self.end.value is not None

    @property
    def whole(self) -> Fraction:
        """The difference of the two figures; 0 where an end is not known."""
        return sum(self.by_cause.values(), Fraction(0))

    @property
    def shown(self) -> RoundedMovement | None:
        """The movement rounded for print so that it adds up; None if an end is not known."""
        if self.start.value is None or self.end.value is None:
            return None
        # The unit of an amount, and so the rounding, depends on the reader's language.
        scale = scale_of(written_as(self.indicator))
        if scale not in self._rounded:
            self._rounded[scale] = self._rounded_by(scale, self.start.value, self.end.value)
        return self._rounded[scale]

    @cached_property
    def _rounded(self) -> dict[Decimal, RoundedMovement]:
        """The rounded movements, by scale."""
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


def movement(code: str, now: Viewpoint, then: Viewpoint) -> Movement:
    """
    Return how an indicator moved from one viewpoint to a later one.

    Raises KeyError for a code that no plan defines, or whose figure cannot be split.
    """
    seen = snapshot(now)
    indicator = seen.indicator(code, now.quarter)
    if indicator is None or not indicator.is_split:
        raise KeyError(code)
    return movement_in(seen, now.quarter, snapshot(then), then.quarter, indicator)


@cached_by_snapshot(maxsize=32)
def movement_in(
    now: Snapshot, to: Quarter, then: Snapshot, from_: Quarter, indicator: Indicator
) -> Movement:
    """Return how an indicator moved between two snapshots. Cached as long as they are."""
    before, after = _amounts(indicator, then, from_), _amounts(indicator, now, to)
    why_not = _why_not(now, to, from_, before, after)
    target = now.target(indicator.code, to)
    start, end = Side(from_, then.as_of, None, before), Side(to, now.as_of, None, after)
    wanted = target.in_base_unit(target.value) if target else None
    if why_not is not None:
        return Movement(indicator, start, end, wanted, {}, (), (), why_not)
    reporting = _reporting(before), _reporting(after)
    compared = frozenset(before) if from_ == to else reporting[0] & reporting[1]
    firms = indicator.kind is IndicatorKind.COUNT
    split = _count if firms else _figures
    bridge, city_of = split(indicator, then, from_, now, to, compared)
    if bridge is None:
        return Movement(indicator, start, end, wanted, {}, (), (), NoMovement.NO_FIGURE)
    cities = {city.code: city for city in now.cities}
    return Movement(
        indicator=indicator,
        start=replace(start, value=bridge.start, cities=len(reporting[0] & compared)),
        end=replace(end, value=bridge.end, cities=len(reporting[1] & compared)),
        target=wanted,
        by_cause=bridge.by_cause(),
        cities=_city_parts(bridge, city_of, cities, before, after),
        firms=tuple(
            FirmStep(int(one.unit), cities[city_of[one.unit]], one.cause, int(one.part))
            for one in bridge.steps
        )
        if firms
        else (),
        left_out=tuple(city for city in now.cities if city.code not in compared),
    )


def _why_not(
    snapshot: Snapshot,
    to: Quarter,
    from_: Quarter,
    before: Mapping[str, Decimal | None],
    after: Mapping[str, Decimal | None],
) -> NoMovement | None:
    """Return why there is no movement between two quarters; None if there is one."""
    if from_.quarter != to.quarter:
        return NoMovement.OTHER_MONTHS
    if not in_one_plan(snapshot, to, from_):
        return NoMovement.OTHER_PLAN
    if not _reporting(before) or not _reporting(after):
        return NoMovement.NO_FIGURE
    if from_ != to and not _reporting(before) & _reporting(after):
        return NoMovement.NO_SAME_CITY
    return None


def _city_parts(
    bridge: Bridge,
    city_of: Mapping[str, str],
    cities: Mapping[str, City],
    before: Mapping[str, Decimal | None],
    after: Mapping[str, Decimal | None],
) -> tuple[CityPart, ...]:
    """Return each city's part by cause, the largest first."""
    parts: dict[str, dict[Cause, Fraction]] = defaultdict(dict)
    for step in bridge.steps:
        code = city_of[step.unit]
        parts[code][step.cause] = parts[code].get(step.cause, Fraction(0)) + step.part
    moved = [
        CityPart(cities[code], by_cause, before.get(code), after.get(code))
        for code, by_cause in parts.items()
        if any(by_cause.values())
    ]
    return tuple(sorted(moved, key=lambda one: (-abs(one.whole), one.city.code)))


def missing_though_due(
    snapshot: Snapshot, quarter: Quarter, reported: frozenset[str]
) -> frozenset[str]:
    """Return the cities without a figure of a quarter although its due day was over."""
    due_on = snapshot.due_on.get(quarter)
    if due_on is None or timezone.localdate(snapshot.moment) <= due_on:
        return frozenset()
    return frozenset(city.code for city in snapshot.cities) - reported


def _amounts(
    indicator: Indicator, snapshot: Snapshot, quarter: Quarter
) -> dict[str, Decimal | None]:
    """Return each city's figure: the measure, or the number of enterprises over the line."""
    if indicator.kind is not IndicatorKind.COUNT:
        assert indicator.measure is not None
        return {
            city.code: snapshot.figure(city, quarter, indicator.measure) for city in snapshot.cities
        }
    over = Counter(snapshot.over_by_line.get(indicator.line, {}).get(quarter, {}).values())
    return {
        city.code: Decimal(over[city.code]) if firms_reported(snapshot, city, quarter) else None
        for city in snapshot.cities
    }


def _reporting(amounts: Mapping[str, Decimal | None]) -> frozenset[str]:
    """Return the codes of the cities with a figure."""
    return frozenset(code for code, amount in amounts.items() if amount is not None)


def _figures(
    indicator: Indicator,
    then: Snapshot,
    from_: Quarter,
    now: Snapshot,
    to: Quarter,
    compared: frozenset[str],
) -> tuple[Bridge | None, dict[str, str]]:
    """Return the bridge of a share or of a total, and each unit's city: itself."""

    def entries(snapshot: Snapshot, quarter: Quarter) -> dict[str, UnitAmount]:
        members = numerator_cities(snapshot, indicator, quarter)
        amounts = _amounts(indicator, snapshot, quarter)
        return {
            code: UnitAmount(amount, code in members)
            for code, amount in amounts.items()
            if code in compared
        }

    split = share_bridge if indicator.kind is IndicatorKind.SHARE else amount_bridge
    known = _reporting(_amounts(indicator, then, from_))
    bridge = split(
        shown=entries(then, from_),
        restated=entries(now, from_),
        now=entries(now, to),
        late=missing_though_due(then, from_, known),
    )
    return bridge, {code: code for code in compared}


def _count(
    indicator: Indicator,
    then: Snapshot,
    from_: Quarter,
    now: Snapshot,
    to: Quarter,
    compared: frozenset[str],
) -> tuple[Bridge | None, dict[str, str]]:
    """Return the bridge of the count, and each enterprise's city by its key as text."""
    line = indicator.line
    if line not in then.over_by_line or line not in now.over_by_line:
        return None, {}
    known = _reporting(_amounts(indicator, then, from_))
    here = _reporting(_amounts(indicator, now, to))
    ends = ((then, from_), (now, from_), (now, to))
    states = [
        {
            firm: code
            for firm, code in state.over_by_line[line].get(quarter, {}).items()
            if code in compared
        }
        for state, quarter in ends
    ]
    # The newest state with an enterprise gives its city.
    city_of = {str(firm): code for state in states for firm, code in state.items()}
    changed = {firm for state in states for firm in state if not all(firm in s for s in states)}
    joined = joined_since(changed, then.moment) if changed and then is not now else frozenset()
    # Only whether they are over matters: each is an amount of one over a threshold of zero.
    shown, restated, end = ({str(firm): UnitAmount(ONE) for firm in state} for state in states)
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
