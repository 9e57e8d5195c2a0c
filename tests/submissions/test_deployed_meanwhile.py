"""A deployment in the middle of an upload: the server finishes what it has begun."""

import http.client
import os
import signal
import socket
import subprocess
import threading
import time

import environ
import pytest
from django.db import connection
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from config.management.commands import serve
from submissions.models import Submission
from tests.factories import make_period
from tests.submissions import forge
from tests.submissions.faults import sent

pytestmark = pytest.mark.django_db(transaction=True)

# Long enough to be caught in the middle, on any machine.
LINES = 8_000


@pytest.fixture
def server(monkeypatch):
    """The production server on the tests' database, and its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = []
    monkeypatch.setattr(os, "execv", lambda _program, command: started.append(command))
    serve.become_gunicorn(port)
    settings = {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": database_url()}
    process = subprocess.Popen(started[0], env=os.environ | settings)
    try:
        wait_for(lambda: answers(port))
        yield process, port
    finally:
        process.kill()
        process.wait()


def database_url():
    """The address of this test's own database."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    base, _, _ = environ.Env()("DATABASE_URL").rpartition("/")
    return f"{base}/{name}"


def wait_for(happened, seconds=60):
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until, "it never happened"
        time.sleep(0.02)


def answers(port):
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


def upload(client, port, content, answer):
    """Send a file as a browser does; put status and address of the answer into `answer`."""
    fields = {
        "csrfmiddlewaretoken": client.cookies["csrftoken"].value,
        "period": "2025Q3",
        "file": sent(content),
    }
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=90)
    headers = {"Content-Type": MULTIPART_CONTENT, "Cookie": cookies}
    asked.request("POST", "/submissions/new/", encode_multipart(BOUNDARY, fields), headers)
    got = asked.getresponse()
    answer += [got.status, got.headers["Location"]]
    asked.close()


def test_an_upload_that_has_begun_comes_to_its_end(server, client, officer):
    """F-56: SIGTERM, as a deployment sends it, once the file is received."""
    process, port = server
    make_period()
    client.force_login(officer)
    client.get("/submissions/new/")
    content = forge.workbook(enterprises=[forge.enterprise(n) for n in range(1, LINES + 1)])
    answer = []
    browser = threading.Thread(target=upload, args=(client, port, content, answer))
    browser.start()
    wait_for(Submission.objects.exists)
    assert Submission.objects.get().checked_at is None
    process.send_signal(signal.SIGTERM)
    browser.join()

    submission = Submission.objects.get()
    assert answer == [302, submission.get_absolute_url()]
    assert submission.checked_at
    assert submission.rows.count() == LINES + 6
    assert process.wait(30) == 0
