from datetime import UTC, datetime, timedelta

import pytest

from clusters.models import City
from submissions.deadlines.obligations import (
    Delay,
    Since,
    State,
    counts,
    default_period,
    ended_periods,
    obligations,
    owed_or_submitted,
    started_periods,
    waiting,
)
from tests.factories import make_cities, make_city, make_period, make_plan, make_publication
from tests.submissions.cast import make_submission

# 2025Q3 ends on 30 September and is due on 15 October, in the province's time.
BEFORE_THE_END = datetime(2025, 9, 20, 4, tzinfo=UTC)
LAST_MINUTE_OF_THE_QUARTER = datetime(2025, 9, 30, 15, 59, tzinfo=UTC)
AFTER_THE_END = datetime(2025, 9, 30, 16, 1, tzinfo=UTC)
LAST_MINUTE = datetime(2025, 10, 15, 15, 59, tzinfo=UTC)
TOO_LATE = datetime(2025, 10, 15, 16, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def one(city, period, moment):
    return obligations([city], [period], moment)[0]


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        (BEFORE_THE_END, State.NOT_DUE),
        (LAST_MINUTE_OF_THE_QUARTER, State.NOT_DUE),
        (AFTER_THE_END, State.OWED),
        (LAST_MINUTE, State.OWED),
        (TOO_LATE, State.OVERDUE),
    ],
)
def test_without_a_workbook_the_day_decides(city, period, moment, state):
    found = one(city, period, moment)

    assert found.state == state
    assert found.late == (state == State.OVERDUE)
    assert found.submission is None


@pytest.mark.parametrize("state", ["uploaded", "submitted", "sent_back", "accepted"])
def test_the_newest_version_decides(city, period, state):
    submission = make_submission(city, period, status=state)

    found = one(city, period, LAST_MINUTE)
    assert (found.state, found.submission, found.late) == (State(state), submission, False)


def test_what_is_in_force_counts_as_accepted_while_its_restatement_is_under_way(city, period):
    in_force = make_submission(city, period, status="accepted")
    newer = make_submission(city, period)

    found = one(city, period, TOO_LATE)
    assert (found.state, found.submission, found.newer) == (State.ACCEPTED, in_force, newer)


def test_a_workbook_that_came_after_the_day_is_late_whatever_became_of_it(city, period):
    make_submission(city, period, status="accepted", submitted_at=TOO_LATE, published_at=TOO_LATE)

    assert one(city, period, TOO_LATE + DAY).late


def test_a_first_version_in_time_is_in_time_even_if_it_was_sent_back(city, period):
    make_submission(city, period, status="sent_back")
    make_submission(city, period, status="submitted", submitted_at=TOO_LATE)

    assert not one(city, period, TOO_LATE + DAY).late


def test_uploaded_is_not_handed_in(city, period):
    make_submission(city, period)

    assert one(city, period, TOO_LATE).late


def test_a_history_shows_what_stood_then(city, period):
    make_submission(
        city, period, status="accepted", submitted_at=LAST_MINUTE, published_at=TOO_LATE
    )

    assert one(city, period, LAST_MINUTE - 30 * DAY).state == State.NOT_DUE
    assert one(city, period, LAST_MINUTE).state == State.SUBMITTED
    assert one(city, period, TOO_LATE).state == State.ACCEPTED


def test_a_superseded_version_was_accepted_then_and_its_successor_is_now(city, period):
    old = make_submission(city, period, status="superseded", superseded_at=TOO_LATE)
    new = make_submission(city, period, status="accepted", published_at=TOO_LATE)

    assert one(city, period, LAST_MINUTE).submission == old
    assert one(city, period, TOO_LATE).submission == new


def test_one_query_however_many_and_counts_equal_the_list(db, django_assert_num_queries):
    cities = make_cities()
    periods = [make_period(f"2025Q{n}") for n in (1, 2, 3)]
    for city, state in zip(
        cities, ["uploaded", "submitted", "sent_back", "accepted"], strict=False
    ):
        make_submission(city, periods[2], status=state)

    with django_assert_num_queries(2):
        owed = obligations(cities, periods, TOO_LATE)
    known = started_periods(TOO_LATE)
    with django_assert_num_queries(1):
        assert len(obligations(cities, known, TOO_LATE)) == 48
    assert [(each.city, each.period) for each in owed] == [(c, p) for c in cities for p in periods]
    counted = counts(owed)
    assert sum(counted.values()) == len(owed) == 48
    for state in State:
        assert counted[state] == len([each for each in owed if each.state == state])
    assert counted[State.OVERDUE] == 44


