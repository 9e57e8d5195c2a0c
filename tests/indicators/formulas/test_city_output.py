"""Tests of what is on record of a city: floor, ceiling, last accepted, a year before."""

from decimal import Decimal

import pytest

from foundation.quarters import Quarter
from indicators.formulas.city_output import CityOutput, checked, split
from indicators.formulas.incomparable import Incomparable
from tests.indicators.formulas.some_provinces import NOW, city


def test_a_floor_is_the_newest_figure_of_the_same_year():
    assert city("370100", {"2025Q1": "5", "2025Q2": "7"}).floor(NOW) == 7
    assert city("370100", {"2025Q1": "5"}).floor(NOW) == 5


def test_there_is_no_floor_from_another_year_or_from_nothing():
    assert city("370100", {"2024Q4": "9"}).floor(NOW) == 0
    assert city("370100", {}).floor(NOW) == 0
    assert city("370100", {"2025Q2": "9"}).floor(Quarter(2025, 2)) == 0


def test_a_ceiling_is_the_next_figure_of_the_same_year():
    assert city("370100", {"2025Q3": "6", "2025Q4": "9"}).ceiling(Quarter(2025, 2)) == 6
    assert city("370100", {"2025Q3": "6", "2025Q4": "9"}).ceiling(NOW) == 9
    assert city("370100", {"2025Q4": "9", "2026Q1": "1"}).ceiling(NOW) == 9
    assert city("370100", {"2026Q1": "1"}).ceiling(NOW) is None


def test_what_was_not_reported_is_passed_over():
    told = CityOutput("370100", True, {Quarter(2025, 1): Decimal("5"), Quarter(2025, 2): None})
    assert told.last_accepted(NOW) == Quarter(2025, 1)
    assert told.floor(NOW) == 5
    assert not told.has(Quarter(2025, 2))


def test_the_year_before_is_what_was_accepted_then_else_what_the_city_says_of_it():
    both = CityOutput("370100", True, {NOW.year_earlier(): Decimal("5")}, {NOW: Decimal("6")})
    assert both.year_before(NOW) == 5
    said = CityOutput("370100", True, {NOW: Decimal("1")}, {NOW: Decimal("6")})
    assert said.year_before(NOW) == 6
    assert city("370100", {}).year_before(NOW) is None


def test_zero_a_year_before_is_a_figure():
    zero = CityOutput("370100", True, {NOW.year_earlier(): Decimal("0")}, {NOW: Decimal("6")})
    assert zero.year_before(NOW) == 0


def test_reporting_and_silent_cities_are_told_apart():
    one, other = city("370100", {"2025Q3": "0"}), city("370600", {"2025Q2": "1"})
    assert split([one, other], NOW) == ([one], [other])


def test_negative_figures_and_doubles_are_refused():
    with pytest.raises(Incomparable):
        checked([city("370100", {"2025Q3": "-0.01"})])
    with pytest.raises(Incomparable, match="^A city is given twice.$"):
        checked([city("370100", {}), city("370100", {})])
