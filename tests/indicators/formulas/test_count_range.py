from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.quarters import Quarter
from indicators.formulas.count_range import ErrorSample, Near, count_range
from tests.indicators.formulas.made_firms import LINE, yuan

Q3 = Quarter(2025, 3)


def ratios(*numbers):
    return sorted(Decimal(str(one)) for one in numbers)


def sample(errors, years=0):
    return ErrorSample(years, {Q3: errors})


def near(*millions, city="silent"):
    return [Near(city, Q3, yuan(one)) for one in millions]


def found(samples, estimates, *, sure=10, at_least=0):
    centre = sure + sum(one.estimate > LINE for one in estimates)
    return count_range(samples, estimates, sure=sure, line=LINE, at_least=at_least, centre=centre)


def test_two_standard_deviations_of_so_many_that_are_as_likely_over_as_not():
    """Sixteen of chance ½: mean 8, variance 4."""
    errors = {"there": ratios(0.9, 1.1)}
    assert found([sample(errors)], near(*[101, 99] * 8)) == (10 + 4, 10 + 12)


def test_what_one_city_has_in_common_makes_the_range_wider():
    """Half the errors are one city's and all low, half another's and all high."""
    apart = {"low": ratios(0.9), "high": ratios(1.1)}
    # mean 4, variance 4²: none of the eight or all, and no others
    assert found([sample(apart)], near(*[101, 99] * 4)) == (10, 10 + 8)
    mixed = {"there": ratios(0.9, 1.1)}
    # mean 4, variance 2
    assert found([sample(mixed)], near(*[101, 99] * 4)) == (10 + 1, 10 + 7)


def test_a_city_with_more_errors_weighs_more():
    apart = {"low": ratios(0.9), "high": ratios(*[1.1] * 99)}
    low, _high = found([sample(apart)], near(*[101] * 100))
    # mean 99, variance 0.01 × 0.99 × 100² = 99
    assert low == 10 + 79


def test_rounded_outward():
    errors = {"there": ratios(0.9, 1.1, 1.1, 1.1)}
    # mean 2.25, deviation √(0.5625) = 0.75
    assert found([sample(errors)], near(101, 101, 101)) == (10, 10 + 3)
    # mean 7.5, deviation √(1.875) = 1.37
    assert found([sample(errors)], near(*[101] * 10)) == (10 + 4, 10 + 10)


def test_the_worst_of_the_years_holds():
    this, earlier = {"there": ratios(0.9)}, {"there": ratios(1.1)}
    assert found([sample(this), sample(earlier, 1)], near(*[100] * 5)) == (10, 15)


@pytest.mark.parametrize(("at_least", "expected"), [(9, (9, 11)), (10, (10, 12))])
def test_never_narrower_than_two_nor_under_the_certain_minimum(at_least, expected):
    assert found([sample({"there": ratios(1)})], [], at_least=at_least) == expected


def test_without_errors_there_are_no_ends():
    assert found([], near(100)) is None


errors = st.dictionaries(
    st.sampled_from("abc"),
    st.lists(st.integers(50, 200), min_size=1, max_size=6).map(
        lambda every: ratios(*(one / 100 for one in every))
    ),
    min_size=1,
)
estimates = st.lists(st.integers(50, 200), max_size=12)


@given(st.lists(errors, min_size=1, max_size=3), estimates, st.integers(0, 5))
def test_it_holds_the_centre_and_nothing_impossible(samples, millions, more):
    every = near(*millions)
    low, high = found([sample(one, n) for n, one in enumerate(samples)], every, at_least=10 - more)
    centre = 10 + sum(one.estimate > LINE for one in every)
    assert 10 - more <= low <= centre <= high
    assert high - low >= 2


@given(errors, estimates)
def test_larger_estimates_never_give_a_lower_mean(one, millions):
    """By the errors of one firm's city alone: then there is no spread but that of the cities."""
    alike = {city: ratios[:1] for city, ratios in list(one.items())[:1]}
    ends = found([sample(alike)], near(*millions))
    larger = found([sample(alike)], near(*(each + 5 for each in millions)))
    assert ends[0] <= larger[0]
    assert ends[1] <= larger[1]
