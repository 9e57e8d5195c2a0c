from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusters.quarters import Quarter
from indicators.formulas.level import level, year_projection, year_share
from indicators.formulas.share_bounds import CityOutput

Q1, Q2 = Quarter(2025, 1), Quarter(2025, 2)
amounts = st.decimals("0", "1000000000000", places=2)


def city(code, **by_quarter):
    return CityOutput(
        code, False, {Quarter.parse(q): v and Decimal(v) for q, v in by_quarter.items()}
    )


def test_is_the_sum_of_the_cities_that_reported():
    found = level([city("a", **{"2025Q1": "1.10"}), city("b", **{"2025Q1": "2.20"})], Q1)
    assert (found.value, found.low, found.high) == (Decimal("3.30"),) * 3


def test_nobody_reported_is_none_and_not_zero():
    assert level([city("a"), city("b")], Q1) is None


def test_a_silent_city_without_a_record_leaves_no_upper_end():
    found = level([city("a", **{"2025Q1": "1"}), city("b")], Q1)
    assert (found.low, found.high) == (1, None)


def test_a_silent_city_is_grown_as_fast_as_the_fastest():
    cities = [
        city("a", **{"2025Q1": "10", "2025Q2": "30"}),
        city("b", **{"2025Q1": "5", "2025Q2": None}),
    ]
    found = level(cities, Q2)
    assert (found.value, found.high) == (30, 45)
    (assumed,) = found.assumptions
    assert (assumed.city, assumed.floor, assumed.ceiling) == ("b", 0, 15)


@given(st.lists(amounts, min_size=1, max_size=6))
def test_the_bounds_hold_whatever_the_silent_make_within_their_ceilings(made):
    cities = [city(str(n), **{"2025Q1": amount}) for n, amount in enumerate(made)]
    said = [
        CityOutput(one.city, False, {Q1: one.amounts[Q1], Q2: one.amounts[Q1]})
        if n % 2 == 0
        else one
        for n, one in enumerate(cities)
    ]
    found = level(said, Q2)
    if found.high is not None:
        assert found.low <= sum(made) <= found.high


def test_the_share_of_a_year_is_of_the_cities_that_reported_both_quarters():
    cities = [
        city("a", **{"2024Q1": "20", "2024Q4": "100"}),
        city("b", **{"2024Q1": "90"}),
        city("c", **{"2024Q4": "100"}),
    ]
    assert year_share(cities, Q1) == Decimal("0.2")
    assert year_share([city("a")], Q1) is None


@pytest.mark.parametrize(
    ("share", "year"), [("0.25", "400.00"), ("0.3", "333.33"), ("1", "100.00")]
)
def test_a_year_is_what_was_made_over_the_share_of_it(share, year):
    assert year_projection(Decimal(100), Decimal(share)) == Decimal(year)


def test_half_a_cent_of_a_year_is_rounded_up():
    assert year_projection(Decimal("0.125"), Decimal("1")) == Decimal("0.13")
