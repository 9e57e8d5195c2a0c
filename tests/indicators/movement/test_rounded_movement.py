"""What is printed of a movement adds up, whatever the fractions."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.formulas.bridge import Cause
from indicators.movement.rounded_movement import rounded_movement

HUNDRED = Decimal(100)
fractions = st.fractions(-1, 1, max_denominator=10**9)
parts = st.dictionaries(
    st.tuples(st.sampled_from("abcde"), st.sampled_from(list(Cause))), fractions, max_size=15
)


@given(st.fractions(0, 1, max_denominator=10**9), parts, st.booleans())
def test_cities_causes_and_ends_add_up_as_printed(start, by_unit, percent):
    listed = [(city, cause, part) for (city, cause), part in by_unit.items()]
    end = start + sum(by_unit.values())

    scale, least = (HUNDRED, 2) if percent else (Decimal(1), 0)
    shown = rounded_movement(start, end, listed, scale=scale, least=least)

    assert shown.start + sum(shown.by_cause.values()) == shown.end
    assert sum(shown.of_city(city) for city in "abcde") == shown.whole
    for cause, whole in shown.by_cause.items():
        mine = sum(one for (_city, c), one in shown.parts.items() if c is cause)
        assert mine == whole
    unit = Fraction(1, 10**shown.places)
    for (city, cause), part in by_unit.items():
        exact = part * (100 if percent else 1)
        assert abs(Fraction(shown.parts[city, cause]) - exact) < 2 * unit
    if shown.steps:
        assert shown.steps[-1][2] == shown.end


def test_the_figure_just_short_of_its_target_does_not_read_as_the_target():
    start, end = Fraction(1, 2), Fraction(499_996, 1_000_000)
    part = [("a", Cause.NEW, end - start)]

    shown = rounded_movement(start, end, part, scale=HUNDRED, least=2, against=Decimal("0.5"))

    assert shown.end == Decimal("49.9996")
    assert shown.by_cause[Cause.NEW] == Decimal("-0.0004")


def test_parts_that_do_not_add_up_are_refused():
    with pytest.raises(ValueError, match="do not add up"):
        rounded_movement(
            Fraction(0), Fraction(1), [("a", Cause.NEW, Fraction(1, 2))], scale=HUNDRED, least=2
        )
