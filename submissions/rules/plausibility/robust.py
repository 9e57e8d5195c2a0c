"""Medians and spreads of logarithms, which a few wrong figures cannot move. Pure."""

from collections.abc import Iterable
from math import log
from statistics import median
from typing import NamedTuple

from submissions.rules.plausibility.thresholds import FEWEST_PEERS, Band

# The median absolute deviation of a normal distribution times this is its standard deviation.
TO_DEVIATION = 1.4826

# What a figure that went to zero counts as: a thousandth of what it was.
VANISHED = 0.001


class Usual(NamedTuple):
    """What is usual: the median of changes, and their spread; both are logarithms."""

    centre: float
    spread: float


def usual(changes: Iterable[float | None], fewest: int = FEWEST_PEERS) -> Usual | None:
    """Return what is usual among changes; None if there are too few. None is no change known."""
    known = [each for each in changes if each is not None]
    if len(known) < fewest:
        return None
    centre = median(known)
    return Usual(centre, TO_DEVIATION * median([abs(each - centre) for each in known]))


def change(now: float | None, before: float | None) -> float | None:
    """Return the logarithm of now / before; None without both, or from nothing."""
    if now is None or before is None or before <= 0:
        return None
    return log(max(now / before, VANISHED))


def spreads(found: float, usuals: Iterable[Usual | None], band: Band) -> float:
    """
    Return by how many spreads a change is off what is usual; negative if it is below.

    Of several usual changes (the firm's own, its peers') the nearest counts, with the widest
    spread: what either makes likely is not questioned. Without any: off no change at all, with
    twice the least spread.
    """
    known = [each for each in usuals if each is not None]
    if not known:
        return found / (2 * band.floor)
    spread = max(band.floor, *(each.spread for each in known))
    off = min((found - each.centre for each in known), key=abs)
    return off / spread
