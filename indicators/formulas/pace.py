"""Pace (序时进度): the share of the way due by a quarter, and the value of the indicator then."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise

from foundation.quarters import Quarter
from indicators.formulas.attainment import attainment
from indicators.formulas.incomparable import Incomparable

ZERO, ONE = Decimal("0"), Decimal("1")

Shares = Mapping[Quarter, Decimal]


def due_share(
    quarter: Quarter, *, baseline_at: Quarter, deadline: Quarter, interim: Shares | None = None
) -> Decimal:
    """
    Return which share of the way from baseline to target is due by the end of a quarter.

        linear: quarters since the baseline / quarters from the baseline to the deadline

    Through interim points, if there are any, the line is straight from each to the next. The
    share is a fraction, not rounded: 0 up to the baseline's quarter, 1 from the deadline on.

    interim holds shares of the way (interim_shares makes them from values).

    Raises Incomparable if the deadline does not lie after the baseline, an interim point does
    not lie between the two, or the shares go down.
    """
    points = [(baseline_at, ZERO), *sorted((interim or {}).items()), (deadline, ONE)]
    for (earlier, lower), (later, higher) in pairwise(points):
        if earlier >= later:
            raise Incomparable(f"{earlier} does not lie before {later}")
        if lower > higher:
            raise Incomparable(f"less is due by {later} than by {earlier}")
    if quarter <= baseline_at:
        return ZERO
    for (earlier, lower), (later, higher) in pairwise(points):
        if quarter <= later:
            return lower + (higher - lower) * earlier.to(quarter) / earlier.to(later)
    return ONE


def interim_shares(values: Shares, *, baseline: Decimal, target: Decimal) -> dict[Quarter, Decimal]:
    """
    Return interim values of an indicator as shares of the way from baseline to target.

    Raises Incomparable if baseline and target are equal.
    """
    shares = {}
    for quarter, value in values.items():
        share = attainment(actual=value, baseline=baseline, target=target)
        if share is not None:
            shares[quarter] = share
    return shares


def pace_value(due: Decimal, *, baseline: Decimal, target: Decimal) -> Decimal:
    """
    Return the value at which an indicator should stand when a share of the way is due.

        pace = baseline + due × (target − baseline)

    In the unit of the indicator, not rounded: a count of firms may have a fraction here.
    """
    return baseline + due * (target - baseline)
