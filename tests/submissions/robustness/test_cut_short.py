"""Interrupted uploads, sent byte by byte to the production server."""

import hashlib
import socket
import time

import pytest
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from jobs.models import Job
from submissions.intake.background import check_subject
from submissions.intake.originals import content_of
from submissions.models import Original, Submission
from submissions.workbook import limits
from tests.factories import make_period
from tests.submissions.fault_catalogue import forge
from tests.submissions.fault_catalogue.faults import sent
from tests.submissions.robustness.production import production_server, wait_for

pytestmark = pytest.mark.django_db(transaction=True)

# More than Django keeps in memory: it has to go through a temporary file.
LARGE = 4 * limits.MIB
# Enough to be caught while they are read.
LINES = 4_000
# What is said of a file that never ends.
ENDLESS = 5 * 1024 * limits.MIB


@pytest.fixture(scope="module")
def running(django_db_setup, tmp_path_factory):
    """The production server, one for all of these tests: its port and the folder of its files."""
    folder = tmp_path_factory.mktemp("served")
    with production_server(folder) as (_process, port):
        yield port, folder


@pytest.fixture
def folder(running):
    """The folder of the server's files, with nothing in its store."""
    return running[1]


class Line:
    """A connection to the server, to be used as no browser does."""

    def __init__(self, port, client):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.client = client

    def begin(self, **headers):
        """Send the head of an upload."""
        cookies = "; ".join(f"{k}={v.value}" for k, v in self.client.cookies.items())
        head = {"Host": "127.0.0.1", "Content-Type": MULTIPART_CONTENT, "Cookie": cookies}
        lines = [f"{name.replace('_', '-')}: {value}" for name, value in (head | headers).items()]
        request = ["POST /submissions/new/ HTTP/1.1", *lines, "Connection: close", "", ""]
        self.socket.sendall("\r\n".join(request).encode())

    def send(self, content):
        """Send bytes; return False once the server has closed the connection."""
        try:
            self.socket.sendall(content)
        except (BrokenPipeError, ConnectionResetError):
            return False
        return True

    def answer(self):
        """Return status and text of the response; 0 if the connection was closed without one."""
        pieces = []
        try:
            while piece := self.socket.recv(65_536):
                pieces.append(piece)
        except ConnectionResetError:
            pass
        finally:
            self.socket.close()
        text = b"".join(pieces).decode()
        return int(text.split()[1]) if text else 0, text


@pytest.fixture
def call(running, folder, client, officer):
    """Open a line as the officer, who has the upload page open."""
    make_period()
    client.force_login(officer)
    client.get("/submissions/new/")
    lines = []

    def act():
        lines.append(Line(running[0], client))
        return lines[-1]

    yield act
    for line in lines:
        line.socket.close()


def body(client, content):
    """The body of an upload as a browser sends it."""
    token = client.cookies["csrftoken"].value
    fields = {"csrfmiddlewaretoken": token, "period": "2025Q3", "file": sent(content)}
    return encode_multipart(BOUNDARY, fields)


def nothing_is_left(folder):
    """Return whether store and temporary folder have nothing of an upload."""
    # gunicorn's own heartbeat files have no name in the folder.
    return not Original.objects.exists() and not list((folder / "temp").glob("*.upload*"))


@pytest.mark.fault("F-49")
@pytest.mark.parametrize("share", [0.1, 0.5, 0.999])
def test_an_interrupted_upload_leaves_nothing(call, client, folder, share):
    whole = body(client, b"0" * LARGE)
    line = call()
    line.begin(Content_Length=len(whole))
    line.send(whole[: int(len(whole) * share)])
    line.socket.shutdown(socket.SHUT_WR)
    status, _text = line.answer()

    assert status in (0, 400, 403, 422)
    wait_for(lambda: nothing_is_left(folder))
    assert not Submission.objects.exists()


@pytest.mark.fault("F-49")
def test_an_interrupted_upload_can_be_repeated(call, client, folder):
    content = forge.workbook()
    whole = body(client, content)
    cut = call()
    cut.begin(Content_Length=len(whole))
    cut.send(whole[:-50])
    cut.socket.close()
    again = call()
    again.begin(Content_Length=len(whole))
    again.send(whole)

    assert again.answer()[0] == 302
    submission = Submission.objects.get()
    assert submission.sha256 == hashlib.sha256(content).hexdigest()
    assert Job.objects.get().subject == check_subject(submission)
    assert Original.objects.get().submission == submission


@pytest.mark.fault("F-49")
def test_who_leaves_before_the_answer_has_it_stored_and_in_the_queue(call, client, folder):
    content = forge.workbook(enterprises=[forge.enterprise(n) for n in range(1, LINES + 1)])
    whole = body(client, content)
    line = call()
    line.begin(Content_Length=len(whole))
    line.send(whole)
    line.socket.close()

    wait_for(Submission.objects.exists)
    assert content_of(Submission.objects.get()) == content
    assert Job.objects.get().state == "waiting"


@pytest.mark.fault("F-10")
def test_an_endless_stream_is_closed(call, client, folder):
    began = time.monotonic()
    line = call()
    line.begin(Content_Length=ENDLESS)
    line.send(body(client, b"0" * limits.MIB)[:-100])
    piece, pieces = b"0" * limits.MIB, 0
    while line.send(piece):
        pieces += 1
        assert pieces < 200, "somebody listens to all of it"
    line.answer()

    assert time.monotonic() - began < 30
    assert nothing_is_left(folder)
    assert not Submission.objects.exists()


@pytest.mark.fault("F-10")
def test_a_stream_without_a_length_is_received_up_to_a_limit(call, client, folder):
    line = call()
    line.begin(Transfer_Encoding="chunked")
    chunk, pieces = body(client, b"0" * limits.MIB)[:-100], 0
    while line.send(b"%x\r\n%s\r\n" % (len(chunk), chunk)):
        pieces += 1
        assert pieces < 200, "somebody listens to all of it"
    status, _text = line.answer()

    assert status in (0, 413)
    assert nothing_is_left(folder)
    assert not Submission.objects.exists()
