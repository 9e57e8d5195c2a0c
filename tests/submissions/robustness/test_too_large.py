"""Uploads over the limit or over their announced size, on a real connection."""

import socket

import pytest

from submissions.models import Submission
from submissions.workbook import limits
from tests.factories import make_period
from tests.submissions.fault_catalogue import forge
from tests.submissions.robustness.production import production_server

pytestmark = pytest.mark.django_db(transaction=True)

GIB = 1024 * limits.MIB
END = b"\r\n--x--\r\n"


@pytest.fixture
def server(tmp_path):
    """The production server's port: the one for tests reads to the end whatever comes."""
    with production_server(tmp_path) as (_process, port):
        yield port


@pytest.fixture
def connection_as_officer(server, client, officer):
    """Return a function: open a connection and send the head of a form with a file."""
    make_period()
    client.force_login(officer)
    client.get("/submissions/new/")
    token = client.cookies["csrftoken"].value
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    form = (
        f'--x\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
        '--x\r\nContent-Disposition: form-data; name="period"\r\n\r\n2025Q3\r\n'
        '--x\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    ).encode()
    opened = []

    def act(length=None, *, file=0):
        length = len(form) + file + len(END) if length is None else length
        head = (
            f"POST /submissions/new/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\n"
            f"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {length}\r\n"
            "Connection: close\r\n\r\n"
        )
        made = socket.create_connection(("127.0.0.1", server), timeout=30)
        opened.append(made)
        made.sendall(head.encode() + form)
        return made

    yield act
    for each in opened:
        each.close()


def answer_of(connection):
    """Return the status of the answer; None if the connection was closed without one."""
    received = b""
    try:
        while piece := connection.recv(65536):
            received += piece
    except ConnectionResetError:
        pass
    return int(received.split()[1]) if received else None


def test_five_gigabytes_close_the_connection_at_once(connection_as_officer):
    """F-10: the connection is closed and nothing is stored."""
    connection = connection_as_officer(5 * GIB)
    piece = b"0" * limits.MIB
    sent = 0
    try:
        while sent < GIB:
            connection.sendall(piece)
            sent += len(piece)
    except OSError:
        pass  # closed from the other side

    assert sent < 100 * limits.MIB
    assert not Submission.objects.exists()


def test_eleven_megabytes_are_refused_with_a_message(connection_as_officer):
    """F-10"""
    size = 11 * limits.MIB
    connection = connection_as_officer(file=size)
    connection.sendall(b"0" * size + END)

    assert answer_of(connection) == 413
    assert not Submission.objects.exists()


def test_more_than_was_announced_is_not_read(connection_as_officer):
    """F-10: bytes after the announced length are ignored."""
    content = forge.workbook()
    connection = connection_as_officer(file=len(content) // 2)
    connection.sendall(content + END)

    assert answer_of(connection) in (302, 400, 422, None)
    kept = Submission.objects.first()
    # A file that was cut short is refused in words when it is read.
    assert kept is None or [each.code for each in kept.findings.all()] == ["E102"]
