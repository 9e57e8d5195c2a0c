"""Amounts by period in four ways: they hold together, and refuse over gaps."""

from decimal import Decimal

import pytest
from django.http import Http404
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from foundation.quarters import Quarter
from indicators.catalogue import Measure
from indicators.regions.amounts import Amounts, asked_amounts, history, in_way

QUARTERS = Quarter.range(Quarter(2023, 1), Quarter(2025, 4))
amounts = st.none() | st.decimals("-1e9", "1e12", places=2)
series = st.fixed_dictionaries({quarter: amounts for quarter in QUARTERS})


def told(how, ytd, *, stocks=None):
    return history("one", how, {Measure.REVENUE: ytd}, QUARTERS, stocks).rows


@given(series)
def test_quarters_add_up_to_the_year_and_to_the_last_four(ytd):
    single = {row.quarter: row.amounts[0] for row in told(Amounts.QUARTER, ytd)}
    rolling = {row.quarter: row.amounts[0] for row in told(Amounts.ROLLING, ytd)}
    for row in told(Amounts.YEAR, ytd):
        of_year = [single[Quarter(row.quarter.year, n)] for n in (1, 2, 3, 4)]
        if None not in of_year:
            assert sum(of_year) == row.amounts[0]
    for at in range(3, len(QUARTERS)):
        four = [single[quarter] for quarter in QUARTERS[at - 3 : at + 1]]
        if None not in four:
            assert sum(four) == rolling[QUARTERS[at]]


@given(series)
def test_what_needs_a_quarter_that_is_missing_is_a_gap(ytd):
    for row in told(Amounts.QUARTER, ytd):
        needed = (
            [row.quarter] if row.quarter.quarter == 1 else [row.quarter.previous(), row.quarter]
        )
        assert (row.amounts[0] is None) is any(ytd[quarter] is None for quarter in needed)


def test_years_are_those_that_are_over():
    ytd = {quarter: Decimal("1.00") for quarter in QUARTERS}
    rows = history("one", Amounts.YEAR, {Measure.REVENUE: ytd}, QUARTERS[:-1]).rows
    assert [row.quarter.year for row in rows] == [2023, 2024]


@pytest.mark.parametrize("how", Amounts)
def test_numbers_at_the_end_are_never_converted(how):
    staff = {quarter: 10 + n for n, quarter in enumerate(QUARTERS)}
    for row in told(how, {}, stocks={Measure.EMPLOYEES: staff}):
        assert row.stocks == (staff[row.quarter],)


def test_of_itself_without_a_word_and_no_other_way_is_there():
    ask = RequestFactory().get
    assert asked_amounts(ask("/")) is Amounts.QUARTER
    assert asked_amounts(ask("/?amounts=rolling")) is Amounts.ROLLING
    with pytest.raises(Http404):
        asked_amounts(ask("/?amounts=daily"))


def test_a_cumulative_figure_is_what_was_reported():
    assert in_way(Amounts.CUMULATIVE, {QUARTERS[1]: Decimal("5.00")}, QUARTERS[1]) == 5
