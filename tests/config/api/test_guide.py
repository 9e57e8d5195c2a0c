"""The page that says how to use the API."""

import re
from html import unescape

import pytest
from django.test import Client

from config.api.views import api
from tests.factories import make_period

GUIDE = "/api/v1/"
PASSWORD = "a long password"


@pytest.fixture
def page(client, official):
    client.force_login(official)
    make_period()
    return lambda language: client.get(GUIDE, headers={"accept-language": language})


def test_it_is_a_page_behind_the_sign_in(client, page):
    assert "text/html" in page("en")["Content-Type"]
    client.logout()
    assert client.get(GUIDE)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "JSON comes in pages of 500 rows"), ("zh-hans", "JSON分页返回，每页500行")],
)
def test_it_is_in_both_languages(page, language, words):
    assert words in " ".join(page(language).content.decode().split())


def test_it_names_every_list_and_the_description(page):
    text = page("en").content.decode()

    lists = [path for path in api.get_openapi_schema()["paths"] if "{" not in path]
    assert len(lists) == 8
    for path in [*lists, "/api/v1/openapi.json"]:
        assert f">{path}<" in text


def test_every_page_leads_to_it_and_names_the_version(client, official, settings):
    for _signed_in in (False, True):
        text = client.get("/accessibility/", headers={"accept-language": "en"}).content.decode()
        assert f'href="{GUIDE}"' in text
        assert f"Version {settings.VERSION}" in text
        client.force_login(official)


def test_its_commands_sign_in_and_ask(page, official, db):
    """The steps of the curl commands, with a client that checks the form's token as they need."""
    commands = re.findall(r"<pre[^>]*>(.+?)</pre>", page("en").content.decode(), re.DOTALL)
    official.set_password(PASSWORD)
    official.save()
    addresses = re.findall(r"http://testserver(/[^\s\"]*)", unescape(" ".join(commands)))
    form, *asked = dict.fromkeys(addresses)
    fields = dict(re.findall(r"-d (\w+)=(\w+)", commands[0]))
    program = Client(enforce_csrf_checks=True)
    program.get(form)
    token = program.cookies["csrftoken"].value

    assert fields == {"username": "official"}
    sent = fields | {"password": PASSWORD, "csrfmiddlewaretoken": token}
    assert program.post(form, sent).status_code == 302
    for address in asked:
        assert program.get(address).status_code == 200, address
    assert len(asked) == 3
