"""Tests of how far one silent city alone could move the share."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from clusters.quarters import Quarter
from indicators.formulas.city_output import CityOutput
from indicators.formulas.share_bounds import share_bounds
from indicators.formulas.share_reach import share_reach

NOW, BEFORE = Quarter(2025, 3), Quarter(2025, 2)
amounts = st.decimals("0.01", "1e12", places=2)


def test_a_city_outside_the_clusters_could_only_lower_it():
    reach = share_reach(
        clusters=Decimal(60), province=Decimal(100), ceiling=Decimal(20), in_cluster=False
    )
    assert reach == Decimal("-0.1")


def test_a_city_in_a_cluster_could_only_raise_it():
    reach = share_reach(
        clusters=Decimal(60), province=Decimal(100), ceiling=Decimal(100), in_cluster=True
    )
    assert reach == Decimal("0.2")


def test_of_nothing_there_is_no_share():
    nothing = Decimal(0)
    assert (
        share_reach(clusters=nothing, province=nothing, ceiling=Decimal(1), in_cluster=True) is None
    )


@given(amounts, amounts, amounts, st.booleans())
def test_alone_it_reaches_exactly_the_bound(inside, outside, before, in_cluster):
    every = [
        CityOutput("370100", True, {NOW: inside, BEFORE: inside}),
        CityOutput("370400", False, {NOW: outside, BEFORE: outside}),
        CityOutput("370500", in_cluster, {BEFORE: before}),
    ]
    bounds = share_bounds(every, NOW)
    [silent] = bounds.assumptions
    reach = share_reach(
        clusters=inside, province=inside + outside, ceiling=silent.ceiling, in_cluster=in_cluster
    )
    far = bounds.high if in_cluster else bounds.low
    assert abs(bounds.value + reach - far) < Decimal("1e-20")
