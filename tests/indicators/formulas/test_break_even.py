"""Tests of what the silent cities must make for a verdict to turn."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from foundation.quarters import Quarter
from indicators.formulas.break_even import level_break_even, share_break_even
from indicators.formulas.city_output import CityOutput
from tests.indicators.formulas.some_provinces import CLUSTERS, NOW, OTHERS, city

HALF = Decimal("0.5")
amounts = st.decimals("1", "1e6", places=2)
BEFORE, A_YEAR_AGO = Quarter(2025, 2), Quarter(2024, 3)


def shares(cities, given_amounts):
    """The share with an amount for each silent city, and for the others what they reported."""
    made = {one.city: one.made(NOW) if one.has(NOW) else given_amounts[one.city] for one in cities}
    return sum(made[code] for code in made if code in CLUSTERS) / sum(made.values())


@st.composite
def half_silent(draw, kinds):
    """A province in which some cities of certain kinds are silent but reported last year."""
    cities, silent = [], []
    for code in (*CLUSTERS, *OTHERS):
        is_silent = (code in CLUSTERS) in kinds and draw(st.booleans())
        so_far, last_so_far = draw(amounts), draw(amounts)
        figures = {
            "2025Q2": so_far,
            "2024Q2": last_so_far,
            "2024Q3": last_so_far + draw(amounts),
        }
        if not is_silent:
            figures["2025Q3"] = so_far + draw(amounts)
        else:
            silent.append(code)
        cities.append(city(code, figures))
    assume({code in CLUSTERS for code in silent} == set(kinds))
    return cities, silent


def scaled(cities, silent, turn, factor):
    """What the silent cities make if all that remains is this many times the break-even."""
    rest = {
        one.city: one.made(A_YEAR_AGO) - one.year_before(BEFORE)
        for one in cities
        if one.city in silent
    }
    growth = turn.remaining * factor / sum(rest.values())
    return {
        one.city: one.made(BEFORE) + growth * rest[one.city] for one in cities if one.city in silent
    }


@pytest.mark.parametrize("kinds", [(False,), (True,), (True, False)])
@given(data=st.data(), line=st.decimals("0.05", "0.95", places=3))
def test_the_verdict_turns_exactly_there(kinds, data, line):
    cities, silent = data.draw(half_silent(kinds))
    turn = share_break_even(cities, NOW, line)
    assume(turn is not None)
    less, more = (
        shares(cities, scaled(cities, silent, turn, Decimal(factor)))
        for factor in ("0.999", "1.001")
    )
    assert (less < line < more) if turn.rises else (more < line < less)
    assert turn.rises is (more > less)
    at = shares(cities, scaled(cities, silent, turn, Decimal("1")))
    assert abs(at - line) < Decimal("1e-20")


@pytest.mark.parametrize("kinds", [(False,), (True,), (True, False)])
@given(data=st.data(), line=st.decimals("0.05", "0.95", places=3))
def test_without_one_nothing_still_to_come_turns_it(kinds, data, line):
    cities, silent = data.draw(half_silent(kinds))
    assume(share_break_even(cities, NOW, line) is None)
    floors = {one.city: one.made(BEFORE) for one in cities if one.city in silent}
    least = shares(cities, floors)
    growth = data.draw(st.decimals("0.001", "1000", places=3))
    rest = {
        one.city: one.made(BEFORE) + growth * (one.made(A_YEAR_AGO) - one.year_before(BEFORE))
        for one in cities
        if one.city in silent
    }
    then = shares(cities, rest)
    assert (least <= line) == (then <= line) or (least >= line) == (then >= line)


def test_it_stands_beside_what_they_did_and_the_fastest_of_their_kind():
    cities = [
        city("370100", {"2025Q3": "100"}),
        city("370400", {"2025Q3": "50", "2025Q2": "30", "2024Q3": "44", "2024Q2": "28"}),
        city("370500", {"2025Q3": "20", "2025Q2": "15", "2024Q3": "19", "2024Q2": "14"}),
        city("370600", {"2025Q2": "10", "2024Q2": "8", "2024Q3": "12"}),
    ]
    turn = share_break_even(cities, NOW, HALF)
    assert (turn.amount, turn.remaining, turn.rises) == (Decimal("30"), Decimal("20"), False)
    assert turn.remaining_growth == Decimal("4")  # 20 beside 12 − 8.
    assert turn.so_far_growth == Decimal("0.25")
    assert turn.fastest == Decimal("0.25")  # 20 beside 16, and not 5 beside 5.


def test_the_fastest_of_another_kind_is_no_comparison():
    cities = [
        city("370100", {"2025Q3": "100", "2025Q2": "10", "2024Q3": "20", "2024Q2": "10"}),
        city("370400", {"2025Q3": "50"}),
        city("370600", {"2025Q2": "10"}),
    ]
    turn = share_break_even(cities, NOW, HALF)
    assert (turn.fastest, turn.remaining_growth, turn.so_far_growth) == (None, None, None)


def test_a_city_without_a_figure_of_the_year_has_all_of_it_to_come():
    cities = [
        city("370100", {"2025Q3": "100"}),
        city("370600", {"2024Q4": "70", "2024Q3": "50"}),
    ]
    turn = share_break_even(cities, NOW, HALF)
    assert (turn.amount, turn.remaining) == (Decimal("100"), Decimal("100"))
    assert turn.remaining_growth == Decimal("1")
    assert turn.so_far_growth is None


def test_both_kinds_without_last_year_have_no_common_growth():
    cities = [
        city("370100", {"2025Q3": "100"}),
        city("370400", {"2025Q3": "90"}),
        city("370300", {"2025Q2": "5"}),
        city("370600", {"2025Q2": "5"}),
    ]
    assert share_break_even(cities, NOW, HALF) is None


@pytest.mark.parametrize("line", ["0", "1", "-0.1", "1.1"])
def test_there_is_none_at_a_line_that_no_share_crosses(line):
    cities = [city("370100", {"2025Q3": "100"}), city("370600", {})]
    assert share_break_even(cities, NOW, Decimal(line)) is None


def test_there_is_none_where_nobody_is_silent():
    cities = [city("370100", {"2025Q3": "100"}), city("370400", {"2025Q3": "90"})]
    assert share_break_even(cities, NOW, HALF) is None
    assert level_break_even(cities, NOW, Decimal("500")) is None


def test_of_a_total_it_is_what_lacks_to_the_line():
    cities = [
        city("370100", {"2025Q3": "100"}),
        city("370600", {"2025Q2": "10", "2024Q2": "8", "2024Q3": "12"}),
    ]
    turn = level_break_even(cities, NOW, Decimal("118"))
    assert (turn.amount, turn.remaining, turn.rises) == (Decimal("18"), Decimal("8"), True)
    assert turn.remaining_growth == Decimal("1")


def test_a_total_that_is_past_the_line_cannot_turn():
    cities = [city("370100", {"2025Q3": "100"}), city("370600", {"2025Q2": "10"})]
    assert level_break_even(cities, NOW, Decimal("110")) is None


@pytest.mark.parametrize("line", ["0", "1", "1.5"])
def test_nor_is_there_one_at_such_a_line_with_a_cluster_silent(line):
    cities = [city("370400", {"2025Q3": "100"}), city("370300", {"2025Q2": "1"})]
    assert share_break_even(cities, NOW, Decimal(line)) is None


def test_what_stands_exactly_at_the_line_has_nothing_to_come():
    cities = [
        city("370100", {"2025Q3": "100"}),
        city("370400", {"2025Q3": "50"}),
        city("370600", {"2025Q2": "50"}),
    ]
    assert share_break_even(cities, NOW, HALF) is None
    assert level_break_even(cities, NOW, Decimal("200")) is None


def test_half_a_yuan_to_come_is_something():
    cities = [
        city("370100", {"2025Q3": "100"}),
        city("370400", {"2025Q3": "50"}),
        city("370600", {"2025Q2": "49.5"}),
    ]
    assert share_break_even(cities, NOW, HALF).remaining == HALF
    assert level_break_even(cities, NOW, Decimal("200")).remaining == HALF


def test_a_cluster_without_a_figure_of_the_year_can_only_raise_the_share():
    cities = [
        city("370100", {"2025Q3": "20"}),
        city("370400", {"2025Q3": "50"}),
        city("370300", {"2024Q3": "10"}),
    ]
    turn = share_break_even(cities, NOW, HALF)
    assert (turn.remaining, turn.rises) == (Decimal("30"), True)


def test_a_city_without_a_figure_of_the_year_adds_nothing_to_what_they_did_so_far():
    cities = [
        city("370100", {"2025Q3": "100"}),
        city("370400", {"2025Q3": "10"}),
        city("370600", {"2025Q2": "12", "2024Q2": "10", "2024Q3": "15"}),
        city("370500", {"2024Q4": "70", "2024Q3": "50"}),
    ]
    turn = share_break_even(cities, NOW, HALF)
    assert turn.so_far_growth == Decimal("0.2")
    assert turn.remaining_growth == Decimal("78") / Decimal("55") - 1


def test_what_part_of_last_year_is_unknown_leaves_its_growth_unknown():
    known = city("370500", {"2025Q2": "10", "2024Q2": "8", "2024Q3": "12"})
    for lacking in (
        city("370600", {"2025Q2": "10", "2024Q2": "8"}),
        city("370600", {"2025Q2": "10", "2024Q3": "8"}),
    ):
        turn = share_break_even([city("370100", {"2025Q3": "100"}), known, lacking], NOW, HALF)
        assert turn.remaining_growth is None


def test_from_nothing_there_is_no_growth():
    idle = {"2025Q2": "10", "2024Q2": "8", "2024Q3": "8"}
    cities = [
        city("370100", {"2025Q3": "100"}),
        city("370400", {"2025Q3": "11", **idle}),
        city("370600", idle),
    ]
    turn = share_break_even(cities, NOW, HALF)
    assert (turn.remaining_growth, turn.fastest) == (None, None)


def test_from_less_than_a_yuan_there_is():
    small = {"2025Q2": "10", "2024Q2": "8", "2024Q3": "8.5"}
    turn = share_break_even([city("370100", {"2025Q3": "11"}), city("370600", small)], NOW, HALF)
    assert turn.remaining_growth == Decimal("1")


def test_with_nothing_accepted_of_the_silent_the_others_whole_years_are_compared():
    cities = [
        city("370100", {"2025Q3": "100"}),
        city("370400", {"2025Q3": "12", "2024Q3": "10"}),
        city("370600", {}),
    ]
    assert share_break_even(cities, NOW, HALF).fastest == Decimal("0.2")


def test_a_reporting_city_that_was_silent_then_is_no_comparison():
    cities = [
        city("370100", {"2025Q3": "100"}),
        city("370400", {"2025Q3": "12", "2024Q3": "10", "2024Q2": "5"}),
        city("370600", {"2025Q2": "10"}),
    ]
    assert share_break_even(cities, NOW, HALF).fastest is None


def test_last_year_may_be_what_the_city_itself_wrote_of_it():
    told = CityOutput(
        "370600",
        False,
        {BEFORE: Decimal("10"), A_YEAR_AGO: Decimal("12")},
        {BEFORE: Decimal("8")},
    )
    turn = share_break_even([city("370100", {"2025Q3": "30"}), told], NOW, HALF)
    assert turn.remaining_growth == Decimal("4")
    assert turn.so_far_growth == Decimal("0.25")
