"""Rounding that never makes a comparison read false: 49.996 % does not become 50.0 %."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, localcontext

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
