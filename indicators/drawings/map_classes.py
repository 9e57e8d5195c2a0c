"""Classes of a map's shades: round limits between values, from the values themselves."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise
from math import log

MOST_CLASSES = 4
# Steps that read as round, times a power of ten.
ROUND_STEPS = (Decimal("1"), Decimal("2"), Decimal("2.5"), Decimal("5"))


def class_limits(values: Iterable[Decimal]) -> tuple[Decimal, ...]:
    """
    Return up to three round limits that part values into the most even classes, ascending.

    Equal steps or doublings. A limit belongs to the class above it. No limit parts values that
    are all one, and there is none without values.
    """
    every = sorted(values)
    if not every or every[0] == every[-1]:
        return ()
    found = [_needed(limits, every) for limits in _candidates(every)]
    return max(found, key=lambda limits: (_evenness(limits, every), -_digits(limits)))


def class_of(value: Decimal, limits: Sequence[Decimal]) -> int:
    """Return a value's class, from 1."""
    return 1 + sum(value >= limit for limit in limits)


def _candidates(every: Sequence[Decimal]) -> Iterable[tuple[Decimal, ...]]:
    """Yield limits of equal steps, then limits of which each is twice the one before."""
    steps = _round_steps(every[-1] - every[0])
    for step in steps:
        first = (every[0] / step).to_integral_value() * step
        for at in range(5):
            begin = first + at * step
            yield tuple(begin + n * step for n in range(MOST_CLASSES - 1))
    for start in (s for s in _round_steps(every[-1]) if every[0] > 0):
        yield tuple(start * 2**n for n in range(MOST_CLASSES - 1))


def _round_steps(distance: Decimal) -> list[Decimal]:
    """Return round steps from a hundredth of a distance up to it."""
    power = distance.adjusted()
    steps = [one.scaleb(power - down) for down in (0, 1, 2) for one in ROUND_STEPS]
    return [step for step in steps if step <= distance]


def _needed(limits: Sequence[Decimal], every: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Return the limits that have values on both sides, without those between empty classes."""
    inside = [limit for limit in limits if every[0] < limit <= every[-1]]
    return tuple(
        limit
        for below, limit in pairwise([every[0] - 1, *inside])
        if any(below <= value < limit for value in every)
    )


def _evenness(limits: Sequence[Decimal], every: Sequence[Decimal]) -> float:
    """Return how evenly the values lie in the classes: their entropy, rounded."""
    sizes = Counter(class_of(value, limits) for value in every)
    parts = [size / len(every) for size in sizes.values()]
    return round(-sum(part * log(part) for part in parts), 2)


def _digits(limits: Sequence[Decimal]) -> int:
    """Return how many signs the limits take: the shortest read most easily."""
    return sum(len(f"{limit.normalize():f}") for limit in limits)
