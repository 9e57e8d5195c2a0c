"""The threshold strip (N17): how enterprises lie around the threshold, as dots in bins."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from math import comb

# The strip runs from 80 to 120 % of the threshold, in steps of 2 %.
REACH = Decimal("0.20")
STEP = Decimal("0.02")


@dataclass(frozen=True, slots=True)
class Bin:
    """How many enterprises are over `low` and not over `high`, in yuan."""

    low: Decimal
    high: Decimal
    number: int


@dataclass(frozen=True, slots=True)
class Strip:
    """
    Enterprises around the threshold.

    bins        from the least up; the threshold is always an edge, so that none lies on both
                sides. An amount of exactly the threshold is in the bin below: it is not over
    exactly     how many have exactly the threshold
    just_under  how many are in the bin below the threshold
    just_over   how many are in the bin above
    chance      how likely at least so many of the two bins' enterprises are over, were each
                as likely to be in the one as in the other; 1 if both are empty
    """

    bins: tuple[Bin, ...]
    exactly: int
    just_under: int
    just_over: int
    chance: Fraction


def strip(revenues: Iterable[Decimal | None], threshold: Decimal) -> Strip:
    """
    Return how revenues in yuan lie around the threshold; those beyond the strip are left out.

    The chance is of a fair coin: it measures how unusual a heap just over the threshold is,
    not its cause.
    """
    half = int(REACH / STEP)
    width = threshold * STEP
    numbers = [0] * (2 * half)
    exactly = 0
    for revenue in revenues:
        if revenue is None:
            continue
        exactly += revenue == threshold
        # The bin over its lower edge, up to and with its upper one.
        steps = ((revenue - threshold) / width).to_integral_value(ROUND_CEILING)
        place = int(steps) + half - 1
        if 0 <= place < len(numbers):
            numbers[place] += 1
    under, over = numbers[half - 1], numbers[half]
    return Strip(
        bins=tuple(
            Bin(threshold + (i - half) * width, threshold + (i - half + 1) * width, number)
            for i, number in enumerate(numbers)
        ),
        exactly=exactly,
        just_under=under,
        just_over=over,
        chance=_at_least(over, under + over),
    )


def _at_least(heads: int, throws: int) -> Fraction:
    """Return how likely so many heads or more are, of so many throws of a fair coin."""
    return Fraction(sum(comb(throws, k) for k in range(heads, throws + 1)), 2**throws)
