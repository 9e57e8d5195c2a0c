"""Every page of the ledger shows what was known on an earlier day."""

from datetime import UTC, date, datetime

import pytest

from tests.factories import make_city, make_user
from tests.measures.cast import make_asked, make_evidence, make_report, make_task

pytestmark = pytest.mark.django_db
BEFORE, AFTER = "as_of=2025-07-20", "as_of=2025-08-20"
PAGES = ["/measures/", "/measures/1-01/", "/measures/departments/ecology/"]


@pytest.fixture
def task(reader):
    """A task that was reported as done, and whose evidence was checked on 1 August."""
    task = make_task("1-01", due=date(2025, 6, 30))
    done = make_report(task, quarter="2025Q2", state="done", done_on=date(2025, 6, 20))
    at = datetime(2025, 8, 1, 2, tzinfo=UTC)
    make_evidence(done, by=make_user(), checked_by=make_user(), checked_at=at)
    return task


@pytest.mark.parametrize("page", PAGES)
def test_a_light_is_that_of_the_day(reader, task, page):
    for day, light in ((BEFORE, "light_yellow"), (AFTER, "light_green")):
        shown = reader.get(f"{page}?period=2025Q2&{day}").content.decode()
        assert f'data-status="{light}"' in shown


def test_what_was_decided_later_was_not_decided_then(reader, task):
    at = datetime(2025, 8, 1, 2, tzinfo=UTC)
    make_asked(task, granted=True, decided_at=at, decided_by=make_user(), decision="同意")
    address = "/measures/1-01/?period=2025Q2&"
    before, after = (
        reader.get(address + day).content.decode().split('id="evidence"')[1]
        for day in (BEFORE, AFTER)
    )
    assert "not checked yet" in before
    assert "not decided yet" in before
    assert "同意" not in before
    assert "not checked yet" not in after
    assert "同意" in after


def test_a_task_that_answers_in_cities_too(reader):
    city = make_city()
    task = make_task("1-01", cities=[city], due=date(2025, 6, 30))
    make_report(task, city, "2025Q2")
    for day, light in (("as_of=2025-07-05", "light_yellow"), (AFTER, "light_red")):
        shown = reader.get(f"/measures/?period=2025Q2&{day}").content.decode()
        assert f'data-status="{light}"' in shown
