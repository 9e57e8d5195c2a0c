"""Tests of the range that a total must lie in while cities are silent."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.formulas.certain_level import certain_level
from indicators.formulas.certain_range import NOTHING_CERTAIN, WITHDRAWN, CertainRange
from indicators.formulas.incomparable import Incomparable
from tests.indicators.formulas.some_provinces import NOW, YEAR, city, ends_of, provinces, without


def test_with_everybody_heard_it_is_one_point():
    cities = [city("370100", {"2025Q3": "60"}), city("370400", {"2025Q3": "40"})]
    assert certain_level(cities, NOW) == CertainRange(Decimal("100"), Decimal("100"))


def test_a_silent_city_adds_at_least_its_floor_and_has_no_ceiling():
    cities = [city("370100", {"2025Q3": "60"}), city("370400", {"2025Q2": "25"})]
    assert certain_level(cities, NOW) == CertainRange(Decimal("85"), None)


def test_a_later_quarter_of_the_year_is_a_ceiling():
    cities = [city("370100", {"2025Q3": "60"}), city("370400", {"2025Q2": "25", "2025Q4": "50"})]
    assert certain_level(cities, NOW) == CertainRange(Decimal("85"), Decimal("110"))


def test_a_silent_city_whose_figures_fall_withdraws_it():
    cities = [city("370100", {"2025Q3": "60"}), city("370400", {"2025Q2": "25", "2025Q4": "24"})]
    assert certain_level(cities, NOW) == WITHDRAWN


def test_a_year_that_stands_still_is_no_fall():
    cities = [city("370100", {"2025Q3": "60"}), city("370400", {"2025Q2": "25", "2025Q4": "25"})]
    assert certain_level(cities, NOW) == CertainRange(Decimal("85"), Decimal("85"))


def test_staff_can_fall_and_so_has_no_floor():
    cities = [city("370100", {"2025Q3": "60"}), city("370400", {"2025Q2": "25", "2025Q4": "20"})]
    assert certain_level(cities, NOW, cumulative=False) == CertainRange(Decimal("60"), None)


def test_where_nobody_reported_anything_of_the_year_nothing_is_certain():
    assert certain_level([city("370100", {"2024Q3": "60"})], NOW) == NOTHING_CERTAIN


def test_what_was_accepted_earlier_in_the_year_is_certain_though_nobody_has_reported_yet():
    cities = [city("370100", {"2025Q2": "60"})]
    assert certain_level(cities, NOW) == CertainRange(Decimal("60"), None)


def test_what_is_no_output_is_refused():
    with pytest.raises(Incomparable):
        certain_level([city("370100", {"2025Q3": "-1"})], NOW)


@given(provinces())
def test_the_truth_lies_in_it_and_its_ends_can_be_reached(province):
    cities, truth = province
    found = certain_level(cities, NOW)
    known = {one.city: one.made(NOW) for one in cities if one.has(NOW)}
    assert found.holds(sum((truth | known).values()))
    limits = [(known[c.city],) * 2 if c.has(NOW) else ends_of(c) for c in cities]
    if found.low is not None:
        assert found.low == sum(low for low, _high in limits)
    if found.high is not None:
        assert found.high == sum(high for _low, high in limits)


@given(provinces(), st.integers(0, 5), st.sampled_from(YEAR))
def test_taking_a_report_away_never_narrows_it(province, at, quarter):
    cities, _truth = province
    fewer = without(cities, cities[at].city, quarter)
    assert certain_level(fewer, NOW).contains(certain_level(cities, NOW))
