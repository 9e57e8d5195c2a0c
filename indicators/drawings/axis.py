"""The axis of a small drawing: from a value to a place in percent of the drawing's width."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

WHOLE = Decimal("100")


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis from low to high, which differ."""

    low: Decimal
    high: Decimal

    def at(self, value: Decimal) -> Decimal:
        """Return a value's place in percent: 0 at the axis' low end, 100 at its high end."""
        return (value - self.low) / (self.high - self.low) * WHOLE


def fitted(values: Iterable[Decimal], *, before: Decimal, after: Decimal) -> Axis:
    """
    Return the axis of some values, with room before the least and after the greatest.

    before and after are parts of the distance between these two. Where all values are one, the
    distance is that value, or 1 if it is 0, half of it on either side. Raises ValueError
    without a value.
    """
    every = list(values)
    low, high = min(every), max(every)
    distance = high - low or abs(high) or Decimal("1")
    if low == high:
        low, high = low - distance / 2, high + distance / 2
    return Axis(low - distance * before, high + distance * after)
