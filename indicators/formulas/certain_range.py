"""The certain range of a figure: the ends between which it must lie, by the accepted cells."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class CertainRange:
    """
    The certain range of a figure, in its unit; None is an open end: nothing is certain there.

    It holds as long as no accepted figure is corrected and no cumulative figure falls within
    the year. withdrawn is True where one has: then nothing is certain any more.
    """

    low: Decimal | None
    high: Decimal | None
    withdrawn: bool = False

    @property
    def open(self) -> tuple[str, ...]:
        """The names of its open ends: low, high."""
        ends = (("low", self.low), ("high", self.high))
        return tuple(name for name, end in ends if end is None)

    @property
    def is_exact(self) -> bool:
        """Whether both ends are one known value."""
        return self.low is not None and self.low == self.high

    def holds(self, value: Decimal) -> bool:
        """Return whether a value lies in it, its ends included."""
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)

    def contains(self, other: "CertainRange") -> bool:
        """Return whether another range lies in it; an open end of the other needs one here."""
        low = self.low is None or (other.low is not None and self.low <= other.low)
        high = self.high is None or (other.high is not None and other.high <= self.high)
        return low and high


NOTHING_CERTAIN = CertainRange(None, None)
WITHDRAWN = CertainRange(None, None, withdrawn=True)
