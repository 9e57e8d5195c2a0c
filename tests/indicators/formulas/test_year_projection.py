"""Tests of what a year's amount will come to."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.quarters import Quarter
from indicators.formulas.city_output import CityOutput
from indicators.formulas.year_projection import year_projection
from tests.indicators.formulas.some_provinces import NOW, city

CODES = [f"37{n:02d}00" for n in range(1, 9)]


def test_a_city_reaches_the_year_as_it_did_last_year():
    found = year_projection([city("370100", {"2025Q3": "30", "2024Q3": "20", "2024Q4": "40"})], NOW)
    assert (found.low, found.centre, found.high) == (None, Decimal("60"), None)


def test_a_silent_city_goes_from_its_newest_quarter_of_the_year():
    cities = [
        city("370100", {"2025Q3": "30", "2024Q3": "20", "2024Q4": "40"}),
        city("370600", {"2025Q1": "10", "2024Q1": "5", "2024Q4": "25"}),
    ]
    assert year_projection(cities, NOW).centre == Decimal("110")


def test_last_year_may_be_what_the_city_says_of_it():
    told = CityOutput(
        "370100",
        True,
        {NOW: Decimal("30"), Quarter(2024, 4): Decimal("40")},
        {NOW: Decimal("20")},
    )
    assert year_projection([told], NOW).centre == Decimal("60")


@pytest.mark.parametrize(
    "figures",
    [
        {"2025Q3": "30", "2024Q3": "20"},
        {"2025Q3": "30", "2024Q4": "40"},
        {"2024Q3": "20", "2024Q4": "40"},
        {"2025Q3": "30", "2024Q3": "0", "2024Q4": "40"},
        {"2024Q3": "20", "2024Q4": "40", "2023Q3": "10", "2023Q4": "20"},
    ],
)
def test_a_city_with_nothing_to_go_by_leaves_no_projection(figures):
    assert year_projection([city("370100", figures)], NOW) is None


def with_history(truths):
    """Eight cities that last year came to something else than the year before suggested."""
    cities = []
    for code, truth in zip(CODES, truths, strict=True):
        figures = {"2023Q3": "10", "2023Q4": "20", "2024Q3": "10", "2024Q4": str(truth)}
        cities.append(city(code, figures | {"2025Q3": "10"}))
    return cities


def test_its_ends_are_last_years_errors_of_the_same_quarter():
    found = year_projection(with_history([18, 20, 20, 20, 20, 20, 20, 25]), NOW)
    assert found.centre == Decimal("163")
    assert found.low == found.centre * Decimal("0.9")
    assert found.high == found.centre * Decimal("1.25")


def test_a_city_without_last_years_quarter_leaves_the_others_errors():
    told = CityOutput(
        "371700",
        False,
        {NOW: Decimal("10"), Quarter(2024, 4): Decimal("20"), Quarter(2023, 4): Decimal("20")},
        {NOW: Decimal("10")},
    )
    found = year_projection([told, *with_history([18] * 8)], NOW)
    assert found.low == found.centre * Decimal("0.9")


def test_of_no_cities_there_is_nothing():
    assert year_projection([], NOW).centre == 0


def test_seven_errors_give_no_ends():
    assert year_projection(with_history([20] * 8)[:7], NOW).low is None


def test_a_projection_is_never_under_what_is_accepted():
    found = year_projection([city("370100", {"2025Q3": "30", "2024Q3": "20", "2024Q4": "10"})], NOW)
    assert found.centre == Decimal("30")


@given(st.lists(st.integers(10, 60), min_size=8, max_size=8))
def test_low_centre_and_high_are_in_order(truths):
    found = year_projection(with_history(truths), NOW)
    assert Decimal("80") <= found.low <= found.centre <= found.high
