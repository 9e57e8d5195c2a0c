"""Tests of the count of enterprises over the threshold."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.formulas.firms_over import count_over, is_over

THRESHOLD = Decimal("100000000")

returns = st.lists(
    st.tuples(st.sampled_from("ABCDE"), st.none() | st.decimals("0", "3e8", places=2))
)


@pytest.mark.parametrize(
    ("revenue", "over"),
    [
        pytest.param(Decimal("100000000"), False, id="exactly 100,000,000 yuan"),
        pytest.param(Decimal("100000000.01"), True, id="a cent more"),
        pytest.param(Decimal("99999999.99"), False, id="a cent less"),
        pytest.param(None, False, id="not reported"),
    ],
)
def test_over_means_more_than(revenue, over):
    assert is_over(revenue, THRESHOLD) is over


def test_an_enterprise_that_two_cities_report_counts_once():
    twice = [("A", Decimal("150000000")), ("A", Decimal("120000000")), ("B", None)]
    assert count_over(twice, THRESHOLD) == 1


def test_two_reports_of_one_enterprise_are_not_added_up():
    assert count_over([("A", Decimal("60000000")), ("A", Decimal("60000000"))], THRESHOLD) == 0


@given(returns, st.randoms())
def test_the_order_of_returns_is_of_no_account(lines, random):
    assert count_over(lines, THRESHOLD) == count_over(random.sample(lines, len(lines)), THRESHOLD)


@given(returns)
def test_a_higher_threshold_never_counts_more(lines):
    assert count_over(lines, THRESHOLD * 2) <= count_over(lines, THRESHOLD)
