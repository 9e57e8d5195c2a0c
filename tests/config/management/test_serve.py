"""`make run` on other databases than the embedded one."""

import io

import pytest
from django.core.management import call_command

from config.deploy import demonstration
from config.management.commands import serve
from submissions.models import Submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def started(monkeypatch):
    """Serve without a server; return the names of the commands that were called."""
    called = []
    monkeypatch.setattr(serve, "call_command", lambda name, **_options: called.append(name))
    monkeypatch.setattr(serve, "run_gunicorn", lambda _port: None)
    monkeypatch.setattr(serve, "keep_a_worker", lambda: None)
    monkeypatch.setattr(serve.connections, "close_all", lambda: None)

    def start(*arguments):
        call_command("serve", *arguments, stdout=io.StringIO())
        return called

    return start


def test_the_embedded_database_gets_the_demonstration_if_it_is_empty(started, monkeypatch):
    monkeypatch.setattr(demonstration, "is_embedded", lambda: True)
    assert started() == ["setup", "load_demo"]


def test_another_database_gets_it_only_if_told(started, monkeypatch):
    monkeypatch.setattr(demonstration, "is_embedded", lambda: False)
    assert started() == ["setup"]
    assert started("--demo")[1:] == ["setup", "load_demo"]
    assert not Submission.objects.exists()
