"""Growth on a comparable basis (同口径), and its difference from growth as reported."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction


class BasisRole(StrEnum):
    """Why a unit makes the two growths differ."""

    JOINED = "joined"
    LEFT = "left"
    FILLED_IN = "filled_in"


@dataclass(frozen=True, slots=True)
class Difference:
    """
    What one unit adds to reported growth − comparable growth: an exact fraction.

    now, then  its amounts in yuan; None where it was not reported. For one filled in, then
               is what it is now said to have made a year earlier
    """

    unit: str
    role: BasisRole
    now: Decimal | None
    then: Decimal | None
    part: Fraction


@dataclass(frozen=True, slots=True)
class Stayed:
    """Units that were reported both times, given as sums: how many, now and then in yuan."""

    units: int = 0
    now: Decimal = Decimal(0)
    then: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Growth:
    """
    Growth between two periods, as reported and of the same units; fractions, 0.1 is 10 %.

    reported, comparable  None if there is nothing to grow from
    stayed                how many units are compared, those filled in among them
    differences           the units that joined, left or were filled in
    reported − comparable = the sum of the differences' parts, exactly, where both are known
    """

    reported: Fraction | None
    comparable: Fraction | None
    stayed: int
    differences: tuple[Difference, ...]


def growth(
    now: Mapping[str, Decimal | None],
    then: Mapping[str, Decimal | None],
    filled_in: Mapping[str, Decimal | None] | None = None,
    stayed: Stayed = Stayed(),  # noqa: B008
) -> Growth:
    """
    Return growth as reported and on a comparable basis, and what makes the difference.

        reported   = sum of all now / sum of all then − 1
        comparable = the same of the units reported both times

    A unit that joined counts as compared if filled_in gives what it made a year earlier (上年同期
    of this year's return): as in Chinese practice. What filled_in says of a unit
    that did report a year earlier is ignored; its own report stands.

        joined     + now / sum of all then
        left       − (1 + comparable) × then / sum of all then
        filled in  + (1 + comparable) × what was filled in / sum of all then

    None is not reported, and is not 0. The order of the units does not matter. Of units that were
    reported both times nothing but their sums counts: they may be left out and given by `stayed`.
    """
    here, there = _known(now), _known(then)
    filled = {u: a for u, a in _known(filled_in or {}).items() if u in here and u not in there}
    base = {u: a for u, a in (there | filled).items() if u in here}
    more_now, more_then = Fraction(stayed.now), Fraction(stayed.then)
    all_now, all_then = sum(here.values(), more_now), sum(there.values(), more_then)
    base_sum = sum(base.values(), more_then)
    ratio = sum((here[u] for u in base), more_now) / base_sum if base_sum > 0 else None

    def difference(unit: str) -> Difference:
        factor = ratio or Fraction(0)
        if unit in filled:
            role, part = BasisRole.FILLED_IN, factor * filled[unit]
        elif unit in here:
            role, part = BasisRole.JOINED, here[unit]
        else:
            role, part = BasisRole.LEFT, -factor * there[unit]
        before = then.get(unit) if unit in there else (filled_in or {}).get(unit)
        share = part / all_then if all_then > 0 else Fraction(0)
        return Difference(unit, role, now.get(unit), before, share)

    changed = sorted((here.keys() ^ there.keys()) | filled.keys())
    return Growth(
        reported=all_now / all_then - 1 if all_then > 0 else None,
        comparable=None if ratio is None else ratio - 1,
        stayed=len(base) + stayed.units,
        differences=tuple(difference(unit) for unit in changed),
    )


def _known(amounts: Mapping[str, Decimal | None]) -> dict[str, Fraction]:
    """Return the amounts that were reported, exactly."""
    return {unit: Fraction(amount) for unit, amount in amounts.items() if amount is not None}
