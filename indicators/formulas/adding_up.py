"""Rounded parts that add up to the rounded whole."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor


def parts_that_add_up(
    parts: Sequence[Fraction], whole: Decimal, *, places: int
) -> tuple[Decimal, ...]:
    """
    Return parts rounded to so many places that add up to the whole exactly.

    Largest remainders: every part is rounded down, and what is then missing is given, one unit
    of the last place each, to the parts that lost most (of equals to the first). No part is
    more than one such unit from its exact value as long as the whole is the exact sum, rounded
    either way. A part of exactly 0 stays 0.

    Raises ValueError if the whole has more places, or lies too far from the sum of the parts.
    """
    scale = 10**places
    units = Fraction(whole) * scale
    if units.denominator != 1:
        raise ValueError(f"{whole} has more than {places} places.")
    down = [floor(part * scale) for part in parts]
    lost = [part * scale - low for part, low in zip(parts, down, strict=True)]
    short = int(units) - sum(down)
    movable = sorted((i for i, part in enumerate(parts) if part), key=lambda i: (-lost[i], i))
    if not -len(movable) <= short <= len(movable):
        raise ValueError(f"{whole} is not what the parts add up to.")
    if short >= 0:
        for i in movable[:short]:
            down[i] += 1
    else:
        for i in movable[short:]:
            down[i] -= 1
    return tuple(Decimal(unit).scaleb(-places) for unit in down)
