"""Tests of the conversion from year-to-date to quarter and year."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.quarters import Quarter
from indicators.formulas.cumulative import (
    Single,
    falls,
    rolling_year,
    single_quarter,
    single_quarters,
    year_to_date,
    year_total,
)

LAST_YEAR = Quarter.range(Quarter(2024, 1), Quarter(2024, 4))
THIS_YEAR = Quarter.range(Quarter(2025, 1), Quarter(2025, 4))

amounts = st.decimals("-1e9", "1e12", places=2)
eight = st.lists(amounts, min_size=8, max_size=8)


def series(*figures, start=THIS_YEAR[0]):
    """A year-to-date series; None where nothing was reported."""
    quarters = Quarter.range(start, Quarter.from_ordinal(start.ordinal + len(figures) - 1))
    return {q: None if f is None else Decimal(f) for q, f in zip(quarters, figures, strict=True)}


def test_the_first_quarter_is_its_own_cumulative_figure():
    assert single_quarter(series("10", "25"), THIS_YEAR[0]) == Single(THIS_YEAR[0], Decimal("10"))


def test_a_later_quarter_is_the_difference_to_the_one_before():
    assert single_quarter(series("10", "25"), THIS_YEAR[1]) == Single(THIS_YEAR[1], Decimal("15"))


def test_the_new_year_does_not_take_the_old_one_along():
    assert single_quarter(series("90", "10", start=LAST_YEAR[3]), THIS_YEAR[0]).amount == 10


def test_over_a_gap_nothing_is_guessed():
    singles = single_quarters(series("10", None, "40", "60"), THIS_YEAR)
    assert [single.amount for single in singles] == [10, None, None, 20]


def test_a_fall_is_allowed_and_flagged():
    fall = single_quarter(series("10", "7"), THIS_YEAR[1])
    assert (fall.amount, fall.is_fall) == (-3, True)
    assert not single_quarter(series("10", "10"), THIS_YEAR[1]).is_fall
    assert not single_quarter({}, THIS_YEAR[1]).is_fall


def test_stocks_are_not_differenced():
    staff = series("100", "110", "105")
    assert [s.amount for s in single_quarters(staff, THIS_YEAR[:3], stock=True)] == [100, 110, 105]
    assert rolling_year(staff, THIS_YEAR[2], stock=True) == 105


def test_a_year_is_its_fourth_quarter():
    assert year_total(series("10", "25", "40", "60"), 2025) == 60
    assert year_total(series("10", "25", "40"), 2025) is None


def test_a_rolling_year_bridges_what_cancels_out():
    figures = {
        LAST_YEAR[1]: Decimal("20"),
        LAST_YEAR[3]: Decimal("50"),
        THIS_YEAR[1]: Decimal("30"),
    }
    assert rolling_year(figures, THIS_YEAR[1]) == 60


@pytest.mark.parametrize("missing", [LAST_YEAR[1], LAST_YEAR[3], THIS_YEAR[1]])
def test_a_rolling_year_lacks_what_it_needs(missing):
    figures = series("1", "2", "3", "4", "1", "2", start=LAST_YEAR[0])
    assert rolling_year({**figures, missing: None}, THIS_YEAR[1]) is None


def test_at_the_years_end_the_rolling_year_is_the_year():
    assert rolling_year(series("10", "25", "40", "60"), THIS_YEAR[3]) == 60


@given(eight)
def test_quarters_sum_to_the_year(figures):
    ytd = series(*figures, start=LAST_YEAR[0])
    for year, quarters in ((2024, LAST_YEAR), (2025, THIS_YEAR)):
        assert sum(s.amount for s in single_quarters(ytd, quarters)) == year_total(ytd, year)


@given(eight, st.sampled_from(THIS_YEAR))
def test_a_rolling_year_is_the_sum_of_its_four_quarters(figures, quarter):
    ytd = series(*figures, start=LAST_YEAR[0])
    four = Quarter.range(Quarter.from_ordinal(quarter.ordinal - 3), quarter)
    assert rolling_year(ytd, quarter) == sum(s.amount for s in single_quarters(ytd, four))


def test_what_the_quarters_added_makes_the_cumulative_figure_again():
    singles = series("10", "15", "-5", "20")
    assert [year_to_date(singles, q) for q in THIS_YEAR] == [10, 25, 20, 40]


def test_a_gap_is_not_filled_with_nothing():
    assert year_to_date(series("10", None, "5"), THIS_YEAR[2]) is None
    assert year_to_date(series("10"), THIS_YEAR[1]) is None
    assert year_to_date({}, THIS_YEAR[0]) is None


def test_a_stock_is_what_it_is():
    assert year_to_date(series(None, "110"), THIS_YEAR[1], stock=True) == 110


def test_the_old_year_is_not_taken_along():
    assert year_to_date(series("90", "10", start=LAST_YEAR[3]), THIS_YEAR[0]) == 10


@given(eight)
def test_quarters_and_cumulative_figures_lead_back_to_each_other(figures):
    ytd = dict(zip([*LAST_YEAR, *THIS_YEAR], figures, strict=True))
    singles = {q: single_quarter(ytd, q).amount for q in ytd}
    assert {q: year_to_date(singles, q) for q in ytd} == ytd
    assert sum(singles[q] for q in THIS_YEAR) == year_total(ytd, 2025)


def test_quarters_that_fell_are_listed():
    fallen = falls(series("10", "7", None, "5"), THIS_YEAR)
    assert [(one.quarter, one.amount) for one in fallen] == [(THIS_YEAR[1], Decimal("-3"))]
