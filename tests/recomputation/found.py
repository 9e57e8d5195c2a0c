"""What is known of a target in a quarter, and what of that is taken over from the product."""

from dataclasses import dataclass, field
from fractions import Fraction


@dataclass
class Found:
    """
    Values in the target's unit; None is not known.

    certain     its ends, None where open; withdrawn: whether a figure it rests on was lowered
    estimate    low, centre, high of the quarter; projection of the year
    no_estimate why there is no estimate, in the product's word
    sinces      each silent city's last quarter with a figure; None if it has none
    """

    accepted: int
    missing: list
    certain: tuple
    withdrawn: bool = False
    value: Fraction | None = None
    reported_only: Fraction | None = None
    weight: Fraction | None = None
    estimate: tuple | None = None
    no_estimate: str | None = None
    projection: tuple | None = None
    sinces: set = field(default_factory=set)

    @property
    def expected(self):
        return self.accepted + len(self.missing)


@dataclass(frozen=True)
class TakenOver:
    """
    What is not computed anew but taken from the product.

    record_allows  whether past estimates fared well enough to say what is expected
    of_quarter     low and high of a count's estimate; None where it has none
    of_year        low and high of its projection to the year's end; None alike
    """

    record_allows: bool = False
    of_quarter: tuple | None = None
    of_year: tuple | None = None
