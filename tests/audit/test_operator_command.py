"""Commands of the operator: each is an event with its arguments."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from audit.acts import Act
from audit.history import marked
from audit.models import ActOutcome, AuditEvent, Channel
from audit.request import in_command
from clusters.models import Plan
from enterprises.models import Enterprise
from foundation.record_admin import reason_shown
from indicators.models import Target
from parks.models import Park
from tests.audit.cast import only
from tests.factories import make_park, make_period
from tests.submissions.cast import make_submission
from tests.submissions.fault_catalogue import forge


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


@pytest.fixture
def accepted(city, officer, reviewer, tmp_path):
    """A workbook with one new firm, taken the whole way by the command."""
    make_period("2025Q3")
    rows = [forge.enterprise(1, park=None, remark="本季度新增企业")]
    file = str(forge.saved(forge.workbook(enterprises=rows), tmp_path))
    people = {"by": officer.username, "accept_by": reviewer.username}
    given = {"city": city.slug, "period": "2025Q3", "stdout": io.StringIO()}
    call_command("submit_return", file, **given, **people)
    return Enterprise.objects.get()


@pytest.mark.parametrize("act", [Act.UPLOADED, Act.SUBMITTED, Act.ACCEPTED])
def test_what_a_command_does_for_a_user_comes_by_the_command_line(accepted, act, request):
    event = only(act)
    who = "reviewer" if act is Act.ACCEPTED else "officer"
    assert (event.channel, event.user.username) == (Channel.COMMAND, who)


def test_what_is_refused_of_it_too(officer, tmp_path):
    file = tmp_path / "r.csv"
    file.write_text("x")
    make_period("2025Q3")
    with pytest.raises(CommandError):
        call_command("submit_return", str(file), city="jinan", period="2025Q3", by=officer.username)
    assert set(AuditEvent.objects.values_list("channel", flat=True)) == {Channel.COMMAND}


def test_a_history_says_what_a_command_has_written(accepted, admin, client):
    version = accepted.history.get()
    assert version.history_change_reason.startswith("[command line] submission ")
    client.force_login(admin)
    page = f"/admin/enterprises/enterprise/{accepted.pk}/history/"
    assert "command line · submission " in client.get(page).content.decode()
    with override("zh-hans"):
        assert reason_shown(version.history_change_reason).startswith("命令行 · submission ")


def test_a_set_up_marks_its_records_and_a_page_marks_none(city):
    call_command("setup", verbosity=0, stdout=io.StringIO())
    made = set(Plan.history.values_list("history_change_reason", flat=True))
    made |= set(Target.history.values_list("history_change_reason", flat=True))
    assert made == {"[command line]"}
    assert reason_shown("[command line]") == "command line"
    make_park(city)
    assert Park.history.latest("pk").history_change_reason is None


def test_a_long_reason_keeps_its_mark_within_the_column():
    token = in_command.set(True)
    try:
        assert len(marked("x" * 100)) == 100
        assert marked(marked("x")) == "[command line] x"
    finally:
        in_command.reset(token)
    assert marked("x") == "x"
