"""A city's totals beside its history and its lines; sheets that are owed."""

from decimal import Decimal

import pytest

from submissions.rules.plausibility import thresholds
from tests.submissions.rules.plausibility.even_city import (
    FIRMS,
    city_cell,
    told,
)
from tests.submissions.rules.workshop import park


@pytest.mark.parametrize(("sheet", "found"), [([park()], []), ([{"park": "园区甲"}], ["W224"])])
def test_w224_an_owed_sheet_is_empty(city, sheet, found):
    city.parks = sheet
    assert [each for each, _cell in told(city)] == found


def test_w224_a_sheet_that_was_reported_before_is_missing(city):
    city.parks = None
    assert told(city) == [("W224", None)]


def test_a_sheet_that_was_never_reported_is_not_asked_for(city):
    city.parks = None
    city.knows(reported=frozenset())
    assert told(city) == []


@pytest.mark.parametrize("name", ["output_value", "revenue", "rd_expenditure", "employees"])
def test_w234_a_city_total_is_off_last_year(city, name):
    city.totals[name] *= 3

    assert {("W234", city_cell(name)), ("W235", city_cell(name))} == set(told(city))


@pytest.mark.parametrize(
    ("name", "factor"), [("output_value", "1.4"), ("enterprises", "1.3"), ("employees", "1.3")]
)
def test_w235_a_city_total_is_unlike_its_lines(city, name, factor):
    city.totals[name] = round(city.totals[name] * Decimal(factor))

    assert told(city) == [("W235", city_cell(name))]


def test_w235_not_a_little(city):
    city.totals["output_value"] *= Decimal("1.15")
    city.totals["enterprises"] += 3
    assert told(city) == []


@pytest.mark.parametrize("name", ["enterprises", "employees", "rd_expenditure"])
def test_w236_a_city_count_is_below_its_lines(city, name):
    lines = {"enterprises": FIRMS}.get(name) or sum(one[name] for one in city.lines)
    city.totals[name] = Decimal(lines)
    assert "W236" not in str(told(city))
    city.totals[name] = Decimal(round(lines * Decimal("0.9")))
    assert ("W236", city_cell(name)) in told(city)


def test_w237_the_city_counts_more_over_100m(city):
    city.totals["enterprises_over_100m"] += thresholds.FEWEST_COUNTED - 1
    assert told(city) == []
    city.totals["enterprises_over_100m"] += 1
    assert told(city) == [("W237", city_cell("enterprises_over_100m"))]
