"""Tests of growth on a comparable basis."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from indicators.formulas.comparable_basis import BasisRole, Difference, Stayed, growth

amounts = st.none() | st.decimals("0", "1e12", places=2)
by_firm = st.dictionaries(st.sampled_from("abcdef"), amounts)


def made(**texts):
    return {unit: None if text is None else Decimal(text) for unit, text in texts.items()}


def test_with_the_same_units_both_growths_are_one():
    found = growth(made(a="110", b="55"), made(a="100", b="50"))
    assert found.reported == found.comparable == Fraction(1, 10)
    assert (found.stayed, found.differences) == (2, ())


def test_one_that_joined_is_growth_as_reported_only():
    found = growth(made(a="110", b="40"), made(a="100", b=None))
    assert (found.reported, found.comparable) == (Fraction(1, 2), Fraction(1, 10))
    assert found.differences == (
        Difference("b", BasisRole.JOINED, Decimal("40"), None, Fraction(40, 100)),
    )


def test_one_that_left_is_a_fall_as_reported_only():
    found = growth(made(a="110"), made(a="100", b="100"))
    assert (found.reported, found.comparable) == (Fraction(-45, 100), Fraction(1, 10))
    assert found.differences == (
        Difference("b", BasisRole.LEFT, None, Decimal("100"), -Fraction(11, 10) * 100 / 200),
    )


def test_last_years_figure_of_one_that_joined_can_be_filled_in():
    found = growth(made(a="110", b="40"), made(a="100"), made(a="1", b="50", c="9"))
    assert (found.reported, found.comparable) == (Fraction(1, 2), Fraction(0))
    assert found.stayed == 2
    assert found.differences == (
        Difference("b", BasisRole.FILLED_IN, Decimal("40"), Decimal("50"), Fraction(50, 100)),
    )


def test_without_anything_to_grow_from_there_is_no_growth():
    nothing = growth(made(a="1"), made(a="0"))
    assert (nothing.reported, nothing.comparable, nothing.stayed) == (None, None, 1)
    apart = growth(made(a="1"), made(b="1"))
    assert (apart.reported, apart.comparable, apart.stayed) == (0, None, 0)
    assert growth({}, {}).reported is None


def test_where_those_that_stayed_made_nothing_one_that_left_makes_no_difference():
    found = growth(made(a="0"), made(a="100", b="100"))
    assert (found.reported, found.comparable) == (-1, -1)
    assert found.differences == (
        Difference("b", BasisRole.LEFT, None, Decimal("100"), Fraction(0)),
    )


def test_less_than_a_yuan_is_something_to_grow_from():
    found = growth(made(a="0.02", b="0.01"), made(a="0.01"))
    assert (found.reported, found.comparable) == (2, 1)
    assert [one.part for one in found.differences] == [1]


def test_joiners_and_leavers_are_listed_even_without_a_growth():
    found = growth(made(a="1"), {})
    assert found.differences == (
        Difference("a", BasisRole.JOINED, Decimal("1"), None, Fraction(0)),
    )


@given(by_firm, by_firm, by_firm)
def test_the_difference_reconciles_exactly(now, then, filled_in):
    found = growth(now, then, filled_in)
    if found.reported is not None and found.comparable is not None:
        explained = sum(one.part for one in found.differences)
        assert found.reported - found.comparable == explained


@given(by_firm, by_firm)
def test_every_unit_reported_stayed_joined_or_left(now, then):
    found = growth(now, then)
    units = {u for state in (now, then) for u, amount in state.items() if amount is not None}
    assert found.stayed + len(found.differences) == len(units)


@given(by_firm, by_firm, by_firm)
def test_the_order_of_the_units_is_of_no_account(now, then, filled_in):
    backwards = (dict(reversed(one.items())) for one in (now, then, filled_in))
    assert growth(now, then, filled_in) == growth(*backwards)


@given(by_firm, by_firm, by_firm, st.sets(st.sampled_from("abcdef")))
def test_units_that_stayed_may_be_given_by_their_sums(now, then, filled, asked):
    both = {u for u in asked if now.get(u) is not None and then.get(u) is not None}
    sums = Stayed(
        len(both),
        sum((now[u] for u in both), Decimal(0)),
        sum((then[u] for u in both), Decimal(0)),
    )

    def rest(of):
        return {unit: amount for unit, amount in of.items() if unit not in both}

    assert growth(rest(now), rest(then), rest(filled), sums) == growth(now, then, filled)
