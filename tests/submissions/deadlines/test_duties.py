from datetime import UTC, datetime

import pytest

from submissions.deadlines.duties import duties, next_period
from submissions.deadlines.obligations import State, obligations
from tests.factories import make_city, make_period, make_plan
from tests.submissions.cast import make_submission

pytestmark = pytest.mark.django_db
# The day after 2025Q3 was due.
NOW = datetime(2025, 10, 16, 4, tzinfo=UTC)


def of(*periods, city=None, moment=NOW):
    """The states of what a city must do, in their order, with the period of each."""
    owed = obligations([city or make_city()], [make_period(one) for one in periods], moment)
    return [(duty.about.period.code, duty.state) for duty in duties(owed, moment)]


@pytest.mark.parametrize(
    ("status", "state"), [("uploaded", State.UPLOADED), ("sent_back", State.SENT_BACK)]
)
def test_what_the_bureau_has_begun_is_to_be_finished(city, period, status, state):
    submission = make_submission(city, period, status=status)

    [duty] = duties(obligations([city], [period], NOW), NOW)
    assert (duty.state, duty.submission, duty.days_left) == (state, submission, -1)


@pytest.mark.parametrize("status", ["submitted", "accepted"])
def test_what_the_province_has_is_no_duty(city, period, status):
    make_submission(city, period, status=status)
    assert of("2025Q3", city=city) == []


def test_a_period_that_still_runs_is_no_duty():
    assert of("2025Q4") == []


def test_what_was_sent_back_comes_first_and_then_what_was_due_first(city):
    make_submission(city, make_period("2025Q3"), status="sent_back")

    assert of("2025Q1", "2025Q2", "2025Q3", "2025Q4", city=city) == [
        ("2025Q3", State.SENT_BACK),
        ("2025Q1", State.OVERDUE),
        ("2025Q2", State.OVERDUE),
    ]


def test_a_correction_that_was_sent_back_is_a_duty_though_another_version_is_in_force(city, period):
    make_submission(city, period, status="accepted")
    newer = make_submission(city, period, status="sent_back")

    [duty] = duties(obligations([city], [period], NOW), NOW)
    assert (duty.state, duty.submission) == (State.SENT_BACK, newer)


def test_a_draft_of_a_correction_is_no_duty(city, period):
    make_submission(city, period, status="accepted")
    make_submission(city, period)
    assert of("2025Q3", city=city) == []


def test_outside_every_plan_nothing_is_to_be_done(city):
    make_plan(first_year=2023, last_year=2024)
    make_submission(city, make_period("2025Q3"), status="sent_back")
    assert of("2025Q3", city=city) == []


def test_the_days_that_are_left_are_counted_to_the_due_day(city, period):
    at = datetime(2025, 10, 13, 4, tzinfo=UTC)
    [duty] = duties(obligations([city], [period], at), at)
    assert (duty.state, duty.days_left) == (State.OWED, 2)


def test_the_next_period_is_the_one_that_runs():
    for code in ("2025Q2", "2025Q3", "2025Q4", "2026Q1"):
        make_period(code)
    assert next_period(NOW).code == "2025Q4"


def test_after_the_plans_end_there_is_no_next_period():
    make_plan(first_year=2023, last_year=2024)
    make_period("2025Q4")
    assert next_period(NOW) is None
