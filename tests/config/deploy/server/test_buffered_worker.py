"""The web server of `make run`: slow clients, hanging requests, streams, a graceful end."""

import contextlib
import http.client
import os
import signal
import threading
import time
from pathlib import Path

import pytest

from tests.config.deploy.server.sample_app import LARGE
from tests.config.deploy.server.serving import (
    HALF_A_BODY,
    HALF_A_HEADER,
    ask,
    gunicorn,
    seconds_of,
    slow_clients,
)


@pytest.fixture(scope="module")
def port():
    """The port of a server with two workers."""
    with gunicorn() as listening:
        yield listening


@pytest.mark.parametrize("sent", [HALF_A_HEADER, HALF_A_BODY], ids=["header", "body"])
def test_slow_clients_do_not_stop_answers(port, sent):
    quiet = seconds_of(lambda: ask(port, "/pid"))
    with slow_clients(port, 200, sent.replace(b"/accounts/login/", b"/body")):
        slow = seconds_of(lambda: ask(port, "/pid"))

    assert slow < max(10 * quiet, 1)


def test_a_slow_client_is_answered_in_the_end(port):
    with slow_clients(port, 1, HALF_A_BODY.replace(b"/accounts/login/", b"/body")) as [client]:
        client.sendall(b"x" * 4990)
        assert client.recv(100).startswith(b"HTTP/1.1 200 OK")


def test_the_parts_of_an_answer_are_sent_as_they_are_made(port):
    began = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/lines")
    answer = connection.getresponse()

    assert answer.readline() == b"first\n"
    assert time.monotonic() - began < 1.5
    assert answer.read() == b"second\n"
    connection.close()


def test_large_requests_and_answers_arrive_whole(port):
    assert ask(port, "/body", b"x" * 11_000_000) == (200, b"11000000")
    assert len(ask(port, "/large")[1]) == LARGE


def test_a_body_that_no_page_would_take_is_refused_by_its_header(port):
    with slow_clients(port, 1, b"POST /body HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n") as [one]:
        assert one.recv(100).startswith(b"HTTP/1.1 413 ")


def test_what_a_proxy_says_is_handed_on(port):
    headers = {"X-Forwarded-For": "10.1.2.3"}
    assert ask(port, "/address", **headers) == (200, b"10.1.2.3")
    assert ask(port, "/address", X_Forwarded_For="10.1.2.3") == (200, b"none")


def test_a_worker_in_which_a_request_hangs_is_replaced():
    with gunicorn("--workers", "1", "--timeout", "2", "--graceful-timeout", "1") as port:
        _status, first = ask(port, "/pid")
        with contextlib.suppress(http.client.RemoteDisconnected, ConnectionError):
            ask(port, "/hang")
        assert ask(port, "/pid")[1] != first


def test_a_worker_ends_after_its_last_request():
    options = ("--workers", "1", "--max-requests", "3", "--max-requests-jitter", "0")
    with gunicorn(*options) as port:
        workers = [ask(port, "/pid")[1] for _n in range(6)]

    assert workers[0] == workers[2] != workers[5]


def test_what_is_being_answered_is_finished_when_the_server_ends():
    answers = []
    with gunicorn("--workers", "1") as port:
        worker = int(ask(port, "/pid")[1])
        parent = int(Path(f"/proc/{worker}/stat").read_text().split()[3])
        asking = threading.Thread(target=lambda: answers.append(ask(port, "/slow")))
        asking.start()
        time.sleep(0.5)
        os.kill(parent, signal.SIGTERM)
        asking.join(timeout=20)

    assert answers == [(200, str(worker).encode())]
