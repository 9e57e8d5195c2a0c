"""A page is kept for its reader and its minute, and is never that of another."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.contrib.messages import constants
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import Client, RequestFactory
from django.utils import timezone

from config import kept_pages
from tests.factories import make_city, make_city_return, make_period, make_publication, make_user
from tests.province import make_province
from tests.submissions.cast import make_submission

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
SHARE = "/indicators/cluster-output-share/"
NOON = datetime(2026, 2, 3, 4, 0, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    """The clock stands, until a test moves it."""
    clock = [NOON]
    monkeypatch.setattr(timezone, "now", lambda: clock[0])
    return clock


@pytest.fixture(autouse=True)
def province(noon):
    make_province(silent=["370600"])


def drawn(answer) -> bool:
    """Whether a page was made for this answer: one that was kept has no template."""
    assert answer.status_code == 200
    return bool(answer.templates)


@pytest.mark.parametrize("address", ["/", SHARE, "/?period=2025Q3", "/?as_of=2026-01-31"])
def test_a_page_is_made_once_a_minute(client, official, noon, address):
    client.force_login(official)
    first = client.get(address)
    again = client.get(address)
    assert (drawn(first), drawn(again)) == (True, False)
    assert TOKEN.sub("", again.content.decode()) == TOKEN.sub("", first.content.decode())
    assert again["Content-Type"] == first["Content-Type"]
    assert again["Content-Security-Policy"] == first["Content-Security-Policy"]
    assert again["Vary"] == first["Vary"]

    noon[0] += timedelta(minutes=1)
    assert drawn(client.get(address))


def test_every_answer_has_tokens_of_its_own_that_are_good(official):
    client = Client(enforce_csrf_checks=True)
    client.force_login(official)
    pages = [client.get("/").content.decode() for _ in range(3)]
    tokens = [TOKEN.findall(page) for page in pages]
    # To choose a language, to sign out, to mark the page as seen.
    assert {len(found) for found in tokens} == {3}
    assert len({one for found in tokens for one in found}) >= 3

    out = {"csrfmiddlewaretoken": tokens[2][0]}
    assert client.post("/accounts/logout/", out).status_code == 302


def test_a_token_is_good_for_whoever_never_saw_the_page_made(official):
    """Another browser of the same person has another secret."""
    for _browser in range(2):
        client = Client(enforce_csrf_checks=True)
        client.force_login(official)
        page = client.get("/").content.decode()
    sent = {"csrfmiddlewaretoken": TOKEN.findall(page)[0]}
    assert client.post("/accounts/logout/", sent).status_code == 302


def test_another_reader_is_never_shown_it(client, official, admin, officer):
    for user in (official, admin, officer, make_user("official")):
        client.force_login(user)
        page = client.get("/")
        assert drawn(page)
        assert user.get_username() in page.content.decode()


def test_a_reader_who_is_renamed_or_given_another_role_is_shown_another(client, official):
    client.force_login(official)
    client.get("/")
    official.last_name = "王"
    official.save()
    assert drawn(client.get("/"))

    official.groups.set([Group.objects.get_or_create(name="bureau")[0]])
    assert drawn(client.get("/"))


def test_a_reader_who_marks_it_as_seen_is_shown_another(client, official):
    client.force_login(official)
    stamp = client.get("/").context["since"].stamp
    assert not drawn(client.get("/"))

    client.post("/seen/", {"shown": stamp}, follow=True)
    page = client.get("/")
    assert drawn(page)
    assert "No target has changed since" in page.content.decode()


def test_another_language_host_or_address_is_another_page(client, official, settings):
    settings.ALLOWED_HOSTS = ["*"]
    client.force_login(official)
    client.get("/")
    assert drawn(client.get("/", headers={"accept-language": "zh-hans"}))
    assert drawn(client.get("/", headers={"host": "tracker.example"}))
    assert drawn(client.get("/?period=2025Q3"))
    assert drawn(client.get("/?download=nothing"))
    assert drawn(client.get("/?download=nothing"))


def test_what_is_published_or_sent_is_on_the_next_page(client, official):
    client.force_login(official)
    assert "15/16" in client.get("/").content.decode()

    yantai, period = make_city("370600"), make_period()
    make_city_return(yantai, period, output_value="100000000.00")
    make_publication(yantai, period)
    assert "16/16" in client.get("/").content.decode()
    client.get("/")

    make_submission(yantai, period)
    assert drawn(client.get("/"))


def test_a_message_is_shown_once(client, official):
    client.force_login(official)
    client.get("/")
    storage = CookieStorage(RequestFactory().get("/"))
    storage.add(constants.INFO, "It was done.")
    client.cookies["messages"] = storage._encode(storage._queued_messages)

    assert "It was done." in client.get("/").content.decode()
    assert "It was done." not in client.get("/").content.decode()


def test_an_open_page_is_kept_for_everybody_who_has_not_signed_in(client, settings):
    settings.PUBLIC_DASHBOARD = True
    assert drawn(client.get("/"))
    assert not drawn(Client().get("/"))


def test_a_closed_page_is_no_page_of_whoever_signed_out(client, official):
    client.force_login(official)
    client.get("/")
    client.logout()
    assert client.get("/").status_code == 302


def test_a_page_that_is_not_there_is_not_kept(client, official):
    client.force_login(official)
    for _time in range(2):
        assert client.get("/indicators/nothing/").status_code == 404
    assert not kept_pages._pages


def test_only_so_many_are_kept(client, official, monkeypatch):
    monkeypatch.setattr(kept_pages, "AT_MOST", 2)
    client.force_login(official)
    for address in ("/", SHARE, "/?period=2025Q3"):
        client.get(address)
    assert len(kept_pages._pages) == 2
    assert drawn(client.get("/"))
