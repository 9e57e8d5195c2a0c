"""Tests of rounded parts that add up."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.formulas.adding_up import parts_that_add_up

parts = st.lists(st.fractions(-1000, 1000, max_denominator=997), min_size=1, max_size=12)


def test_three_thirds_add_up_to_one():
    third = Fraction(1, 3)
    assert parts_that_add_up([third] * 3, Decimal("1.0"), places=1) == tuple(
        Decimal(text) for text in ("0.4", "0.3", "0.3")
    )


def test_the_part_that_lost_most_gets_the_rest():
    found = parts_that_add_up([Fraction("0.14"), Fraction("0.26")], Decimal("0.4"), places=1)
    assert found == (Decimal("0.1"), Decimal("0.3"))


def test_negative_parts_are_rounded_alike():
    found = parts_that_add_up([Fraction("-0.14"), Fraction("0.34")], Decimal("0.2"), places=1)
    assert found == (Decimal("-0.1"), Decimal("0.3"))


def test_a_part_of_nothing_stays_nothing():
    found = parts_that_add_up([Fraction(0), Fraction("0.96")], Decimal("1.0"), places=1)
    assert found == (Decimal("0.0"), Decimal("1.0"))


def test_a_whole_a_little_under_the_parts_takes_from_those_that_lost_least():
    found = parts_that_add_up([Fraction("0.10"), Fraction("0.25")], Decimal("0.2"), places=1)
    assert found == (Decimal("0.0"), Decimal("0.2"))


def test_what_the_parts_cannot_add_up_to_is_refused():
    with pytest.raises(ValueError, match="add up"):
        parts_that_add_up([Fraction(1)], Decimal("3"), places=0)
    with pytest.raises(ValueError, match="add up"):
        parts_that_add_up([Fraction(1)], Decimal("-1"), places=0)
    with pytest.raises(ValueError, match="places"):
        parts_that_add_up([Fraction(1)], Decimal("1.05"), places=1)


@given(parts, st.integers(0, 4))
def test_rounded_parts_add_up_to_the_rounded_whole(exact, places):
    unit = Decimal(1).scaleb(-places)
    scaled = sum(exact) * 10**places
    whole = (Decimal(scaled.numerator) / scaled.denominator).quantize(Decimal(1), ROUND_HALF_UP)
    found = parts_that_add_up(exact, whole.scaleb(-places), places=places)
    assert sum(found) == whole.scaleb(-places)
    for shown, part in zip(found, exact, strict=True):
        assert abs(Fraction(shown) - part) <= Fraction(unit)