def test_waiting_are_those_to_decide_the_oldest_first(db):
    jinan, qingdao = make_city("370100"), make_city("370200")
    period = make_period()
    overtaken = make_submission(jinan, period, status="submitted")
    newer = make_submission(jinan, period, status="submitted", submitted_at=TOO_LATE)
    only_uploaded_after = make_submission(qingdao, period, status="submitted")
    make_submission(qingdao, period)

    assert list(waiting(City.objects.all())) == [only_uploaded_after, newer]
    assert list(waiting(City.objects.filter(pk=qingdao.pk))) == [only_uploaded_after]
    assert overtaken not in waiting(City.objects.all())


def test_a_period_starts_and_ends_in_the_provinces_time(db):
    for code in ("2025Q2", "2025Q3", "2025Q4"):
        make_period(code)

    assert [str(p) for p in started_periods(LAST_MINUTE_OF_THE_QUARTER)] == ["2025Q3", "2025Q2"]
    assert [str(p) for p in ended_periods(LAST_MINUTE_OF_THE_QUARTER)] == ["2025Q2"]
    assert [str(p) for p in ended_periods(AFTER_THE_END)] == ["2025Q3", "2025Q2"]


@pytest.fixture
def outside(city, period):
    """A plan of other years: the period is not owed."""
    return make_plan(first_year=2026, last_year=2030)


def test_a_quarter_outside_every_plan_is_not_owed_and_never_late(city, period, outside):
    found = one(city, period, TOO_LATE)
    assert (found.state, found.owed, found.late, found.delay) == (
        State.NOT_OWED,
        False,
        False,
        None,
    )


@pytest.mark.parametrize("state", ["uploaded", "submitted", "sent_back", "accepted"])
def test_a_submission_for_it_is_still_shown(city, period, outside, state):
    submission = make_submission(city, period, status=state, uploaded_at=TOO_LATE)

    found = one(city, period, TOO_LATE + DAY)
    assert (found.state, found.submission) == (State(state), submission)
    assert (found.owed, found.late, found.delay) == (False, False, None)


def test_the_days_of_one_that_never_came_count_from_the_due_day(city, period):
    assert one(city, period, LAST_MINUTE).delay is None
    assert one(city, period, TOO_LATE).delay == Delay(1, Since.DUE)


def test_the_days_of_one_that_was_sent_back_count_from_then(city, period):
    back = {"status": "sent_back", "decided_at": LAST_MINUTE + 4 * DAY}
    make_submission(city, period, **back)
    assert one(city, period, LAST_MINUTE + 3 * DAY).delay is None
    assert one(city, period, LAST_MINUTE + 319 * DAY).delay == Delay(315, Since.SENT_BACK)

    make_submission(city, period, uploaded_at=LAST_MINUTE + 6 * DAY)
    assert one(city, period, LAST_MINUTE + 9 * DAY).delay == Delay(5, Since.SENT_BACK)
    submitted = {"status": "submitted", "submitted_at": LAST_MINUTE + 9 * DAY}
    make_submission(city, period, **submitted)
    assert one(city, period, LAST_MINUTE + 9 * DAY).delay is None


def test_a_bureau_is_concerned_with_what_it_owes_and_what_it_has_brought(city):
    make_plan()
    for code in ("2022Q3", "2022Q4", "2025Q3", "2025Q4", "2026Q1"):
        make_period(code)
    make_submission(city, make_period("2022Q4"), status="accepted")
    ended = ended_periods(datetime(2026, 11, 29, tzinfo=UTC))

    assert [str(each) for each in owed_or_submitted(ended, [city])] == [
        "2025Q4",
        "2025Q3",
        "2022Q4",
    ]
    other = make_city("370200")
    assert [str(each) for each in owed_or_submitted(ended, [other])] == ["2025Q4", "2025Q3"]
    assert str(default_period(ended)) == "2025Q4"


def test_where_nothing_is_owed_the_usual_period_is_the_newest(city, period, outside):
    ended = ended_periods(TOO_LATE)
    assert str(default_period(ended)) == "2025Q3"
    assert default_period([]) is None


def test_a_workbook_that_was_back_filled_later_was_missing_then(city, period):
    """Declared for the due day, uploaded and recorded a month later."""
    month_later = LAST_MINUTE + 30 * DAY
    make_submission(
        city, period, status="accepted",
        uploaded_at=month_later, submitted_at=month_later, published_at=LAST_MINUTE,
    )  # fmt: skip
    make_publication(city, period, published_at=LAST_MINUTE, recorded_at=month_later)
    assert one(city, period, TOO_LATE).state == State.ACCEPTED
    [then] = obligations([city], [period], TOO_LATE, recorded_by=TOO_LATE)
    assert (then.state, then.submission) == (State.OVERDUE, None)
