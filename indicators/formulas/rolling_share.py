"""A part's share of the whole over the last four quarters together."""

from collections.abc import Iterable
from decimal import Decimal

from foundation.quarters import Quarter
from indicators.formulas.cumulative import Series, rolling_year


def rolling_share(part: Series, every: Iterable[Series], quarter: Quarter) -> Decimal | None:
    """
    Return what a part made in the four quarters up to one / what all made in them, a fraction.

    The series are cumulative from 1 January; every holds those of all parts, this one among
    them. None if one of them lacks a figure of the four quarters, if the whole is nothing, or
    if the part is not between nothing and the whole.
    """
    amounts = [rolling_year(one, quarter) for one in every]
    known = [amount for amount in amounts if amount is not None]
    mine, whole = rolling_year(part, quarter), sum(known, Decimal(0))
    if mine is None or len(known) < len(amounts) or not 0 <= mine <= whole or not whole:
        return None
    return mine / whole
