"""Our site file in Debian's nginx, before gunicorn with a small application."""

import http.client
import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from submissions.workbook import limits
from tests.config.deploy.server.nginx import SITE, nginx, trusting
from tests.config.deploy.server.serving import (
    HALF_A_BODY,
    HALF_A_HEADER,
    ask,
    gunicorn,
    seconds_of,
    slow_clients,
)

TLS = trusting()
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site, before a server with two workers."""
    with gunicorn() as backend, nginx(tmp_path_factory.mktemp("nginx") / "site", backend) as site:
        yield site


@pytest.fixture
def through(site):
    """Return a function: ask through nginx, with TLS."""
    return partial(ask, site.port, tls=TLS)


def test_without_tls_the_reader_is_sent_to_tls(site):
    assert ask(site.plain, "/pid")[0] == 301


@pytest.mark.parametrize("sent", [HALF_A_HEADER, HALF_A_BODY], ids=["header", "body"])
def test_two_hundred_slow_clients_do_not_stop_answers(site, through, sent):
    quiet = seconds_of(lambda: through("/pid"))
    sent = sent.replace(b"/accounts/login/", b"/body")
    with slow_clients(site.port, 200, sent, TLS.wrap_socket):
        answers = []
        slow = seconds_of(lambda: answers.append(through("/pid")[0]))

    assert set(answers) == {200}
    assert slow < max(10 * quiet, 1)


def test_bodies_that_trickle_do_not_stop_answers(site, through):
    sent = HALF_A_BODY.replace(b"/accounts/login/", b"/body")
    with slow_clients(site.port, 200, sent, TLS.wrap_socket) as clients:
        for _second in range(3):
            for client in clients:
                client.sendall(b"x")
            assert seconds_of(lambda: through("/pid"), times=3) < 2


def test_a_client_that_sends_no_more_is_let_go(site):
    with slow_clients(site.port, 1, HALF_A_HEADER, TLS.wrap_socket) as [client]:
        client.settimeout(25)
        assert client.recv(100) == b""


def test_the_limit_of_a_request_is_that_of_a_workbook_and_the_form_around_it(through):
    stated = re.search(r"client_max_body_size\s+(\d+)m;", SITE.read_text())

    assert int(stated[1]) * limits.MIB == limits.FILE_SIZE + limits.MIB
    assert through("/body", b"x" * limits.FILE_SIZE)[0] == 200


@pytest.mark.parametrize("address", ["/submissions/new/", "/api/v1/cities/"])
def test_a_larger_request_is_refused_in_words(through, address):
    status, said = through(address, b"x" * (limits.FILE_SIZE + 2 * limits.MIB))

    assert status == 413
    assert explains(address, said, "10 MiB")


@pytest.mark.parametrize(
    "address", ["/accounts/login/", "/submissions/new/", "/submissions/check/"]
)
def test_one_who_sends_too_often_is_told_to_wait(through, address):
    send = partial(through, address, b"x", source=f"127.0.2.{len(address)}")
    answers = [send() for _n in range(60)]

    statuses = [status for status, _said in answers]
    assert statuses[:20] == [200] * 20
    assert statuses[-1] == 429

    assert explains(address, answers[-1][1], "Wait a minute")
    # Another address, and a page that is only read, are answered.
    assert through(address, b"x", source="127.0.3.1")[0] == 200
    assert through(address, source=f"127.0.2.{len(address)}")[0] == 200


def test_a_rush_of_uploads_passes_evenly_and_no_page_waits_behind_it(through):
    """Sixteen bureaus, each of its own address, ask for the form and send a file at once."""
    began, passed, asked = time.monotonic(), [], []

    def bureau(number):
        for body in (None, b"x"):
            answer = through("/submissions/new/", body, source=f"127.0.8.{number}")
            (passed if body else asked).append((answer[0], time.monotonic() - began))

    with ThreadPoolExecutor(16) as bureaus:
        waiting = [bureaus.submit(bureau, number) for number in range(1, 17)]
        time.sleep(0.5)
        pages = seconds_of(lambda: through("/pid", source="127.0.9.1"))
        read_until = time.monotonic() - began
        for one in waiting:
            one.result()

    moments = sorted(moment for _status, moment in passed)
    assert {status for status, _moment in passed + asked} == {200}
    # The forms come at once.
    assert max(moment for _status, moment in asked) < moments[8]
    assert read_until < moments[-1]
    assert pages < 1
    # Four a second: no second had many more, and all were through soon.
    for first, later in zip(moments, moments[6:], strict=False):
        assert later - first > 1
    assert 3 < moments[-1] < 10


def test_one_bureau_alone_does_not_wait(through):
    time.sleep(0.5)
    assert seconds_of(lambda: through("/submissions/new/", source="127.0.8.20"), times=1) < 1


def test_two_hundred_uploads_may_wait_at_once():
    [waits] = re.findall(r"zone=tracker_rush\s+burst=(\d+)(.*);", SITE.read_text())
    assert waits == ("200", "")


def test_a_flood_keeps_no_known_browser_out_at_the_same_address(through):
    strangers = partial(through, "/accounts/login/", b"x=1", source="127.0.7.1")
    assert 429 in [strangers()[0] for _n in range(40)]

    known = {"Cookie": "sessionid=a; __Host-known_browser=b"}
    assert 429 not in [strangers(**known)[0] for _n in range(40)]
    assert strangers(Cookie="x__Host-known_browser=b")[0] == 429


def test_one_address_has_a_hundred_requests_at_a_time(site, through):
    sent = HALF_A_BODY.replace(b"/accounts/login/", b"/body")
    with slow_clients(site.port, 100, sent, TLS.wrap_socket, addresses=1):
        time.sleep(0.5)
        assert through("/pid", source="127.0.1.1")[0] == 429
        assert through("/pid")[0] == 200


@pytest.mark.parametrize("address", ["/pid", "/api/v1/cities/"])
def test_a_server_that_is_away_is_said_in_words(tmp_path, address):
    with nginx(tmp_path / "site", 9) as site:
        status, said = ask(site.port, address, tls=TLS)

    assert status == 502
    assert explains(address, said, "Wait a minute")


@pytest.mark.parametrize(
    ("address", "sent", "answered", "came"),
    [
        pytest.param("/cities/", None, 200, 2, id="a page"),
        pytest.param("/submissions/new/", b"x", 200, 2, id="an upload: it has a key"),
        pytest.param("/submissions/5/accept/", b"x", 502, 1, id="an acceptance"),
        pytest.param("/submissions/check/", b"x", 502, 1, id="a check"),
        pytest.param("/accounts/login/", b"x", 502, 1, id="a password"),
    ],
)
def test_what_may_have_been_done_is_not_sent_to_another_host(
    tmp_path, address, sent, answered, came
):
    notes = tmp_path / "notes"
    with (
        gunicorn("--workers", "1", NOTES=str(notes)) as one,
        gunicorn("--workers", "1", NOTES=str(notes)) as other,
        nginx(tmp_path / "site", one, other) as site,
    ):
        assert ask(site.port, address, sent, tls=TLS)[0] == answered
        assert len(notes.read_text().split()) == came


def test_a_host_that_is_away_is_missed_by_nobody(tmp_path):
    with gunicorn() as there, nginx(tmp_path / "site", 9, there) as site:
        answers = [ask(site.port, "/body", b"x", tls=TLS)[0] for _n in range(10)]

    assert answers == [200] * 10


def test_the_address_of_the_client_is_not_what_the_client_says(through):
    said = through("/address", source="127.0.4.1", **{"X-Forwarded-For": "10.1.2.3"})
    assert said == (200, b"127.0.4.1")


def test_parts_of_an_answer_pass_as_they_are_made(site):
    began = time.monotonic()
    connection = http.client.HTTPSConnection("127.0.0.1", site.port, context=TLS, timeout=20)
    connection.request("GET", "/lines")
    answer = connection.getresponse()

    assert answer.readline() == b"first\n"
    assert time.monotonic() - began < 1.5
    connection.close()


def explains(address, said, words):
    """Return whether an error is told in both languages, or by the API in JSON."""
    if address.startswith("/api/"):
        return words in json.loads(said)["detail"]
    return words in said.decode() and CHINESE.search(said.decode())
