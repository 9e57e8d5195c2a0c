from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from config.web import system_status as page
from jobs.models import OperatorRun
from jobs.workers import SignsOfLife
from tests.jobs.cast import make_job
from tests.submissions.cast import make_original, make_submission

Kind = OperatorRun.RunKind


@pytest.fixture
def shown(client, admin):
    """Return a function: what the page shows, as {what: (state, value)}."""
    client.force_login(admin)

    def act():
        context = client.get("/status/").context
        rows = [row for _key, _title, table in context["parts"] for row in table.file_rows()]
        return {what: (state, value) for what, state, value in rows}

    return act


def test_everything_that_can_be_wrong_is_said_on_a_fresh_database(shown, client):
    said = shown()

    assert said["Workers"] == ("needs_attention", "none")
    assert said["Last backup"] == ("needs_attention", "never")
    assert said["Last verification"] == ("needs_attention", "never")
    assert said["Migrations"] == ("in_order", "applied")
    assert said["Waiting"] == ("in_order", "0")
    assert "Last restore" not in said
    assert "3 things below need attention" in " ".join(
        client.get("/status/").content.decode().split()
    )


def test_a_system_that_is_looked_after_is_in_order(shown, client, tmp_path, city, officer):
    SignsOfLife("host-1").sign()
    make_original(make_submission(city, by=officer), b"0" * 2**20)
    OperatorRun.note_down(Kind.BACKUP, "tonight.zip, 5 B")
    OperatorRun.note_down(Kind.VERIFICATION, "21 / 21")
    said = shown()

    assert {state for state, _value in said.values()} == {"in_order", "for_information"}
    assert said["Original workbooks"][1] == "1, 1.0 MiB"
    assert "tonight.zip, 5 B" in said["Last backup"][1]
    assert "0 faults" in said["Last verification"][1]
    assert "Everything is in order" in client.get("/status/").content.decode()


@pytest.mark.parametrize(
    ("kind", "what", "hours", "state"),
    [
        (Kind.BACKUP, "Last backup", 47, "in_order"),
        (Kind.BACKUP, "Last backup", 49, "needs_attention"),
        (Kind.VERIFICATION, "Last verification", 8 * 24 - 1, "in_order"),
        (Kind.VERIFICATION, "Last verification", 8 * 24 + 1, "needs_attention"),
    ],
)
def test_what_is_long_ago_needs_attention(shown, kind, what, hours, state):
    at = timezone.now() - timedelta(hours=hours)
    OperatorRun.objects.create(kind=kind, host="h", finished_at=at)

    assert shown()[what][0] == state


def test_faults_that_were_found_need_attention(shown):
    OperatorRun.note_down(Kind.VERIFICATION, "21 / 21", faults=2)

    state, words = shown()["Last verification"]
    assert state == "needs_attention"
    assert "2 faults" in words


def test_a_job_that_waits_too_long_needs_attention(shown):
    make_job(ago=60)
    assert shown()["Waiting"][0] == "in_order"
    make_job(ago=page.WAITS_TOO_LONG.total_seconds() + 1)

    state, words = shown()["Waiting"]
    assert state == "needs_attention"
    assert words.startswith("2 (")


def test_what_runs_and_what_failed_today_is_counted(shown):
    make_job(state="running")
    make_job(state="failed")
    make_job(state="failed", finished_at=timezone.now() - timedelta(days=2))

    said = shown()
    assert (said["Under way"][1], said["Failed within a day"][1]) == ("1", "1")


@pytest.mark.parametrize("role", ["officer", "official", "reviewer"])
def test_it_is_for_who_answers_for_the_system(client, request, role):
    client.force_login(request.getfixturevalue(role))

    assert client.get("/status/").status_code == 403


@pytest.mark.django_db
def test_commands_note_that_they_ran(capsys):
    call_command("verify")

    run = OperatorRun.newest(Kind.VERIFICATION)
    assert (run.faults, run.note) == (0, "26 / 26")
