"""Tests of rounding that never makes a comparison read false."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.verdict.rounding import places_that_read_truly, plain, rounded

figures = st.decimals("-1e6", "1e6", places=8)


@pytest.mark.parametrize(
    ("figure", "against", "least", "shown"),
    [
        pytest.param("49.996", "50", 1, "49.996", id="just under the target"),
        pytest.param("50.0004", "50", 1, "50.0004", id="just over it"),
        pytest.param("50", "50", 1, "50.0", id="the target itself"),
        pytest.param("51.84", "50", 1, "51.8", id="far from it"),
        pytest.param("9.96", "10", 0, "9.96", id="just under a band"),
        pytest.param("9.5", "10", 0, "9.5", id="half up would reach the band"),
        pytest.param("27.9166", "10", 0, "28", id="in the middle of a band"),
    ],
)
def test_a_figure_gets_the_digits_it_needs(figure, against, least, shown):
    places = places_that_read_truly([Decimal(figure)], [Decimal(against)], least=least)
    assert f"{rounded(Decimal(figure), places):f}" == shown


def test_figures_shown_together_are_kept_apart():
    assert places_that_read_truly([Decimal("51.82"), Decimal("51.84")], least=1) == 2


def test_halves_are_rounded_up_and_not_to_even():
    assert rounded(Decimal("2.5"), 0) == 3


@pytest.mark.parametrize(
    ("figure", "text"), [("50.000000", "50"), ("300", "300"), ("42.30", "42.3"), ("1E+2", "100")]
)
def test_an_exact_figure_is_written_plainly(figure, text):
    assert plain(Decimal(figure)) == text


@given(figures, figures)
def test_what_is_shown_compares_as_what_is(figure, target):
    places = places_that_read_truly([figure], [target])
    shown = rounded(figure, places)
    assert (shown < target, shown == target) == (figure < target, figure == target)


def test_figures_that_differ_beyond_all_digits_do_not_go_on_for_ever():
    assert places_that_read_truly([Decimal("1E-40")], [Decimal("0")]) == 30
