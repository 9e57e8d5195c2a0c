"""The ledger from stored records: whose light, as of when, with how many queries."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from clusters.viewpoint import Viewpoint, end_of
from foundation.quarters import Quarter
from measures.ledger import ledger
from measures.models import Deferral, Task, TaskReport
from measures.sentences import sentence
from tests.factories import make_city, make_period, make_user
from tests.measures.cast import make_department, make_evidence, make_node, make_report, make_task

pytestmark = pytest.mark.django_db


def on(day):
    return Viewpoint(Quarter(2025, 4), day, end_of(day))


def light_of(task, day):
    [row] = ledger(Task.objects.filter(pk=task.pk), on(day))
    return row.light


@pytest.fixture(autouse=True)
def _quarters():
    for code in ("2024Q4", "2025Q1", "2025Q2", "2025Q3", "2025Q4"):
        make_period(code)


def test_a_forgotten_task_reddens_with_no_write():
    task = make_task()
    assert light_of(task, date(2025, 4, 1)).colour == "grey"
    assert light_of(task, date(2025, 6, 1)).colour == "yellow"
    red = light_of(task, date(2025, 8, 15))
    assert red.colour == "red"
    assert sentence(red) == (
        "Missed: it was due on 30 June 2025, 46 days ago. No report for Q1 2025, Q2 2025."
    )


def test_many_quarters_without_a_report_are_counted():
    task = make_task()
    assert sentence(light_of(task, date(2026, 2, 1))).endswith(
        "No report for 4 quarters from Q1 2025 to Q4 2025."
    )


def test_each_city_has_its_own_light_and_the_task_the_worst():
    jinan, zibo = make_city("370100"), make_city("370300")
    task = make_task(cities=[jinan, zibo], due=date(2026, 6, 30))
    make_report(task, jinan)
    [row] = ledger(Task.objects.all(), on(date(2025, 5, 1)))
    assert {str(who): one.colour for who, one in row.lights.items()} == {
        "Jinan": "green",
        "Zibo": "yellow",
    }
    assert row.light.colour == "yellow"


def test_done_counts_from_the_day_on_which_another_checked_the_evidence():
    task = make_task()
    done = make_report(task, quarter="2025Q2", state="done", done_on=date(2025, 6, 20))
    make_evidence(
        done,
        by=make_user(),
        checked_by=make_user(),
        checked_at=datetime(2025, 8, 1, 2, tzinfo=UTC),
    )
    assert light_of(task, date(2025, 7, 31)).reasons[0].because == "unchecked"
    assert light_of(task, date(2025, 8, 1)).colour == "green"


def test_a_report_that_was_superseded_stands_in_a_look_back():
    task = make_task(due=date(2026, 6, 30))
    first = make_report(task)
    later = datetime(2025, 5, 2, tzinfo=UTC)
    TaskReport.objects.filter(pk=first.pk).update(superseded_at=later)
    make_report(task, state="not_started", published_at=later)
    assert light_of(task, date(2025, 5, 1)).colour == "green"
    assert light_of(task, date(2025, 5, 3)).colour == "grey"


def test_a_changed_date_keeps_the_first():
    task = make_task(due=date(2025, 12, 31))
    make_report(task, quarter="2025Q2")
    node = task.nodes.get()
    asked = {"node": node, "asked_by": make_user(), "reason": "协调用地"}
    Deferral.objects.create(
        **asked,
        due_before=date(2025, 12, 31),
        due=date(2026, 3, 31),
        asked_on=date(2025, 7, 20),
        granted=True,
        decided_by=make_user(),
        decided_at=datetime(2025, 7, 25, 2, tzinfo=UTC),
    )
    [row] = ledger(Task.objects.all(), on(date(2025, 8, 1)))
    assert (row.rows[0].due, row.rows[0].node.first_due) == (date(2026, 3, 31), date(2025, 12, 31))
    assert row.light.colour == "deferred"
    assert sentence(row.light) == (
        "Deferred from 31 December 2025 to 31 March 2026; it was asked for in time."
    )
    assert light_of(task, date(2025, 7, 24)).colour == "green"


@pytest.mark.parametrize(
    "wrong",
    [
        {"asked_on": date(2026, 1, 1)},
        {"due": date(2025, 12, 31)},
        {"decided_by": None},
        {"decided_at": None},
    ],
    ids=["asked after the date", "to no later date", "decided by nobody", "at no time"],
)
def test_the_database_grants_no_deferral_that_is(wrong):
    right = {
        "node": make_task(due=date(2025, 12, 31)).nodes.get(),
        "asked_by": make_user(),
        "reason": "x",
        "due_before": date(2025, 12, 31),
        "due": date(2026, 3, 31),
        "asked_on": date(2025, 7, 20),
        "granted": True,
        "decided_by": make_user(),
        "decided_at": datetime(2025, 7, 25, 2, tzinfo=UTC),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Deferral.objects.create(**right | wrong)
    Deferral.objects.create(**right)


def test_nobody_grants_their_own_deferral():
    asker = make_user()
    with pytest.raises(IntegrityError), transaction.atomic():
        Deferral.objects.create(
            node=make_task(due=date(2025, 12, 31)).nodes.get(),
            asked_by=asker,
            decided_by=asker,
            reason="x",
            due_before=date(2025, 12, 31),
            due=date(2026, 3, 31),
            asked_on=date(2025, 7, 20),
            granted=True,
            decided_at=datetime(2025, 7, 25, 2, tzinfo=UTC),
        )


def test_nobody_checks_their_own_evidence():
    someone = make_user()
    report = make_report(make_task())
    with pytest.raises(IntegrityError), transaction.atomic():
        make_evidence(
            report, by=someone, checked_by=someone, checked_at=datetime(2025, 8, 1, tzinfo=UTC)
        )


def test_many_tasks_cost_no_more_queries_than_one(django_assert_max_num_queries):
    cities = [make_city(code) for code in ("370100", "370200", "370300")]
    for number in range(30):
        task = make_task(f"1-{number:02}", cities=cities)
        make_node(task, due=date(2025, 12, 31), what="验收")
        make_report(task, cities[0])
    with django_assert_max_num_queries(11):
        rows = ledger(Task.objects.all(), on(date(2025, 8, 1)))
        assert sum(len(row.rows) for row in rows) == 180


def test_a_task_that_nobody_answers_for_has_no_light():
    task = make_task()
    Task.objects.update(lead=None)
    assert light_of(task, date(2025, 8, 1)) is None
    assert make_department().leads.count() == 0
