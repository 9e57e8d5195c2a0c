"""Rounding that preserves comparisons: 49.996 % against 50 % is not written 50.0 %."""

from collections.abc import Callable, Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext

# Quotients carry 28 digits; no two different figures need more places than this to differ.
MOST_PLACES = 30


def rounded(figure: Decimal, places: int) -> Decimal:
    """Return a figure rounded half up (四舍五入) to so many places."""
    with localcontext(prec=80):
        return figure.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def places_that_read_truly(
    figures: Iterable[Decimal], against: Iterable[Decimal] = (), *, least: int = 0
) -> int:
    """
    Return the fewest places at which rounded figures compare as the figures themselves do.

    figures are shown rounded, to the same number of places, and compared with each other;
    against are shown as they are, such as a target or a band, and compared with each figure.
    Never fewer places than least.
    """
    shown, exact = list(figures), list(against)
    for places in range(least, MOST_PLACES):
        short = [rounded(figure, places) for figure in shown]
        if all(
            _order(a, b) == _order(short_a, short_b)
            for a, short_a in zip(shown, short, strict=True)
            for b, short_b in [*zip(shown, short, strict=True), *((b, b) for b in exact)]
        ):
            return places
    return MOST_PLACES


def plain(figure: Decimal) -> str:
    """Return an exact figure as text: no trailing zeros, no exponent."""
    text = f"{figure:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _order(one: Decimal, other: Decimal) -> int:
    """Return -1, 0 or 1 for less, equal, more."""
    return (one > other) - (one < other)


def outward(figure: Decimal, places: int, *, up: bool) -> Decimal:
    """Return an end of a range rounded away from the range: never narrower than it is."""
    with localcontext(prec=80):
        step = Decimal(1).scaleb(-places)
        return figure.quantize(step, ROUND_CEILING if up else ROUND_FLOOR)


def places_on_their_side(
    ends: Iterable[tuple[Decimal, bool]], meets: Callable[[Decimal], bool], *, least: int = 0
) -> int:
    """
    Return the fewest places at which ends rounded outward meet a target as they do exactly.

    Each end stands with whether it is rounded up; meets says whether a value meets the
    target. Never fewer places than least.
    """
    every = list(ends)
    for places in range(least, MOST_PLACES):
        if all(meets(outward(end, places, up=up)) is meets(end) for end, up in every):
            return places
    return MOST_PLACES
