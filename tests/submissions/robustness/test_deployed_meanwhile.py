"""A deployment in the middle of an upload: the server finishes the request."""

import http.client
import signal
import threading

import pytest
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from submissions.models import Submission
from tests.factories import make_period
from tests.submissions.fault_catalogue import forge
from tests.submissions.fault_catalogue.faults import sent
from tests.submissions.robustness.production import production_server, wait_for

pytestmark = pytest.mark.django_db(transaction=True)

# Long enough to be caught in the middle, on any machine.
LINES = 8_000


@pytest.fixture
def server(tmp_path):
    """The production server on the tests' database, and its port."""
    with production_server(tmp_path) as running:
        yield running


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
