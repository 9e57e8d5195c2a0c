"""Tests of the strip around the threshold."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from indicators.formulas.heaping import strip

THRESHOLD = Decimal("100000000")
revenues = st.lists(st.none() | st.decimals("0", "2e8", places=2))


def numbers(*texts):
    return [one.number for one in strip(map(Decimal, texts), THRESHOLD).bins]


def test_the_strip_runs_from_four_fifths_to_six_fifths_with_the_threshold_as_an_edge():
    bins = strip([], THRESHOLD).bins
    assert len(bins) == 20
    assert (bins[0].low, bins[-1].high) == (80_000_000, 120_000_000)
    assert bins[9].high == bins[10].low == THRESHOLD
    assert all(one.high - one.low == 2_000_000 for one in bins)


def test_exactly_the_threshold_is_not_over():
    found = strip([THRESHOLD, THRESHOLD + Decimal("0.01"), None], THRESHOLD)
    assert (found.exactly, found.just_under, found.just_over) == (1, 1, 1)


def test_a_bin_holds_its_upper_edge_and_not_its_lower():
    assert numbers("80000000") == [0] * 20
    assert numbers("80000000.01") == [1] + [0] * 19
    assert numbers("82000000") == [1] + [0] * 19
    assert numbers("120000000") == [0] * 19 + [1]
    assert numbers("120000000.01") == [0] * 20


def test_the_chance_says_how_striking_a_heap_is():
    assert strip([], THRESHOLD).chance == 1
    over, under = Decimal("101000000"), Decimal("99000000")
    assert strip([over] * 4, THRESHOLD).chance == Fraction(1, 16)
    assert strip([over] * 3 + [under], THRESHOLD).chance == Fraction(5, 16)
    assert strip([under] * 4, THRESHOLD).chance == 1


@given(revenues)
def test_nobody_is_counted_twice_and_nobody_within_is_lost(made):
    found = strip(made, THRESHOLD)
    within = [r for r in made if r is not None and 80_000_000 < r <= 120_000_000]
    assert sum(one.number for one in found.bins) == len(within)
    over = sum(one.number for one in found.bins[10:])
    assert over == sum(r > THRESHOLD for r in within)
    for one in found.bins:
        assert one.number == sum(one.low < r <= one.high for r in within)


def test_who_comes_after_one_that_has_not_reported_is_counted_too():
    found = strip([None, THRESHOLD, THRESHOLD, THRESHOLD + 1], THRESHOLD)
    assert (found.exactly, found.just_under, found.just_over) == (2, 2, 1)
