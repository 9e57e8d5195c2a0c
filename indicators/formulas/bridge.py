"""
The bridge (N9): the difference of two figures split by cause, exactly.

Three states, because two things change between two moments: what is known of the quarter shown
then, and which quarter is shown.

    shown     the quarter shown then, as it was known then
    restated  the same quarter, as it is known now
    now       the quarter shown now, as it is known now

From shown to restated the causes are late cities, new data, corrections and the register;
from restated to now it is new data, and cities that have not yet reported the newer quarter.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from indicators.formulas.contribution import (
    Entries,
    amount_parts,
    count_parts,
    exact_share,
    share_parts,
)
from indicators.formulas.firms_over import is_over


class Cause(StrEnum):
    """Why a figure changed, in the order in which a bridge is drawn."""

    LATE = "late_cities"
    CORRECTION = "corrections"
    REGISTER = "register_changes"
    NEW = "new_data"


@dataclass(frozen=True, slots=True)
class BridgeStep:
    """The part of one unit (city or enterprise) by one cause; never 0."""

    cause: Cause
    unit: str
    part: Fraction


@dataclass(frozen=True, slots=True)
class Bridge:
    """From one figure to another. start + the parts of all steps = end, exactly."""

    start: Fraction
    end: Fraction
    steps: tuple[BridgeStep, ...]

    @property
    def movement(self) -> Fraction:
        """The difference of the two figures."""
        return self.end - self.start

    def part(self, cause: Cause) -> Fraction:
        """Return a cause's part in all."""
        return sum((step.part for step in self.steps if step.cause is cause), Fraction(0))

    def by_cause(self) -> dict[Cause, Fraction]:
        """Return every cause with its part, in the order of drawing."""
        return {cause: self.part(cause) for cause in Cause}


@dataclass(frozen=True, slots=True)
class Cities:
    """
    The cities as the bridge distinguishes them, by code.

    late   their first figure of the quarter shown then came after it was due
    known  had reported the quarter shown then by that moment
    here   have reported the quarter shown now
    """

    late: Collection[str] = field(default_factory=frozenset)
    known: Collection[str] = field(default_factory=frozenset)
    here: Collection[str] = field(default_factory=frozenset)

    def on_arrival(self, city: str) -> Cause:
        """Return the cause for what changed of the quarter shown then."""
        if city in self.known:
            return Cause.CORRECTION
        return Cause.LATE if city in self.late else Cause.NEW

    def on_moving_on(self, city: str) -> Cause:
        """Return the cause for what changed from quarter to quarter."""
        return Cause.NEW if city in self.here else Cause.LATE


def share_bridge(
    *, shown: Entries, restated: Entries, now: Entries, late: Collection[str] = ()
) -> Bridge | None:
    """
    Return the bridge of a share, its units being cities; None without a share in each state.

    A city that joined the set in the numerator, or left it, did so by the register. late names
    the cities whose first figure of the quarter shown then came after it was due. Which figure
    of a state came first does not matter.
    """
    start, end = exact_share(shown), exact_share(now)
    before, after = share_parts(shown, restated), share_parts(restated, now)
    if start is None or end is None or before is None or after is None:
        return None
    cities = Cities(late, _spoke(shown), _spoke(now))
    steps = [
        step
        for parts, cause_of in ((before, cities.on_arrival), (after, cities.on_moving_on))
        for part in parts
        for step in (
            BridgeStep(cause_of(part.unit), part.unit, part.by_amount),
            BridgeStep(Cause.REGISTER, part.unit, part.by_membership),
        )
    ]
    return Bridge(start, end, _gathered(steps))


def amount_bridge(
    *, shown: Entries, restated: Entries, now: Entries, late: Collection[str] = ()
) -> Bridge:
    """Return the bridge of the cities' sum in yuan: every part is exact to the cent."""
    cities = Cities(late, _spoke(shown), _spoke(now))
    steps = [
        BridgeStep(cause_of(part.unit), part.unit, Fraction(part.change))
        for parts, cause_of in (
            (amount_parts(shown, restated), cities.on_arrival),
            (amount_parts(restated, now), cities.on_moving_on),
        )
        for part in parts
    ]
    return Bridge(_sum(shown), _sum(now), _gathered(steps))


def count_bridge(
    *,
    shown: Entries,
    restated: Entries,
    now: Entries,
    city_of: Mapping[str, str],
    cities: Cities,
    joined: Collection[str] = (),
    threshold: Decimal,
) -> Bridge:
    """
    Return the bridge of a count over a threshold, its units being enterprises.

    city_of gives each enterprise's city; joined names those that were not in the register at
    the earlier moment: what they add, they add by the register. Otherwise an enterprise's
    change is its city's: late, or a correction if the city had reported already, or new data.
    """

    def steps(
        before: Entries, after: Entries, cause_of: Callable[[str], Cause]
    ) -> list[BridgeStep]:
        return [
            BridgeStep(
                Cause.REGISTER if part.unit in joined else cause_of(city_of[part.unit]),
                part.unit,
                Fraction(part.change),
            )
            for part in count_parts(before, after, threshold)
        ]

    found = [
        *steps(shown, restated, cities.on_arrival),
        *steps(restated, now, cities.on_moving_on),
    ]
    return Bridge(_count(shown, threshold), _count(now, threshold), _gathered(found))


def _gathered(steps: Iterable[BridgeStep]) -> tuple[BridgeStep, ...]:
    """Return one step for each cause and unit, by cause; those of part 0 are left out."""
    done: dict[tuple[Cause, str], Fraction] = {}
    for step in steps:
        key = step.cause, step.unit
        done[key] = done.get(key, Fraction(0)) + step.part
    order = list(Cause)
    return tuple(
        BridgeStep(cause, unit, part)
        for (cause, unit), part in sorted(
            done.items(), key=lambda one: (order.index(one[0][0]), one[0][1])
        )
        if part
    )


def _spoke(entries: Entries) -> frozenset[str]:
    return frozenset(unit for unit, entry in entries.items() if entry.amount is not None)


def _sum(entries: Entries) -> Fraction:
    return sum((one.counted for one in entries.values()), Fraction(0))


def _count(entries: Entries, threshold: Decimal) -> Fraction:
    return Fraction(sum(is_over(one.amount, threshold) for one in entries.values()))
