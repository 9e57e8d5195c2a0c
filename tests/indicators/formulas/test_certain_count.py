from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from foundation.quarters import Quarter
from indicators.formulas.certain_count import certain_count
from tests.indicators.formulas.made_firms import LINE, firm

Q4 = Quarter(2025, 4)
A_YEAR = [Quarter(2025, n) for n in (1, 2, 3, 4)]


def at_least(*firms, quarter=Q4):
    return certain_count(dict(enumerate(firms)), quarter, LINE).at_least


def test_exactly_the_line_is_not_over_it():
    assert at_least(firm(**{"2025Q4": 100}), firm(**{"2025Q4": "100.00000001"})) == 1


def test_a_line_missing_later_is_silence_and_not_a_fall():
    assert at_least(firm(**{"2025Q2": 101})) == 1
    assert at_least(firm(**{"2025Q2": 101, "2025Q3": None})) == 1


def test_a_declared_fall_counts():
    assert at_least(firm(**{"2025Q2": 101, "2025Q3": 99})) == 0
    assert at_least(firm(**{"2025Q2": 101, "2025Q3": 99, "2025Q4": 102})) == 1


def test_last_year_and_later_quarters_say_nothing():
    assert at_least(firm(**{"2024Q4": 500})) == 0
    assert at_least(firm(**{"2025Q3": 101}), quarter=Quarter(2025, 2)) == 0


def test_it_counts_once_for_the_city_that_brought_its_newest_figure():
    moved = firm("before", **{"2025Q2": 101}) | firm("after", **{"2025Q3": 120})
    found = certain_count({"moved": moved, "other": firm("other")}, Q4, LINE)

    assert found.by_city == {"after": 1}
    assert (found.at_least, found.city_of) == (1, {"moved": "after"})


amounts = st.one_of(st.none(), st.integers(80, 120))
figures = st.lists(amounts, min_size=4, max_size=4).map(
    lambda every: firm(**{f"2025Q{n}": one for n, one in enumerate(every, 1)})
)


@given(st.lists(figures, max_size=8))
def test_it_is_the_last_figure_that_decides(firms):
    def last(one):
        return [one[q].revenue for q in A_YEAR if one[q].revenue is not None][-1:]

    expected = sum(1 for one in firms if last(one) and last(one)[0] > LINE)
    assert at_least(*firms) == expected


@given(st.lists(figures, max_size=8), st.integers(1, 3))
def test_a_silent_city_that_reports_no_less_never_lowers_it(firms, until):
    quarter = Quarter(2025, until)
    earlier = at_least(*firms, quarter=quarter)
    rising = [
        {q: one for q, one in figures.items() if q <= quarter}
        | firm(**{f"2025Q{until + 1}": max(_known(figures, quarter), default=Decimal(0)) / 10**6})
        for figures in firms
    ]
    assert at_least(*rising, quarter=Quarter(2025, until + 1)) >= earlier


def _known(figures, quarter):
    return [one.revenue for q, one in figures.items() if q <= quarter and one.revenue]
