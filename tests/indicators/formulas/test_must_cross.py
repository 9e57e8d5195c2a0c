"""Tests of how many more enterprises must pass the threshold."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.formulas.must_cross import MustCross, must_cross

GAPS = [Decimal("300"), Decimal("100"), Decimal("200")]


def crossing(secured, on_pace, target="300", comparator=">="):
    return must_cross(
        target=Decimal(target),
        comparator=comparator,
        secured=secured,
        on_pace=on_pace,
        gaps=GAPS,
    )


@pytest.mark.parametrize(
    ("secured", "on_pace", "expected"),
    [
        pytest.param(300, 5, (300, 0, 0, (), 0), id="met exactly"),
        pytest.param(310, 0, (300, 0, 0, (), 0), id="more than met"),
        pytest.param(290, 10, (300, 10, 0, (), 0), id="those on pace suffice"),
        pytest.param(290, 8, (300, 10, 2, (100, 200), 0), id="the two nearest are needed"),
        pytest.param(290, 0, (300, 10, 10, (100, 200, 300), 7), id="there are not enough"),
    ],
)
def test_what_must_happen(secured, on_pace, expected):
    assert crossing(secured, on_pace) == MustCross(*expected)


def test_over_wants_one_more_than_at_least():
    assert crossing(300, 0, comparator=">").wanted == 301
    assert crossing(300, 0, target="299.5", comparator=">").wanted == 300
    assert crossing(300, 0, target="299.5").wanted == 300


def test_together_is_what_the_nearest_lack():
    assert crossing(290, 8).together == 300
    assert crossing(300, 0).together == 0


def test_a_target_that_falls_has_no_fewest_number():
    with pytest.raises(ValueError, match="<="):
        crossing(1, 1, comparator="<=")


gaps = st.lists(st.decimals("0", "2e7", places=2), max_size=8)


@given(st.integers(0, 400), st.integers(0, 50), gaps)
def test_the_numbers_add_up_and_no_nearer_gap_is_passed_over(secured, on_pace, lacking):
    found = must_cross(
        target=Decimal(300), comparator=">=", secured=secured, on_pace=on_pace, gaps=lacking
    )
    assert secured + found.to_cross >= found.wanted
    assert found.beyond == len(found.nearest) + found.lacking
    rest = sorted(lacking)[len(found.nearest) :]
    assert not found.nearest or not rest or max(found.nearest) <= rest[0]


def test_a_fraction_of_an_enterprise_is_a_whole_one():
    assert crossing(0, 0, target="299.2").wanted == 300
    assert crossing(0, 0, target="299.8", comparator=">").wanted == 300
