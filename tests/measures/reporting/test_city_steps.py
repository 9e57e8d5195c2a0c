"""The steps that a city's workbook is filled in with and judged by."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from measures.reporting.city_steps import of_other_cities, reported, steps_of
from tests.factories import make_city, make_period, make_user
from tests.measures.cast import make_evidence, make_report, make_task

NOW = datetime(2025, 10, 10, tzinfo=UTC)
DONE = {"state": "done", "done_on": date(2025, 5, 20)}

pytestmark = pytest.mark.django_db


@pytest.fixture
def jinan():
    return make_city()


def steps(city, quarter="2025Q3"):
    return steps_of(city, make_period(quarter), NOW)


def test_a_city_answers_for_the_steps_of_its_own_tasks_that_have_begun(jinan):
    make_task("1-01", cities=[jinan, make_city("370200")])
    make_task("1-02", cities=[make_city("370200")])
    make_task("1-03")
    make_task("1-04", cities=[jinan], begins="2025Q4")
    assert [step.node.task.number for step in steps(jinan)] == ["1-01"]


def test_what_was_said_last_is_of_the_newest_earlier_quarter(jinan):
    task = make_task(cities=[jinan])
    make_report(task, jinan, "2025Q1", text="一季度")
    make_report(task, jinan, "2025Q2", text="二季度")
    make_report(task, jinan, "2025Q3", text="三季度", published_at=NOW)
    [step] = steps(jinan)
    assert step.last.text == "二季度"
    assert not step.has_evidence


def test_a_step_is_closed_once_its_evidence_is_checked(jinan):
    task = make_task(cities=[jinan])
    report = make_report(task, jinan, "2025Q2", **DONE)
    assert steps(jinan)[0].is_open
    at = datetime(2025, 8, 1, tzinfo=UTC)
    make_evidence(report, by=make_user(), checked_by=make_user(), checked_at=at)
    [step] = steps(jinan)
    assert (step.is_open, step.has_evidence) == (False, True)
    # Its own quarter may be corrected.
    assert steps(jinan, "2025Q2")[0].is_open


def test_whether_anything_of_a_quarter_is_in_force(jinan):
    make_report(make_task(cities=[jinan]), jinan, "2025Q2")
    assert reported(jinan, make_period("2025Q2"), NOW)
    assert not reported(jinan, make_period("2025Q3"), NOW)
    assert not reported(jinan, make_period("2025Q2"), datetime(2025, 6, 1, tzinfo=UTC))


def test_tasks_of_other_cities_are_told_from_those_of_departments_and_of_nobody(jinan):
    make_task("1-01", cities=[jinan, make_city("370200")])
    make_task("1-02", cities=[make_city("370200")])
    make_task("1-03")
    assert of_other_cities(["1-01", "1-02", "1-03", "9-99"], jinan) == {"1-02"}


def test_as_many_queries_for_many_tasks_as_for_one(jinan):
    period = make_period("2025Q3")

    def counted():
        with CaptureQueriesContext(connection) as queries:
            steps_of(jinan, period, NOW)
        return len(queries)

    assert counted() == 1
    make_task("1-01", cities=[jinan])
    one = counted()
    for number in range(2, 9):
        make_task(f"1-0{number}", cities=[jinan])
    assert counted() == one <= 12


def test_a_task_that_has_ended_is_asked_of_nobody(jinan):
    make_task("1-01", cities=[jinan], ended_at=NOW, ended_because="上级文件取消")
    make_task("1-02", cities=[jinan])
    assert [step.node.task.number for step in steps(jinan)] == ["1-02"]
