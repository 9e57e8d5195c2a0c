"""Tests of a part of the whole over the last four quarters."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.quarters import Quarter
from indicators.formulas.rolling_share import rolling_share

NOW = Quarter(2025, 1)
BEFORE = Quarter.range(Quarter(2024, 1), Quarter(2024, 4))


def series(*cumulative):
    """Cumulative figures of 2024's four quarters and of 2025's first."""
    return dict(zip([*BEFORE, NOW], map(Decimal, cumulative), strict=True))


def test_it_is_of_four_quarters_and_does_not_begin_anew_in_january():
    # 20 of 2024 without its first quarter, and 10 of 2025: 30. The other's: 60 and 10.
    mine, other = series(10, 16, 22, 30, 10), series(20, 40, 60, 80, 10)
    assert rolling_share(mine, [mine, other], NOW) == Decimal("0.3")


def test_at_a_years_end_it_is_the_years():
    mine, other = series(10, 16, 22, 30, 10), series(20, 40, 60, 70, 10)
    assert rolling_share(mine, [mine, other], Quarter(2024, 4)) == Decimal("0.3")


@pytest.mark.parametrize("lacking", range(2))
def test_a_figure_that_lacks_anywhere_leaves_a_gap(lacking):
    every = [series(10, 16, 22, 30, 10), series(20, 40, 60, 80, 10)]
    del every[lacking][BEFORE[0]]
    assert rolling_share(every[0], every, NOW) is None


def test_of_nothing_there_is_no_part():
    nothing = series(0, 0, 0, 0, 0)
    assert rolling_share(nothing, [nothing], NOW) is None


def test_a_part_outside_the_whole_is_none():
    falling, other = series(10, 20, 30, 40, 10), series(60, 50, 40, 30, 0)
    # The other's four quarters come to −30: more than the whole would be the first's.
    assert rolling_share(falling, [falling, other], NOW) is None
    assert rolling_share(other, [falling, other], NOW) is None


def test_none_of_it_is_nought():
    nothing, other = series(0, 0, 0, 0, 0), series(20, 40, 60, 80, 10)
    assert rolling_share(nothing, [nothing, other], NOW) == 0


def test_a_part_under_one_yuan_is_a_part():
    little, other = series("0.1", "0.2", "0.3", "0.4", "0.1"), series(1, 2, 3, "3.6", 1)
    assert rolling_share(little, [little, other], NOW) == Decimal("0.1")


def test_all_of_it_is_one():
    alone = series(10, 16, 22, 30, 10)
    assert rolling_share(alone, [alone], NOW) == 1


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=6))
def test_the_parts_add_up_to_the_whole(steps):
    every = [series(n, 2 * n, 3 * n, 4 * n, n) for n in steps]
    shares = [rolling_share(one, every, NOW) for one in every]
    assert abs(sum(shares) - 1) < Decimal("1e-20")
