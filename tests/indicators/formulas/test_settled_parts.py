"""Which part of the likely range each silent city's report would remove."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from indicators.formulas.settled_parts import SilentAmount, settled_parts

AMOUNTS = st.decimals(min_value=0, max_value=10**12, places=2)
ENDS = st.tuples(AMOUNTS, AMOUNTS, AMOUNTS).map(sorted)
SILENT = st.builds(lambda inside, ends: SilentAmount(inside, *ends), st.booleans(), ENDS)
C, R = Decimal("78433000000"), Decimal("52028000000")
YANTAI = SilentAmount(False, Decimal("99"), Decimal("100"), Decimal("101"))


@given(AMOUNTS, AMOUNTS, st.lists(SILENT, min_size=1, max_size=6))
def test_the_parts_are_whole_percents_that_add_up_to_one(clusters, rest, silent):
    parts = settled_parts(clusters, rest, silent)
    assume(parts is not None)

    assert sum(parts) == 1
    assert all(part >= 0 and part == round(part, 2) for part in parts)


@given(SILENT)
def test_the_only_silent_city_removes_all(city):
    assume(city.low < city.high)
    assert settled_parts(C, R, [city]) == (Decimal(1),)


@given(st.lists(SILENT, min_size=2, max_size=5), st.integers(0, 10))
def test_a_city_with_wider_ends_removes_no_less_than_its_like(silent, more):
    narrow = replace(YANTAI, in_cluster=silent[0].in_cluster)
    wide = replace(narrow, low=narrow.low - more, high=narrow.high + more)
    parts = settled_parts(C, R, [narrow, wide, *silent])

    # Rounding may give one of two equals a percent more.
    assert parts is None or parts[1] >= parts[0] - Decimal("0.01")


def test_without_a_range_nothing_is_removed():
    known = replace(YANTAI, low=YANTAI.centre, high=YANTAI.centre)
    assert settled_parts(C, R, [known, known]) is None
    assert settled_parts(Decimal(0), Decimal(0), [known]) is None
    assert settled_parts(C, R, []) is None


def test_equal_cities_remove_equal_parts():
    assert settled_parts(C, R, [YANTAI] * 4) == (Decimal("0.25"),) * 4
    inside = replace(YANTAI, in_cluster=True)
    assert settled_parts(C, C, [YANTAI, inside]) == (Decimal("0.5"),) * 2
