"""The light's whole table, at each limit of days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.quarters import Quarter
from measures.light import (
    Because,
    Colour,
    Deferred,
    ReportedProgress,
    TaskState,
    light_on,
    strip,
    worst,
)

DUE = date(2025, 6, 30)
Q1, Q2, Q3, Q4 = (Quarter(2025, n) for n in (1, 2, 3, 4))
DONE = TaskState.DONE


def after(days):
    return DUE + timedelta(days)


def report(quarter, progress=TaskState.UNDER_WAY, known_on=None, **more):
    known = known_on or quarter.last_day + timedelta(10)
    return ReportedProgress(quarter, known, progress, **more)


@pytest.mark.parametrize(
    ("days", "colour", "because"),
    [
        (-200, "grey", "not_due"),
        (-31, "grey", "not_due"),
        (-30, "blue", "due_soon"),
        (0, "blue", "due_soon"),
        (1, "yellow", "missed"),
        (30, "yellow", "missed"),
        (31, "red", "missed"),
        (900, "red", "missed"),
    ],
)
def test_what_nobody_reports_turns_by_the_days_alone(days, colour, because):
    light = light_on(after(days), first_due=DUE)
    assert (light.colour, light.reasons[0].because) == (colour, because)
    assert light.reasons[0].days == abs(days)
    assert light.is_open


@pytest.mark.parametrize(
    ("progress", "colour"),
    [
        (TaskState.NOT_STARTED, "grey"),
        (TaskState.UNDER_WAY, "green"),
        (TaskState.NEARLY_DONE, "green"),
        (TaskState.NEEDS_COORDINATION, "green"),
    ],
)
def test_what_is_under_way_in_time_is_green(progress, colour):
    given_ = [report(Q1, progress, known_on=after(-80))]
    assert light_on(after(-60), first_due=DUE, reports=given_, owed=[Q1]).colour == colour


@pytest.mark.parametrize(
    ("done", "checked", "colour", "because", "is_open"),
    [
        (0, 20, "green", "done_in_time", False),
        (-40, 20, "green", "done_in_time", False),
        (1, 20, "caught_up", "done_late", False),
        (60, 70, "caught_up", "done_late", False),
        (0, None, "yellow", "unchecked", True),
        (30, None, "yellow", "unchecked", True),
        (31, None, "red", "unchecked", True),
    ],
)
def test_what_is_done_counts_when_its_evidence_is_checked(done, checked, colour, because, is_open):
    said = report(
        Q3,
        DONE,
        known_on=after(65),
        done_on=after(done),
        checked_on=None if checked is None else after(checked),
    )
    light = light_on(after(100), first_due=DUE, reports=[said], owed=[Q1, Q2])
    assert (light.colour, light.reasons[0].because, light.is_open) == (colour, because, is_open)


def test_evidence_that_is_checked_later_does_not_count_yet():
    said = report(Q2, DONE, done_on=DUE, checked_on=after(40))
    assert light_on(after(39), first_due=DUE, reports=[said]).colour is Colour.YELLOW
    assert light_on(after(40), first_due=DUE, reports=[said]).colour is Colour.GREEN


@pytest.mark.parametrize(
    ("owed", "colour"),
    [([], "grey"), ([Q1], "yellow"), ([Q1, Q2], "red"), ([Q1, Q2, Q3], "red")],
)
def test_a_standing_task_is_judged_by_its_reports_alone(owed, colour):
    assert light_on(after(400), first_due=None, owed=owed).colour == colour


def test_a_standing_task_that_is_reported_is_green():
    light = light_on(after(90), first_due=None, reports=[report(Q2)], owed=[Q1, Q2])
    assert (light.colour, light.reasons[0].because) == ("green", "reported")


@pytest.mark.parametrize(
    ("reported", "owed", "colour", "missing"),
    [
        ([Q1], [Q1], "green", ()),
        ([Q1], [Q1, Q2], "yellow", (Q2,)),
        ([Q1], [Q1, Q2, Q3], "red", (Q2, Q3)),
        ([Q1, Q3], [Q1, Q2, Q3], "green", ()),
        ([], [Q1], "yellow", (Q1,)),
    ],
)
def test_quarters_without_a_report_redden_what_is_not_due(reported, owed, colour, missing):
    far = date(2027, 12, 31)
    given_ = [report(quarter) for quarter in reported]
    light = light_on(date(2025, 11, 1), first_due=far, reports=given_, owed=owed)
    assert light.colour == colour
    silent = [one.quarters for one in light.reasons if one.because is Because.SILENT]
    assert silent == ([missing] if missing else [])


def test_what_is_done_owes_no_more_reports():
    said = report(Q1, DONE, done_on=after(-100), checked_on=after(-70))
    light = light_on(after(300), first_due=DUE, reports=[said], owed=[Q1, Q2, Q3, Q4])
    assert [one.because for one in light.reasons] == ["done_in_time"]


@pytest.mark.parametrize(
    ("days", "colour"), [(-20, "deferred"), (45, "deferred"), (92, "deferred"), (93, "yellow")]
)
def test_deferred_in_time_is_a_state_of_its_own_until_the_new_date(days, colour):
    moved = Deferred(asked_on=after(-25), granted_on=after(-21), due=after(92))
    light = light_on(after(days), first_due=DUE, deferrals=[moved])
    assert (light.colour, light.reasons[0].first_due) == (colour, DUE)


@pytest.mark.parametrize(
    ("done", "colour"), [(0, "green"), (1, "deferred"), (92, "deferred"), (93, "caught_up")]
)
def test_what_was_done_by_the_deferred_date_is_not_called_in_time(done, colour):
    moved = Deferred(asked_on=after(-25), granted_on=after(-21), due=after(92))
    said = report(Q3, DONE, known_on=after(100), done_on=after(done), checked_on=after(101))
    light = light_on(after(150), first_due=DUE, deferrals=[moved], reports=[said])
    assert light.colour == colour


def test_a_deferral_does_not_count_before_it_is_granted():
    moved = Deferred(asked_on=after(-25), granted_on=after(-21), due=after(92))
    assert light_on(after(-22), first_due=DUE, deferrals=[moved]).colour is Colour.BLUE


def test_without_a_standard_nothing_is_judged():
    light = light_on(after(400), first_due=DUE, has_standard=False, owed=[Q1, Q2, Q3])
    assert (light.colour, light.is_open) == ("cannot_judge", True)


def test_a_task_is_as_bad_as_its_worst_open_node():
    red = light_on(after(40), first_due=DUE)
    late = light_on(
        after(200),
        first_due=DUE,
        reports=[report(Q3, DONE, done_on=after(50), checked_on=after(90))],
    )
    blue = light_on(after(-10), first_due=DUE)
    assert worst([blue, late, red]) == red
    assert worst([blue, late]) == blue
    assert worst([late]) == late
    assert worst([]) is None


def test_what_was_caught_up_late_keeps_its_red_in_the_strip():
    said = [
        report(Q1),
        report(Q3, known_on=date(2025, 10, 12)),
        report(Q4, DONE, done_on=date(2025, 11, 3), checked_on=date(2026, 1, 20)),
    ]
    quarters = [Q1, Q2, Q3, Q4]
    lights = strip(quarters, first_due=DUE, reports=said, owed=quarters)
    assert [one.colour for one in lights] == ["green", "yellow", "red", "caught_up"]


days = st.integers(-400, 800)


@given(days, days, st.none() | days)
def test_time_alone_makes_no_light_better(one_day, another, done):
    """A forgotten task only ever reddens."""
    said = []
    if done is not None:
        # Known before either day, so that nothing but time passes.
        said = [report(Q2, DONE, known_on=after(-401), done_on=after(min(done, -401)))]
    first, second = sorted([one_day, another])
    one = light_on(after(first), first_due=DUE, reports=said)
    two = light_on(after(second), first_due=DUE, reports=said)
    assert two.rank <= one.rank
