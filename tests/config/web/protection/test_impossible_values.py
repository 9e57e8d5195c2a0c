"""What no page sends is answered with 400 in words, on every address and in every field."""

import re

import pytest
from django.contrib import admin
from django.core.exceptions import BadRequest
from django.urls import get_resolver, reverse
from hypothesis import given
from hypothesis import strategies as st

from config.web.protection.impossible_values import MOST_IN_ADDRESS, refuse
from tests.factories import make_user
from tests.submissions.cast import make_submission

pytestmark = pytest.mark.django_db
ZERO, DIGITS, LONG = "a\0b", "9" * 5000, "x" * (MOST_IN_ADDRESS + 1)
FIELDS = (
    "as_of",
    "period",
    "city",
    "q",
    "page",
    "sort",
    "of",
    "since",
    "table",
    "download",
    "format",
)


@pytest.fixture
def chief(client):
    client.force_login(make_user(is_superuser=True, is_staff=True))
    return client


def addresses():
    """An address of every pattern, with ones in the place of what a database gives."""
    pattern = re.compile(r"<(?:(\w+):)?\w+>")
    found = []

    def walk(patterns, before):
        for one in patterns:
            path = before + str(one.pattern).replace("^", "").replace("$", "").replace("\\Z", "")
            if hasattr(one, "url_patterns"):
                walk(one.url_patterns, path)
            elif "(" not in path:
                found.append("/" + pattern.sub(lambda match: "1", path))

    walk(get_resolver().url_patterns, "")
    return found


def test_every_address_refuses_a_zero_byte_and_endless_digits_in_every_field(chief):
    """Also those that would not read the field: the kind is refused, not the case."""
    paths = addresses()
    assert len(paths) > 100
    for path in paths:
        for value in (ZERO, DIGITS):
            answer = chief.get(path, {FIELDS[len(path) % len(FIELDS)]: value})
            # /healthz answers before anything is read.
            assert answer.status_code == (200 if path == "/healthz" else 400), path


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize(
    ("value", "words"),
    [(ZERO, "zero byte"), (DIGITS, "5000 digits"), (LONG, "2001 characters")],
)
def test_the_page_says_what_was_wrong(chief, field, value, words):
    for path in ("/", "/enterprises/"):
        answer = chief.get(path, {field: value})
        assert answer.status_code == 400
        assert words in answer.content.decode()


def test_a_program_is_told_in_json(chief):
    for path in (
        "/api/v1/enterprises/?city=%00",
        "/api/v1/enterprises/%00/",
        "/api/v1/cities/?limit=" + DIGITS,
    ):
        answer = chief.get(path)
        assert answer.status_code == 400
        assert answer.json()["detail"]


@pytest.mark.parametrize("path", ["/enterprises/%00/", "/parks/a%00b/", "/briefing/2025Q3%00/"])
def test_a_zero_byte_in_a_path_is_refused(chief, path):
    assert chief.get(path).status_code == 400


@pytest.mark.parametrize("value", [ZERO, DIGITS])
def test_a_field_of_a_form_is_refused_and_nothing_is_changed(client, reviewer, value):
    submission = make_submission(status="submitted")
    client.force_login(reviewer)
    answer = client.post(reverse("submissions:accept", args=[submission.pk]), {"base": value})
    assert answer.status_code == 400
    submission.refresh_from_db()
    assert submission.status == "submitted"


def test_who_is_not_signed_in_is_answered_alike(client, db):
    assert client.post(reverse("login"), {"username": ZERO, "password": "x"}).status_code == 400
    assert client.get("/?as_of=%00").status_code == 400


def test_the_search_of_the_admin_site_refuses_it(chief):
    assert admin.site
    assert chief.get("/admin/enterprises/enterprise/?q=%00").status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/cities/", "/growth/", "/briefing/2025Q3/", "/api/v1/indicators/"),
        "/submissions/restatements/?since=9999-12-31",
    ],
)
@pytest.mark.parametrize("day", ["9999-12-31", "9999-12-30", "0001-01-01"])
def test_a_day_that_no_calendar_ends_is_answered_in_words(chief, path, day):
    address = path.replace("9999-12-31", day) if "?" in path else f"{path}?as_of={day}"
    answer = chief.get(address)
    assert answer.status_code == 400
    assert "Write a day between 1900-01-01 and 9000-12-31." in answer.content.decode()


@given(st.text(max_size=100))
def test_whatever_else_is_typed_is_let_through(text):
    if "\0" not in text:
        refuse(text, MOST_IN_ADDRESS)


@given(st.integers(min_value=101, max_value=1500), st.sampled_from(["", "-", " ", "1,"]))
def test_numbers_are_refused_however_they_are_written(count, before):
    with pytest.raises(BadRequest):
        refuse(before + "7" * count, MOST_IN_ADDRESS)
