"""Tests of who made a change."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.formulas.contribution import (
    AmountPart,
    CountPart,
    UnitAmount,
    amount_parts,
    count_parts,
    exact_share,
    share_parts,
)

CODES = ("370100", "370200", "370300", "370400", "370500")
amounts = st.none() | st.decimals("0", "1e12", places=2)
states = st.dictionaries(st.sampled_from(CODES), st.builds(UnitAmount, amounts, st.booleans()))


def state(**amounts):
    """Cities by a letter; those in capitals are inside."""
    return {
        name.lower(): UnitAmount(None if text is None else Decimal(text), name.isupper())
        for name, text in amounts.items()
    }


def test_the_exact_share_counts_what_is_not_reported_as_not_there():
    assert exact_share(state(A="1", b="2", c=None)) == Fraction(1, 3)
    assert exact_share(state(A=None)) is exact_share({}) is exact_share(state(A="0")) is None


def test_a_city_that_grew_and_another_that_grew_each_get_their_part():
    # 50 of 100, then 70 of 130.
    parts = {p.unit: p for p in share_parts(state(A="50", b="50"), state(A="70", b="60"))}
    half = Fraction(1, 2)
    share = Fraction(7, 13)
    assert parts["a"].by_amount == half * ((20 - half * 20) / 130 + (20 - share * 20) / 100)
    assert parts["b"].by_amount == half * (-half * 10 / 130 - share * 10 / 100)
    assert parts["a"].whole + parts["b"].whole == share - half
    assert parts["a"].by_membership == 0


def test_joining_the_clusters_is_told_from_growing():
    parts = {p.unit: p for p in share_parts(state(A="50", b="50"), state(A="50", B="50"))}
    assert (parts["b"].by_amount, parts["b"].by_membership) == (0, Fraction(1, 2))
    assert parts["a"].whole == 0


def test_a_city_that_changed_both_is_split_at_the_middle():
    (a, b) = share_parts(state(A="50", b="20"), state(A="50", B="50"))
    assert b.by_membership == Fraction(35) * (Fraction(1, 100) + Fraction(1, 70)) / 2
    assert a.whole == 0
    assert b.whole == 1 - Fraction(5, 7)


def test_a_city_that_came_or_went_did_not_change_its_membership():
    for before, after in (
        (state(A="50", b="50"), state(A="50", b="50", C="10")),
        (state(A="50", b="50", C="10"), state(A="50", b="50")),
    ):
        assert all(part.by_membership == 0 for part in share_parts(before, after))


def test_without_two_shares_there_are_no_parts():
    assert share_parts({}, state(A="1")) is None
    assert share_parts(state(A="1"), state(A=None)) is None


@given(states, states)
def test_the_parts_of_a_share_add_up_to_its_movement(before, after):
    parts = share_parts(before, after)
    if parts is not None:
        moved = sum(part.whole for part in parts)
        assert moved == exact_share(after) - exact_share(before)


@given(states, states)
def test_the_way_back_has_the_same_parts_with_the_other_sign(before, after):
    there, back = share_parts(before, after), share_parts(after, before)
    if there is not None:
        assert [(p.unit, -p.by_amount, -p.by_membership) for p in there] == [
            (p.unit, p.by_amount, p.by_membership) for p in back
        ]


@given(states, states)
def test_the_parts_of_a_sum_add_up_to_the_cent(before, after):
    def total(entries):
        return sum((e.amount for e in entries.values() if e.amount is not None), Decimal(0))

    changed = sum((part.change for part in amount_parts(before, after)), Decimal(0))
    assert changed == total(after) - total(before)


def test_what_came_counts_whole_and_what_went_too():
    assert amount_parts(state(a="5", b=None), state(b="7.01")) == (
        AmountPart("a", Decimal("-5")),
        AmountPart("b", Decimal("7.01")),
    )


def test_a_firm_counts_when_it_comes_over_and_not_at_the_threshold():
    before = state(a="90", b="100", c="101", d="120", e=None)
    after = state(a="100", b="100.01", c="100", e="130")
    assert count_parts(before, after, Decimal(100)) == (
        CountPart("b", 1),
        CountPart("c", -1),
        CountPart("d", -1),
        CountPart("e", 1),
    )


@pytest.mark.parametrize("swap", [False, True])
def test_the_order_in_which_figures_came_is_of_no_account(swap):
    first, second = state(A="1", b="2", C="3"), state(C="4", A="2", b="5")
    if swap:
        first, second = (dict(reversed(one.items())) for one in (first, second))
    assert [p.unit for p in share_parts(first, second)] == ["a", "b", "c"]
    assert sum(p.whole for p in share_parts(first, second)) == Fraction(6, 11) - Fraction(4, 6)
