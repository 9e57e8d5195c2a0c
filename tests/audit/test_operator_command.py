"""Commands of the operator: each is an event with its arguments."""

import io

import pytest
from django.core.management import CommandError, call_command

from audit.acts import Act
from audit.models import ActOutcome, AuditEvent, Channel
from tests.audit.cast import only
from tests.submissions.cast import make_submission


@pytest.fixture(autouse=True)
def account(db, monkeypatch):
    monkeypatch.setattr("getpass.getuser", lambda: "tracker-311")


def test_a_command_is_recorded_with_its_arguments_and_no_password(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("a long pass phrase 7\n"))
    call_command("add_user", "li", role="official", password_stdin=True, stdout=io.StringIO())

    event = only(Act.TASK_RUN)
    assert (event.channel, event.user, event.username) == (Channel.COMMAND, None, "tracker-311")
    assert event.after == {
        "command": "add_user",
        "name": "li",
        "role": "official",
        "password_stdin": True,
    }


def test_one_that_fails_is_recorded_with_its_reason():
    with pytest.raises(CommandError):
        call_command("add_user", "li", role="bureau", city="atlantis")
    assert "atlantis" in only(Act.TASK_RUN, ActOutcome.REFUSED).why


def test_a_verification_that_finds_something_says_how_it_ended(officer):
    make_submission(officer.assignments.get().city, by=officer)
    with pytest.raises(SystemExit):
        call_command("verify", stdout=io.StringIO())
    assert only(Act.TASK_RUN).after == {"command": "verify", "exit": 1}


def test_a_verification_is_recorded():
    call_command("verify", stdout=io.StringIO())
    assert only(Act.TASK_RUN).after["command"] == "verify"


def test_what_a_command_does_for_a_user_bears_its_mark(officer, tmp_path):
    file = tmp_path / "r.csv"
    file.write_text("x")
    with pytest.raises(CommandError):
        call_command("submit_return", str(file), city="jinan", period="2025Q3", by=officer.username)
    assert AuditEvent.objects.filter(channel=Channel.COMMAND).exists()
