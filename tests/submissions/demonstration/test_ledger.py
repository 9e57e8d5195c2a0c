"""The demonstration's ledger: every light is there, and everything says that it is an example."""

import pytest
import time_machine

from clusters.viewpoint import today
from config.deploy import reference_data
from foundation.quarters import Quarter
from measures.ledger import ledger
from measures.models import Task
from submissions.demonstration.ledger import enter
from submissions.demonstration.ledger_tasks import TASKS
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    reference_data.load()
    with time_machine.travel("2026-11-30 04:00", tick=False):
        entered = enter(by=make_user(), checker=make_user())
        assert entered == len(TASKS) == Task.objects.count()
        assert not enter(by=make_user(), checker=make_user())
        return ledger(Task.objects.all(), today(Quarter(2025, 4)))


def test_each_course_has_the_light_that_it_tells_of(rows):
    of = {
        demo.course: {
            row.light.colour for row in rows if row.task.wording == f"示例：{demo.wording}"
        }
        for demo in TASKS
    }
    assert {course.name: colours for course, colours in of.items()} == {
        "IN_TIME": {"green"},
        "UNDER_WAY": {"green"},
        "DUE_SOON": {"blue"},
        "FORGOTTEN": {"red"},
        "REFUSED": {"red"},
        "UNCHECKED": {"yellow"},
        "CAUGHT_UP": {"caught_up"},
        "DEFERRED": {"deferred"},
        "STANDING": {"green"},
        "COORDINATION": {"green"},
        "NO_STANDARD": {"cannot_judge"},
    }


def test_all_nine_measures_and_sixteen_cities_have_tasks_and_all_say_example(rows):
    assert len({row.task.area_id for row in rows}) == 9
    assert len({who.code for row in rows for who in row.lights if hasattr(who, "code")}) == 16
    assert 38 <= len(rows) <= 42
    assert all(row.task.is_demonstration and "示例" in row.task.wording for row in rows)
