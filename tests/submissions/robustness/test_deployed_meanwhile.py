"""A deployment in the middle of an upload: the server finishes the request."""

import http.client
import signal
import time

import pytest
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from submissions.intake.originals import content_of
from submissions.models import Submission
from tests.factories import make_period
from tests.submissions.fault_catalogue import forge
from tests.submissions.fault_catalogue.faults import sent
from tests.submissions.robustness.production import production_server

pytestmark = pytest.mark.django_db(transaction=True)

LINES = 2_000


@pytest.fixture
def server(tmp_path):
    """The production server on the tests' database, and its port."""
    with production_server(tmp_path) as running:
        yield running


def begin_upload(client, port, content):
    """Send half of a file as a browser does; return the connection, and the other half."""
    fields = {
        "csrfmiddlewaretoken": client.cookies["csrftoken"].value,
        "period": "2025Q3",
        "file": sent(content),
    }
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    body = encode_multipart(BOUNDARY, fields)
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    asked.putrequest("POST", "/submissions/new/")
    headers = {"Content-Type": MULTIPART_CONTENT, "Cookie": cookies, "Content-Length": len(body)}
    for name, value in headers.items():
        asked.putheader(name, str(value))
    half = len(body) // 2
    asked.endheaders(body[:half])
    return asked, body[half:]


def test_an_upload_that_has_begun_comes_to_its_end(server, client, officer):
    """F-56: SIGTERM, as a deployment sends it, while a file comes in."""
    process, port = server
    make_period()
    client.force_login(officer)
    client.get("/submissions/new/")
    content = forge.workbook(enterprises=[forge.enterprise(n) for n in range(1, LINES + 1)])
    asked, rest = begin_upload(client, port, content)
    time.sleep(0.5)
    process.send_signal(signal.SIGTERM)
    time.sleep(0.2)
    asked.send(rest)
    answer = asked.getresponse()

    submission = Submission.objects.get()
    assert (answer.status, answer.headers["Location"]) == (302, submission.get_absolute_url())
    assert content_of(submission) == content
    asked.close()
    assert process.wait(30) == 0
