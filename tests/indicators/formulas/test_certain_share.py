"""Tests of the range that a share must lie in while cities are silent."""

from decimal import Decimal, localcontext
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indicators.formulas.certain_range import NOTHING_CERTAIN, WITHDRAWN, CertainRange
from indicators.formulas.certain_share import certain_share
from indicators.formulas.incomparable import Incomparable
from tests.indicators.formulas.some_provinces import (
    NOW,
    YEAR,
    city,
    ends_of,
    provinces,
    without,
)


def share(cities, amounts):
    """The share with an amount for each city."""
    with localcontext(prec=80):
        whole = sum(amounts.values(), Decimal("0"))
        part = sum((amounts[c.city] for c in cities if c.in_cluster), Decimal("0"))
        return part / whole if whole else None


def reported(cities):
    """What the cities with a figure of the quarter made."""
    return {one.city: one.made(NOW) for one in cities if one.has(NOW)}


def test_with_everybody_heard_it_is_one_point():
    cities = [city("370100", {"2025Q3": "60"}), city("370400", {"2025Q3": "40"})]
    assert certain_share(cities, NOW) == CertainRange(Decimal("0.6"), Decimal("0.6"))


def test_silent_cities_outside_the_clusters_leave_a_ceiling_alone():
    cities = [
        city("370100", {"2025Q3": "60"}),
        city("370400", {"2025Q3": "40"}),
        city("370600", {"2025Q1": "9", "2025Q2": "20", "2024Q3": "500"}),
    ]
    assert certain_share(cities, NOW) == CertainRange(None, Decimal("0.5"))


def test_silent_clusters_leave_a_floor_alone():
    cities = [
        city("370100", {"2025Q3": "40"}),
        city("370300", {"2025Q2": "20"}),
        city("370400", {"2025Q3": "40"}),
    ]
    assert certain_share(cities, NOW) == CertainRange(Decimal("0.6"), None)


def test_silent_cities_of_both_kinds_leave_both_ends_open():
    cities = [
        city("370100", {"2025Q3": "60"}),
        city("370300", {}),
        city("370400", {"2025Q3": "40"}),
        city("370600", {}),
    ]
    found = certain_share(cities, NOW)
    assert found == NOTHING_CERTAIN
    assert found.open == ("low", "high")


def test_a_later_quarter_of_the_year_is_a_ceiling():
    cities = [
        city("370100", {"2025Q3": "60"}),
        city("370600", {"2025Q2": "20", "2025Q4": "40"}),
    ]
    assert certain_share(cities, NOW) == CertainRange(Decimal("0.6"), Decimal("0.75"))


def test_another_year_is_neither_floor_nor_ceiling():
    cities = [city("370100", {"2025Q3": "60"}), city("370600", {"2024Q4": "90", "2026Q1": "1"})]
    assert certain_share(cities, NOW) == CertainRange(None, Decimal("1"))


def test_a_silent_city_whose_figures_fall_withdraws_the_range():
    cities = [city("370100", {"2025Q3": "60"}), city("370600", {"2025Q2": "20", "2025Q4": "19"})]
    found = certain_share(cities, NOW)
    assert found == WITHDRAWN
    assert found.withdrawn


def test_a_year_that_stands_still_is_no_fall():
    cities = [city("370100", {"2025Q3": "60"}), city("370600", {"2025Q2": "20", "2025Q4": "20"})]
    assert certain_share(cities, NOW) == CertainRange(Decimal("0.75"), Decimal("0.75"))


@pytest.mark.parametrize(
    ("cities", "low", "high"),
    [
        ([city("370100", {"2025Q3": "5"}), city("370200", {"2025Q2": "5"})], "1", None),
        ([city("370400", {"2025Q3": "5"}), city("370200", {"2025Q2": "5"})], "0.5", None),
        ([city("370100", {"2025Q3": "5"}), city("370400", {"2025Q2": "5"})], None, "0.5"),
        ([city("370400", {"2025Q3": "5"}), city("370500", {"2025Q2": "5"})], None, "0"),
        ([city("370200", {"2025Q2": "5"})], "1", None),
        ([city("370500", {"2025Q2": "5"})], None, "0"),
    ],
)
def test_equal_amounts_do_not_cancel_one_another(cities, low, high):
    ends = [None if end is None else Decimal(end) for end in (low, high)]
    assert certain_share(cities, NOW) == CertainRange(*ends)


def test_where_nothing_positive_is_known_nothing_is_certain():
    assert certain_share([city("370100", {"2025Q3": "0"})], NOW) == NOTHING_CERTAIN
    assert certain_share([], NOW) == NOTHING_CERTAIN


def test_figures_that_may_fall_have_no_floor():
    cities = [city("370100", {"2025Q3": "60"}), city("370600", {"2025Q2": "20"})]
    assert certain_share(cities, NOW, cumulative=False) == CertainRange(None, Decimal("1"))


def test_what_is_no_output_is_refused():
    with pytest.raises(Incomparable, match="less than nothing"):
        certain_share([city("370100", {"2025Q3": "-1"})], NOW)
    with pytest.raises(Incomparable, match="twice"):
        certain_share([city("370100", {}), city("370100", {})], NOW)


@given(provinces())
def test_the_truth_lies_in_it(province):
    cities, truth = province
    whole = share(cities, truth | reported(cities))
    assume(whole is not None)
    assert certain_share(cities, NOW).holds(whole)


@given(provinces(), st.data())
def test_so_does_every_completion_in_which_nothing_falls(province, data):
    cities, _truth = province
    amounts = reported(cities)
    for one in cities:
        if one.city not in amounts:
            low, high = ends_of(one)
            amounts[one.city] = data.draw(st.decimals(low, high, places=2))
    whole = share(cities, amounts)
    assume(whole is not None)
    assert certain_share(cities, NOW).holds(whole)


@given(provinces())
def test_its_ends_are_those_of_all_extreme_completions(province):
    cities, _truth = province
    silent = [one for one in cities if not one.has(NOW)]
    known = reported(cities)
    choices = product(*(ends_of(one) for one in silent))
    shares = [
        share(
            cities, known | {one.city: amount for one, amount in zip(silent, chosen, strict=True)}
        )
        for chosen in choices
    ]
    possible = [one for one in shares if one is not None]
    assume(any(known.values()))
    found = certain_share(cities, NOW)
    assert found.low == (None if _can_be_diluted(silent) else min(possible))
    assert found.high == (None if _can_grow(silent) else max(possible))


def _can_be_diluted(silent):
    """Whether a silent city outside the clusters has no ceiling."""
    return any(not one.in_cluster and one.ceiling(NOW) is None for one in silent)


def _can_grow(silent):
    """Whether a silent cluster has no ceiling."""
    return any(one.in_cluster and one.ceiling(NOW) is None for one in silent)


@given(provinces(), st.integers(0, 5), st.sampled_from(YEAR))
def test_taking_a_report_away_never_narrows_it(province, at, quarter):
    cities, _truth = province
    fewer = without(cities, cities[at].city, quarter)
    wider, narrower = certain_share(fewer, NOW), certain_share(cities, NOW)
    assert wider.contains(narrower)
