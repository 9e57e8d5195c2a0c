"""The parts of a change by city or enterprise, which add up to the whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from indicators.formulas.firms_over import is_over

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class UnitAmount:
    """
    What is on record of one unit in one state of the province.

    amount  in yuan, cumulative; None is not reported
    inside  whether the unit belongs to the set in the numerator of a share
    """

    amount: Decimal | None
    inside: bool = False

    @property
    def counted(self) -> Fraction:
        """What it adds to a sum: nothing while it is not reported."""
        return Fraction(0) if self.amount is None else Fraction(self.amount)


NOT_THERE = UnitAmount(None)
Entries = Mapping[str, UnitAmount]


@dataclass(frozen=True, slots=True)
class SharePart:
    """
    One unit's part of the change of a share: exact fractions.

    by_amount      because its figure changed, came or went
    by_membership  because it joined the set in the numerator, or left it
    """

    unit: str
    by_amount: Fraction
    by_membership: Fraction

    @property
    def whole(self) -> Fraction:
        """Both together."""
        return self.by_amount + self.by_membership


def exact_share(entries: Entries) -> Fraction | None:
    """Return the share of the inside units' amounts, exactly; None if nothing was made."""
    whole = sum((one.counted for one in entries.values()), Fraction(0))
    if not whole:
        return None
    return sum((one.counted for one in entries.values() if one.inside), Fraction(0)) / whole


def share_parts(before: Entries, after: Entries) -> tuple[SharePart, ...] | None:
    """
    Return each unit's part of the change of a share; None without two shares.

    With C inside, P in all, S = C / P, and a unit's dC and dP:

        part = ½ × ((dC − S before × dP) / P after + (dC − S after × dP) / P before)

    The parts add up to the movement exactly, in whatever order the figures came: no unit is
    first or last. The way back has the same parts with the other sign. A unit whose amount and
    membership both changed is split at the middle: dC = mean membership × change of amount
    + change of membership × mean amount.
    """
    s0, s1 = exact_share(before), exact_share(after)
    if s0 is None or s1 is None:
        return None
    p0, p1 = (
        sum((one.counted for one in state.values()), Fraction(0)) for state in (before, after)
    )
    parts = []
    for unit in sorted({*before, *after}):
        was, now = _both(before, after, unit)
        d_amount = now.counted - was.counted
        membership = (now.inside - was.inside) * (was.counted + now.counted) * HALF
        inside = (was.inside + now.inside) * HALF * d_amount
        by_amount = ((inside - s0 * d_amount) / p1 + (inside - s1 * d_amount) / p0) * HALF
        by_membership = (membership / p1 + membership / p0) * HALF
        parts.append(SharePart(unit, by_amount, by_membership))
    return tuple(parts)


def _both(before: Entries, after: Entries, unit: str) -> tuple[UnitAmount, UnitAmount]:
    """Return a unit in both states; where it is missing it did not change its membership."""
    was, now = before.get(unit), after.get(unit)
    if was is None:
        was = UnitAmount(None, now.inside) if now else NOT_THERE
    return was, now or UnitAmount(None, was.inside)


@dataclass(frozen=True, slots=True)
class AmountPart:
    """By how much one unit changed a sum, in yuan; a figure that came or went counts whole."""

    unit: str
    change: Decimal


def amount_parts(before: Entries, after: Entries) -> tuple[AmountPart, ...]:
    """Return by how much each unit changed the sum of amounts; to the cent the whole change."""
    return tuple(
        AmountPart(unit, _amount(after.get(unit)) - _amount(before.get(unit)))
        for unit in sorted({*before, *after})
    )


def _amount(entry: UnitAmount | None) -> Decimal:
    return Decimal(0) if entry is None or entry.amount is None else entry.amount


@dataclass(frozen=True, slots=True)
class CountPart:
    """A unit that came to be counted (+1) or is counted no longer (−1)."""

    unit: str
    change: int


def count_parts(before: Entries, after: Entries, threshold: Decimal) -> tuple[CountPart, ...]:
    """Return the units that are over the threshold in one of two states only."""
    parts = []
    for unit in sorted({*before, *after}):
        was, now = (
            is_over(state.get(unit, NOT_THERE).amount, threshold) for state in (before, after)
        )
        if was is not now:
            parts.append(CountPart(unit, now - was))
    return tuple(parts)
