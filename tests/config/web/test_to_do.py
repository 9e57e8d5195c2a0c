import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from measures.evidence_files import check
from tests.factories import make_city, make_period, make_user
from tests.measures.cast import make_asked, make_file, make_handed_in, make_task
from tests.submissions.cast import make_submission


@pytest.fixture(autouse=True)
def today():
    """One day after 2025Q3 was due."""
    with time_machine.travel("2025-10-16 04:00", tick=False):
        yield


@pytest.fixture
def period(db):
    return make_period("2025Q3")


def number(client, user, page="/help/"):
    """What stands beside the entry of the submissions; None if nothing does."""
    client.force_login(user)
    shown = client.get(page).content.decode()
    return shown.partition('class="navigation__number">')[2].partition("<")[0] or None


def test_a_bureau_sees_how_many_workbooks_it_must_do_something_about(client, officer, city):
    for code in ("2025Q2", "2025Q3", "2025Q4"):
        make_period(code)
    make_submission(city, make_period("2025Q2"), status="sent_back")

    assert number(client, officer) == "2"


def test_another_citys_duties_are_not_counted(client, stranger, city):
    make_submission(city, make_period("2025Q3"), status="sent_back")
    make_submission(make_city("370700"), make_period("2025Q3"), status="submitted")

    assert number(client, stranger) is None


def test_a_reviewer_sees_how_many_wait_for_a_decision(client, reviewer, officer, period):
    for code in ("370100", "370200"):
        make_submission(make_city(code), period, status="submitted")
    make_submission(make_city("370300"), period, status="sent_back")

    assert number(client, reviewer) == "2"


@pytest.mark.parametrize("role", ["official", "admin"])
def test_whoever_decides_nothing_sees_no_number(client, request, role, city, period):
    make_submission(city, period, status="submitted")
    assert number(client, request.getfixturevalue(role)) is None


def test_it_changes_with_the_next_request(client, reviewer, city, period):
    submission = make_submission(city, period, status="submitted")
    assert number(client, reviewer) == "1"

    submission.status = "sent_back"
    submission.decided_by, submission.decided_at = reviewer, submission.submitted_at
    submission.reason = "D17 looks wrong"
    submission.save()
    assert number(client, reviewer) is None


def test_it_changes_with_the_day(client, officer, period):
    make_period("2025Q4")
    assert number(client, officer) == "1"

    with time_machine.travel("2026-01-02 04:00", tick=False):
        assert number(client, officer) == "2"


@pytest.mark.parametrize("who", ["reviewer", "officer"])
def test_it_is_counted_once(client, request, who, city, period):
    make_submission(city, period, status="submitted")
    client.force_login(request.getfixturevalue(who))

    cold, warm = queries(client), queries(client)
    assert any("COUNT(*)" in one or '"reason"' in one for one in cold)
    assert len(warm) < len(cold)
    assert not any('"submissions_submission"."reason"' in one for one in warm)


def queries(client) -> list[str]:
    """The SQL of a page that asks for nothing else of submissions."""
    with CaptureQueriesContext(connection) as asked:
        client.get("/help/")
    return [one["sql"] for one in asked]


# ---- of the ledger ---------------------------------------------------------------------


def number_in_ledger(client, user):
    """What stands beside the entry of the ledger of measures; "" if nothing does."""
    client.force_login(user)
    entry = client.get("/help/").content.decode().partition('href="/measures/"')[2]
    return entry.partition("</a>")[0].partition('class="navigation__number">')[2].partition("<")[0]


def test_a_reviewer_sees_how_many_things_of_the_ledger_wait(client, reviewer, official, period):
    assert number_in_ledger(client, reviewer) == ""
    task = make_task()
    make_handed_in(task)
    assert number_in_ledger(client, reviewer) == "1"
    make_asked(task)
    evidence = make_file(task, by=make_user())
    assert number_in_ledger(client, reviewer) == "3"
    assert number_in_ledger(client, official) == ""

    check(evidence, by=reviewer)
    assert number_in_ledger(client, reviewer) == "2"
    task.ended_because = "上级文件取消"
    task.save()
    assert number_in_ledger(client, reviewer) == "1"


def test_nobody_is_told_to_decide_their_own(client, reviewer, period):
    task = make_task()
    make_file(task, by=reviewer)
    make_asked(task, by=reviewer)
    assert number_in_ledger(client, reviewer) == ""
