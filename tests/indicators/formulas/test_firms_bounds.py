"""Tests of how far the count of enterprises could rise."""

from decimal import Decimal

import pytest

from indicators.formulas.firms_bounds import FirmsBounds, LastReport, firms_bounds

THRESHOLD = Decimal("100000000")


def bounds(silent, **more):
    """The bounds of a count of ten."""
    return firms_bounds(accepted=10, silent=silent, threshold=THRESHOLD, **more)


def test_with_nobody_silent_the_count_is_certain():
    assert bounds({}) == FirmsBounds(10, 10, {})


@pytest.mark.parametrize(
    ("revenue", "quarter", "high"),
    [
        pytest.param("50000000", 4, 11, id="half the threshold in a year"),
        pytest.param("49999999.99", 4, 10, id="a cent less"),
        pytest.param("12500000", 1, 11, id="the same rate in a quarter"),
        pytest.param("12499999.99", 1, 10, id="a cent less in a quarter"),
        pytest.param("30000000", 2, 11, id="sixty million a year at half-year"),
    ],
)
def test_who_last_made_half_the_threshold_could_be_over(revenue, quarter, high):
    seen = bounds({"370600": [LastReport("A", Decimal(revenue), quarter)]})
    assert (seen.low, seen.high) == (10, high)


def test_a_silent_city_without_any_record_leaves_no_bound():
    assert bounds({"370600": None, "370400": []}) is None


def test_a_city_that_last_reported_no_enterprise_adds_none():
    assert bounds({"370400": []}) == FirmsBounds(10, 10, {"370400": ()})


def test_each_enterprise_counts_once_and_is_named():
    big = Decimal("90000000")
    seen = bounds(
        {
            "370600": [LastReport("A", big, 4), LastReport("B", big, 4)],
            "370400": [LastReport("A", big, 3), LastReport("C", big, 4)],
        },
        counted={"C"},
    )
    assert seen.high == 12
    assert seen.could == {"370400": ("A",), "370600": ("B",)}


def test_an_enterprise_of_three_silent_cities_still_counts_once():
    report = LastReport("A", Decimal("90000000"), 4)
    seen = bounds({code: [report] for code in ("370400", "370500", "370600")}, counted={"B"})
    assert (seen.high, seen.could["370400"]) == (11, ("A",))
    seen = bounds(
        {
            "370400": [report],
            "370500": [LastReport("C", Decimal("90000000"), 4)],
            "370600": [report],
        }
    )
    assert seen.high == 12
