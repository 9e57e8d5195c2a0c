"""Tests of how a milestone stands on a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusters.schedule import Timing, history, stand_on

PLANNED = date(2024, 12, 31)
days = st.dates(date(2023, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("day", "actual", "timing"),
    [
        pytest.param(date(2025, 3, 1), date(2024, 11, 5), Timing.DONE_ON_TIME, id="early"),
        pytest.param(date(2025, 3, 1), PLANNED, Timing.DONE_ON_TIME, id="to the day"),
        pytest.param(date(2025, 3, 1), date(2025, 1, 1), Timing.DONE_LATE, id="a day late"),
        pytest.param(date(2024, 12, 1), None, Timing.DUE_SOON, id="thirty days before"),
        pytest.param(PLANNED, None, Timing.DUE_SOON, id="on the day itself"),
        pytest.param(date(2024, 11, 30), None, Timing.NOT_DUE, id="thirty-one days before"),
        pytest.param(date(2025, 1, 1), None, Timing.OVERDUE, id="the day after"),
    ],
)
def test_timing(day, actual, timing):
    assert stand_on(day, planned=PLANNED, actual=actual).timing is timing


def test_what_was_made_up_late_keeps_the_original_miss():
    stand = stand_on(date(2025, 6, 30), planned=PLANNED, actual=date(2025, 1, 10))
    assert (stand.timing, stand.missed, stand.days_late) == (Timing.DONE_LATE, PLANNED, 10)


def test_the_strip_shows_the_miss_and_the_catching_up():
    ends = [date(2024, 9, 30), date(2024, 12, 31), date(2025, 3, 31), date(2025, 6, 30)]
    strip = history(ends, planned=PLANNED, actual=date(2025, 4, 2))
    assert [stand.timing for stand in strip] == [
        Timing.NOT_DUE, Timing.DUE_SOON, Timing.OVERDUE, Timing.DONE_LATE,
    ]  # fmt: skip


def test_what_is_done_later_is_not_done_yet():
    stand = stand_on(date(2025, 1, 5), planned=PLANNED, actual=date(2025, 1, 10))
    assert (stand.timing, stand.done, stand.days_late) == (Timing.OVERDUE, False, 5)


@pytest.mark.parametrize(("actual", "done"), [(None, False), (date(2024, 1, 1), True)])
def test_without_a_planned_date_nothing_is_late(actual, done):
    stand = stand_on(date(2025, 1, 1), planned=None, actual=actual)
    assert (stand.timing, stand.done, stand.missed) == (Timing.NO_PLAN_DATE, done, None)


def test_how_early_to_warn_can_be_chosen():
    assert stand_on(date(2024, 12, 1), planned=PLANNED, actual=None, soon_days=7).timing is (
        Timing.NOT_DUE
    )


@given(days, days, st.none() | days, st.integers(1, 400))
def test_a_miss_once_made_is_never_forgotten(day, planned, actual, later):
    before = stand_on(day, planned=planned, actual=actual)
    after = stand_on(day + timedelta(days=later), planned=planned, actual=actual)
    assert before.missed is None or after.missed == before.missed


@pytest.mark.parametrize(
    ("planned", "since", "stand"),
    [
        pytest.param(PLANNED, date(2025, 1, 1), (Timing.DONE_LATE, 1, True), id="surely late"),
        pytest.param(PLANNED, PLANNED, (Timing.DONE_UNDATED, None, False), id="perhaps in time"),
        pytest.param(None, PLANNED, (Timing.DONE_UNDATED, None, False), id="nothing planned"),
    ],
)
def test_done_on_a_day_not_given_is_late_only_if_it_must_have_been(planned, since, stand):
    found = stand_on(date(2025, 6, 30), planned=planned, actual=None, done_since=since)
    assert (found.timing, found.days_late, found.at_least) == stand
    assert found.done


def test_a_day_that_is_given_outranks_the_first_possible_one():
    day = date(2025, 6, 30)
    found = stand_on(day, planned=PLANNED, actual=PLANNED, done_since=date(2025, 1, 1))
    assert (found.timing, found.at_least) == (Timing.DONE_ON_TIME, False)
