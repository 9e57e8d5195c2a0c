import pytest
from django.test import RequestFactory

from audit.acts import Act
from audit.models import AuditEvent, Channel
from audit.recording import record
from audit.request import current


@pytest.fixture
def asked(rf: RequestFactory, admin):
    """Return a function that lets a request to an address be answered now."""
    tokens = []

    def ask(path, user=admin):
        request = rf.get(path, REMOTE_ADDR="10.1.2.3")
        request.user, request.number = user, "ab12cd34"
        tokens.append(current.set(request))

    yield ask
    for token in reversed(tokens):
        current.reset(token)


def test_an_act_on_a_page_names_who_in_which_role_from_where(asked, admin):
    asked("/admin/")
    record(Act.SIGNED_OUT, admin, before={"a": 1}, after={"a": 2}, why="moved")

    event = AuditEvent.objects.get()
    assert (event.user, event.username, event.roles) == (admin, "admin", "admin")
    assert (event.channel, event.address, event.request_number) == (
        Channel.PAGE,
        "10.1.2.3",
        "ab12cd34",
    )
    assert (event.object_type, event.object_id) == ("accounts.user", str(admin.pk))
    assert (event.object_name, event.before, event.after) == ("admin", {"a": 1}, {"a": 2})
    assert event.why == "moved"


def test_an_act_by_the_api_says_so(asked):
    asked("/api/v1/enterprises/")
    assert record(Act.SIGNED_IN).channel == Channel.API


def test_a_job_acts_for_whoever_asked_for_it(admin):
    event = record(Act.SIGNED_IN, by=admin)
    assert (event.channel, event.username, event.address) == (Channel.JOB, "admin", "")


@pytest.mark.django_db
def test_a_command_is_of_the_server_account_and_of_no_user(monkeypatch):
    monkeypatch.setattr("getpass.getuser", lambda: "tracker")
    event = record(Act.SIGNED_IN)
    assert (event.channel, event.user, event.username) == (Channel.COMMAND, None, "tracker")


@pytest.mark.django_db
def test_a_failed_sign_in_names_what_was_tried(rf):
    token = current.set(rf.post("/accounts/login/"))
    event = record(Act.SIGN_IN_FAILED, username="x" * 200)
    current.reset(token)
    assert (event.user, event.username) == (None, "x" * 150)
