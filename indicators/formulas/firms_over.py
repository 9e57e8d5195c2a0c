"""T2: how many enterprises are over the revenue threshold."""

from collections.abc import Iterable
from decimal import Decimal


def is_over(revenue: Decimal | None, threshold: Decimal) -> bool:
    """
    Return whether a revenue is over the threshold: 过1亿元 leaves 1亿元 itself out.

        over = revenue > threshold

    Both in yuan; environmental revenue (环保业务营业收入), neither total revenue nor output value.
    What was not reported (None) is not known to be over.

    Source: the 311 plan, 2023-2025, targets (README, [1]).
    """
    return revenue is not None and revenue > threshold


def count_over(returns: Iterable[tuple[str, Decimal | None]], threshold: Decimal) -> int:
    """
    Return how many enterprises are over the threshold, from pairs of credit code and revenue.

    Revenue is cumulative from 1 January, in yuan; None is not reported. Each credit code
    counts once in the province: one that two cities report counts if either figure is over,
    and the two are never added up.
    """
    return len({code for code, revenue in returns if is_over(revenue, threshold)})
