"""An error page's number is in the log, with who asked and from where."""

import json
import logging
import re

import pytest
from django.conf import settings
from django.template import Context, Template
from pythonjsonlogger.json import JsonFormatter

from config.web.request_number import AddRequest

pytestmark = pytest.mark.django_db
NUMBER = re.compile(r"Request number: ([0-9a-f]{8})")


@pytest.fixture
def log():
    """Collect the lines of Django's log as they would be written."""
    lines = []
    handler = logging.Handler()
    form = settings.LOGGING["formatters"]["json"]
    handler.setFormatter(JsonFormatter(form["format"], style=form["style"]))
    handler.addFilter(AddRequest())
    handler.emit = lambda record: lines.append(json.loads(handler.format(record)))
    logger = logging.getLogger("django")
    logger.addHandler(handler)
    yield lines
    logger.removeHandler(handler)


def test_a_page_that_breaks_shows_the_number_that_the_log_has(client, official, monkeypatch, log):
    client.force_login(official)
    client.raise_request_exception = False
    monkeypatch.setattr("config.web.help.render", None)

    answer = client.get("/help/", REMOTE_ADDR="203.0.113.9")

    [number] = NUMBER.findall(answer.content.decode())
    assert answer.status_code == 500
    assert answer["X-Request-Number"] == number
    [line] = [one for one in log if one["levelname"] == "ERROR"]
    assert (line["request_number"], line["user"]) == (number, "official")
    assert line["address"] == "203.0.113.9"


@pytest.mark.parametrize("address", ["/nothing/", "/enterprises/totals/x/"])
def test_a_page_that_is_not_there_has_a_number(client, official, address):
    client.force_login(official)
    answer = client.get(address)

    assert NUMBER.findall(answer.content.decode()) == [answer["X-Request-Number"]]


def test_the_log_has_it_for_a_page_that_is_not_there_too(client, official, log):
    client.force_login(official)
    answer = client.get("/nothing/", REMOTE_ADDR="203.0.113.9")

    [line] = [one for one in log if one["message"].startswith("Not Found")]
    assert (line["request_number"], line["user"]) == (answer["X-Request-Number"], "official")
    assert line["address"] == "203.0.113.9"


def test_two_requests_have_two_numbers(client):
    numbers = {client.get("/healthz")["X-Request-Number"] for _n in range(2)}
    assert len(numbers) == 2


def test_outside_a_request_there_is_none():
    assert Template("{% request_number %}").render(Context()) == ""
