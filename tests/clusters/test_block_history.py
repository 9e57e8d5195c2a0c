"""A moved plan and a caught-up end take no missed quarter away."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusters import block_history
from clusters.block_history import (
    Report,
    held_to,
    history,
    is_stale,
    last_confirmed,
    light,
    plan_changes,
)
from foundation.quarters import Quarter

FIRST = Quarter(2024, 1)
QUARTERS = Quarter.range(FIRST, Quarter(2025, 4))
PLANNED = date(2024, 9, 30)


def report(quarter, *, planned=PLANNED, actual=None, operating=False, **given):
    """What a city said of a quarter, ten days after it."""
    at = datetime.combine(quarter.last_day, datetime.min.time(), UTC) + timedelta(days=10)
    values = {
        "published_at": at,
        "in_force": True,
        "said": True,
        "operating": operating,
        "planned_on": planned,
        "actual_on": actual,
    }
    return Report(quarter=quarter, **values | given)


def words(reports, quarters=QUARTERS, **given):
    return [mark.word for mark in history(reports, quarters, **given)]


def test_a_plan_that_is_moved_hides_no_miss():
    moved = date(2025, 12, 31)
    reports = [report(q, planned=PLANNED if q < Quarter(2024, 3) else moved) for q in QUARTERS]

    assert held_to(reports) == PLANNED
    assert words(reports) == ["date_ahead", "date_ahead", "due_soon", *["past_date"] * 5]
    [first, move] = plan_changes(reports)
    assert (first.before, first.days) == (None, None)
    assert (move.before, move.after, move.days) == (PLANNED, moved, 457)


def test_a_plan_that_is_moved_by_restating_the_first_quarter_hides_none_either():
    old = [report(q) for q in QUARTERS]
    later = old[-1].published_at + timedelta(days=1)
    restated = [replace(one, in_force=False) for one in old] + [
        replace(one, planned_on=date(2026, 1, 1), published_at=later) for one in old
    ]

    assert held_to(restated) == PLANNED
    assert words(restated)[3:] == ["past_date"] * 5
    assert plan_changes(restated)[-1].before == PLANNED


def test_caught_up_late_keeps_the_quarters_that_were_missed():
    done = date(2025, 5, 1)
    reports = [report(q) for q in QUARTERS[:5]]
    reports += [report(q, actual=done, operating=True) for q in QUARTERS[5:]]

    assert words(reports)[3:] == ["past_date", "past_date", *["done_late"] * 3]
    late = history(reports, QUARTERS)[-1].stand
    assert (late.missed, late.days_late) == (PLANNED, 213)


def test_an_end_that_is_dated_back_later_changes_no_earlier_quarter():
    """Three quarters were reported unfinished; then the city says it was done before them."""
    reports = [report(q) for q in QUARTERS[:6]]
    reports += [report(q, actual=date(2024, 9, 1), operating=True) for q in QUARTERS[6:]]

    assert words(reports)[3:6] == ["past_date"] * 3
    assert words(reports)[6:] == ["done_on_time"] * 2


def test_what_the_province_set_outranks_what_the_city_planned():
    reports = [report(FIRST, planned=date(2015, 9, 30))]

    assert words(reports, [FIRST]) == ["past_date"]
    assert words(reports, [FIRST], committed=date(2025, 9, 30)) == ["date_ahead"]


@pytest.mark.parametrize(
    ("planned", "word"),
    [
        pytest.param(date(2025, 3, 31), "done_undated", id="may have been on time"),
        pytest.param(date(2024, 12, 31), "done_late", id="the quarter had begun without it"),
        pytest.param(None, "done_undated", id="nothing was planned"),
    ],
)
def test_in_operation_without_a_day_is_late_only_if_it_must_have_been(planned, word):
    reports = [report(q, planned=planned) for q in QUARTERS[:4]]
    reports += [report(q, planned=planned, operating=True) for q in QUARTERS[4:6]]

    assert words(reports, QUARTERS[4:6]) == [word, word]


def test_a_quarter_of_which_nobody_spoke_is_not_known():
    reports = [report(FIRST), report(QUARTERS[2], said=False)]

    assert words(reports, QUARTERS[:3]) == ["date_ahead", "missing", "missing"]


def test_without_any_date_nothing_can_be_late():
    assert words([report(q, planned=None) for q in QUARTERS]) == ["no_plan_date"] * 8
    assert held_to([]) is None


def test_a_block_is_stale_after_two_quarters_without_a_word():
    reports = [report(FIRST), report(QUARTERS[1], said=False), report(QUARTERS[4])]

    confirmed = last_confirmed(reports, QUARTERS[2])
    assert confirmed == FIRST
    assert [is_stale(confirmed, q) for q in QUARTERS[:3]] == [False, False, True]
    assert last_confirmed(reports, QUARTERS[5]) == QUARTERS[4]
    assert not is_stale(None, FIRST)


@given(
    st.lists(st.dates(date(2024, 1, 1), date(2026, 12, 31)), min_size=8, max_size=8),
    st.dates(date(2024, 1, 1), date(2026, 12, 31)),
)
def test_no_later_plan_makes_an_overdue_quarter_anything_else(dates, first):
    """However the plan is moved after the first word, the strip is that of the first date."""
    kept = [report(q, planned=first) for q in QUARTERS]
    moved = [kept[0], *(report(q, planned=d) for q, d in zip(QUARTERS[1:], dates[1:], strict=True))]

    assert words(moved) == words(kept)


YEAR_END = date(2025, 12, 31)


@pytest.mark.parametrize(
    ("day", "word", "days"),
    [
        (date(2025, 11, 30), "date_ahead", (None, 31)),
        (date(2025, 12, 20), "due_soon", (None, 11)),
        (YEAR_END, "due_soon", (None, 0)),
        (date(2026, 1, 1), "past_date", (1, None)),
        (date(2026, 11, 29), "past_date", (333, None)),
    ],
)
def test_the_light_is_of_the_day_that_is_looked_from_and_not_of_the_quarters_end(day, word, days):
    reports = [report(Quarter(2025, 4), planned=YEAR_END)]

    stand = light(reports, day)
    assert block_history.word(stand) == word
    assert (stand.days_late, stand.days_left) == days
    assert words(reports, [Quarter(2025, 4)]) == ["due_soon"]


def test_the_light_goes_by_the_newest_word_and_the_first_date():
    built = report(QUARTERS[-1], actual=date(2024, 10, 10), operating=True)
    reports = [report(QUARTERS[0]), built, report(QUARTERS[3], planned=YEAR_END)]

    stand = light(reports, date(2026, 11, 29))
    assert (block_history.word(stand), stand.days_late) == ("done_late", 10)


def test_in_operation_since_an_unknown_day_is_late_by_at_least_so_many_days():
    reports = [report(QUARTERS[2]), report(QUARTERS[3], operating=True)]

    stand = light(reports, date(2026, 11, 29))
    assert (stand.days_late, stand.at_least) == (1, True)


def test_a_block_of_which_nobody_gave_a_status_has_no_light():
    assert light([], YEAR_END, committed=PLANNED) is None
    assert light([report(FIRST, said=False)], YEAR_END) is None
    assert light([report(FIRST, in_force=False)], YEAR_END) is None
