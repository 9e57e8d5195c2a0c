"""A plan's ledger in a list: the same lights as one by one, read once for a data version."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clusters.viewpoint import Viewpoint, end_of
from foundation.quarters import Quarter
from measures.ledger import ledger
from measures.light import TaskState
from measures.models import Task
from tests.audit.rewritten import erase
from tests.factories import make_city, make_user
from tests.measures.cast import make_evidence, make_member, make_report, make_task

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
ADDRESS = "/measures/?period=2025Q2&as_of=2025-08-15"
STATES = st.sampled_from([None, *TaskState])


def measures_queries(client, address=ADDRESS):
    """Return how many queries of the ledger's tables a page takes."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return sum(
        'FROM "measures_taskreport"' in one["sql"] and "MAX" not in one["sql"] for one in asked
    )


def test_it_is_read_once_until_something_changes(reader):
    task = make_task()
    assert measures_queries(reader) == 1
    assert measures_queries(reader) == 0
    assert measures_queries(reader, f"{ADDRESS}&light=red") == 0
    make_report(task)
    assert measures_queries(reader) == 1


def test_an_edit_of_a_task_shows_at_once(reader):
    task = make_task(cities=[make_city("370100")])
    assert "任务1-01" in reader.get(ADDRESS).content.decode()
    task.wording = "另一个说法"
    task.save()
    assert "另一个说法" in reader.get(ADDRESS).content.decode()
    task.cities.set([make_city("370300")])
    assert "Zibo" in reader.get(ADDRESS).content.decode()


def test_nobody_is_shown_what_another_may_see(client, officer, official, city):
    make_task("1-01", cities=[city, make_city("370300")])
    make_task("1-02")
    for user, numbers, lights in (
        (official, {"1-01", "1-02"}, 2),
        (officer, {"1-01"}, 1),
        (make_member(), {"1-01", "1-02"}, 2),
        (make_user(), set(), 0),
    ):
        client.force_login(user)
        rows = client.get(ADDRESS).context["tasks"].data
        assert {row.task.number for row in rows} == numbers
        assert max((len(row.lights) for row in rows), default=0) == lights


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(STATES, STATES, STATES), min_size=1, max_size=4), st.booleans())
def test_a_list_gives_every_light_that_a_tasks_own_page_gives(said, is_checked):
    tasks = []
    for number, states in enumerate(said):
        task = make_task(f"9-{number}", due=date(2025, 6, 30))
        tasks.append(task)
        for quarter, state in zip(("2025Q1", "2025Q2", "2025Q3"), states, strict=True):
            if state is not None:
                done = {"done_on": date(2025, 6, 20)} if state is TaskState.DONE else {}
                report = make_report(task, quarter=quarter, state=state, **done)
                if done and is_checked:
                    at = report.published_at
                    make_evidence(report, by=make_user(), checked_by=make_user(), checked_at=at)
    day = date(2025, 11, 20)
    viewpoint = Viewpoint(Quarter(2025, 3), day, end_of(day))
    every = Task.objects.filter(pk__in=[task.pk for task in tasks])
    whole, listed = (ledger(every, viewpoint, is_whole=is_whole) for is_whole in (True, False))
    assert [row.light for row in listed] == [row.light for row in whole]
    newest = [[one.newest for one in row.rows] for row in whole]
    assert [[one.newest for one in row.rows] for row in listed] == newest
    for task in tasks:
        erase_task(task)


def erase_task(task):
    """Take a task away, so that the next example begins anew."""
    for rows in (task.nodes.get().evidence, task.nodes.get().reports):
        erase(rows.all())
    task.nodes.all().delete()
    task.delete()
