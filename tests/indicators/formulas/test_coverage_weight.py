"""Tests of how much of the province the reporting cities are."""

from decimal import Decimal

from foundation.quarters import Quarter
from indicators.formulas.city_output import CityOutput
from indicators.formulas.coverage_weight import coverage_weight
from tests.indicators.formulas.some_provinces import NOW, city


def test_it_is_the_reporting_cities_part_of_last_year():
    cities = [
        city("370100", {"2025Q3": "1", "2024Q3": "60"}),
        city("370600", {"2025Q2": "9", "2024Q3": "40"}),
    ]
    assert coverage_weight(cities, NOW) == Decimal("0.6")


def test_with_everybody_heard_it_is_one():
    assert coverage_weight([city("370100", {"2025Q3": "1", "2024Q3": "60"})], NOW) == 1


def test_a_silent_city_without_last_year_leaves_it_unknown():
    cities = [city("370100", {"2025Q3": "1", "2024Q3": "60"}), city("370600", {"2025Q2": "9"})]
    assert coverage_weight(cities, NOW) is None


def test_a_reporting_city_may_say_itself_what_it_made_then():
    told = CityOutput("370100", True, {NOW: Decimal("1")}, {NOW: Decimal("60")})
    cities = [told, city("370600", {"2024Q3": "20"})]
    assert coverage_weight(cities, NOW) == Decimal("0.75")
    assert coverage_weight([city("370100", {"2025Q3": "1"})], NOW) is None


def test_it_is_unknown_where_nobody_reported_or_nothing_was_made():
    assert coverage_weight([city("370100", {"2024Q3": "60"})], NOW) is None
    assert coverage_weight([city("370100", {"2025Q3": "1", "2024Q3": "0"})], NOW) is None
    assert coverage_weight([], Quarter(2025, 1)) is None
