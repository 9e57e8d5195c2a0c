"""Tests of a range with open ends."""

from decimal import Decimal

import pytest

from indicators.formulas.certain_range import NOTHING_CERTAIN, CertainRange

LOW, HIGH = Decimal("1"), Decimal("3")


def test_it_holds_its_ends_and_what_lies_between():
    found = CertainRange(LOW, HIGH)
    assert [found.holds(Decimal(one)) for one in ("0.9", "1", "2", "3", "3.1")] == [
        False, True, True, True, False,
    ]  # fmt: skip


def test_an_open_end_holds_everything_on_its_side():
    assert CertainRange(LOW, None).holds(Decimal("1e9"))
    assert not CertainRange(LOW, None).holds(Decimal("0"))
    assert CertainRange(None, HIGH).holds(Decimal("-1e9"))
    assert NOTHING_CERTAIN.holds(Decimal("0"))


@pytest.mark.parametrize(
    ("low", "high", "names"),
    [
        (LOW, HIGH, ()),
        (None, HIGH, ("low",)),
        (LOW, None, ("high",)),
        (None, None, ("low", "high")),
    ],
)
def test_its_open_ends_have_names(low, high, names):
    assert CertainRange(low, high).open == names


def test_it_is_exact_where_both_ends_are_one_value():
    assert CertainRange(LOW, LOW).is_exact
    assert not CertainRange(LOW, HIGH).is_exact
    assert not NOTHING_CERTAIN.is_exact


@pytest.mark.parametrize(
    ("other", "inside"),
    [
        (CertainRange(LOW, HIGH), True),
        (CertainRange(Decimal("2"), Decimal("2")), True),
        (CertainRange(Decimal("0"), HIGH), False),
        (CertainRange(LOW, Decimal("4")), False),
        (CertainRange(None, HIGH), False),
        (CertainRange(LOW, None), False),
    ],
)
def test_it_contains_a_narrower_range_and_no_wider_one(other, inside):
    assert CertainRange(LOW, HIGH).contains(other) is inside


def test_an_open_range_contains_every_other():
    assert NOTHING_CERTAIN.contains(CertainRange(LOW, None))
