"""Tests of the quarter as a value."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.quarters import Quarter

quarters = st.builds(Quarter, st.integers(1900, 2200), st.integers(1, 4))


@given(quarters)
def test_a_quarter_survives_being_written_and_read(quarter):
    assert Quarter.parse(str(quarter)) == quarter


@pytest.mark.parametrize(
    "text", ["", "2025", "2025Q0", "2025Q5", "2025q3", " 2025Q3", "2025Q3\n", "25Q3", "0000Q1",
             "２０２５Q3", "2025Q33", "2025-Q3"]
)  # fmt: skip
def test_what_is_not_written_as_a_quarter_is_refused(text):
    with pytest.raises(ValueError, match="quarter"):
        Quarter.parse(text)


@pytest.mark.parametrize(("year", "quarter"), [(2025, 0), (2025, 5), (0, 1), (10000, 1)])
def test_there_is_no_such_quarter(year, quarter):
    with pytest.raises(ValueError, match="no quarter"):
        Quarter(year, quarter)


def test_a_quarter_knows_its_days():
    days = [(q.first_day, q.last_day) for q in Quarter.range(Quarter(2024, 1), Quarter(2024, 4))]
    assert days == [
        (date(2024, 1, 1), date(2024, 3, 31)),
        (date(2024, 4, 1), date(2024, 6, 30)),
        (date(2024, 7, 1), date(2024, 9, 30)),
        (date(2024, 10, 1), date(2024, 12, 31)),
    ]


@given(quarters)
def test_the_next_quarter_begins_the_day_after_this_one_ends(quarter):
    assert quarter.next().first_day == quarter.last_day + timedelta(days=1)
    assert quarter.next().previous() == quarter


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_a_day_lies_in_its_quarter(day):
    quarter = Quarter.of(day)
    assert quarter.first_day <= day <= quarter.last_day


@given(quarters, quarters)
def test_quarters_are_ordered_as_their_days_are(one, other):
    assert (one < other) == (one.first_day < other.first_day)
    assert (one.to(other) > 0) == (one < other)
    assert one.to(other) == -other.to(one)


@given(quarters, st.integers(0, 20))
def test_a_range_holds_both_ends_and_every_quarter_between(first, length):
    last = Quarter.from_ordinal(first.ordinal + length)
    between = Quarter.range(first, last)
    assert (between[0], between[-1], len(between)) == (first, last, first.to(last) + 1)
    assert all(a.next() == b for a, b in zip(between, between[1:], strict=False))


def test_a_range_backwards_is_empty():
    assert Quarter.range(Quarter(2025, 1), Quarter(2024, 4)) == []


@given(quarters)
def test_a_year_earlier_is_four_quarters_back(quarter):
    assert quarter.year_earlier().to(quarter) == 4


def test_only_the_fourth_quarter_ends_a_year():
    year = Quarter.range(Quarter(2025, 1), Quarter(2025, 4))
    assert [quarter.is_year_end for quarter in year] == [False, False, False, True]
    assert {quarter.year_end for quarter in year} == {Quarter(2025, 4)}


def test_quarters_can_be_keys():
    assert {Quarter(2025, 3): "here"}[Quarter.parse("2025Q3")] == "here"
