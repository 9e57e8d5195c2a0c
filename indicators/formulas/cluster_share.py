"""T1: the cluster cities' share of the province's environmental output value."""

from decimal import Decimal

from indicators.formulas.incomparable import Incomparable


def cluster_share(*, clusters: Decimal, province: Decimal) -> Decimal:
    """
    Return the share of the province's output value that is made in the cluster cities.

        share = output value of the cluster cities / output value of the province

    Both cumulative to the end of the same period, of the same scope (口径) and in the same
    unit. The result is a fraction, not rounded; the plan's target is 0.50 or more.

    Raises Incomparable if the clusters exceed the province, or the province made nothing:
    the usual causes are 万元 beside 亿元, or periods mixed.

    Output value (产值) only. Revenue (营业收入) is another measure, and stands in for it nowhere.

    Both are sums of the same cities. While a city is silent this is the share of those that
    reported, and not the province's: see certain_share and likely_output.

    Source: the 311 plan, 2023-2025, targets (README, [1]).
    """
    if not 0 <= clusters <= province or not province:
        raise Incomparable(f"clusters {clusters} of province {province}")
    return clusters / province
