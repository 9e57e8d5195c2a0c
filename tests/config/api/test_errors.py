"""Errors of the API are JSON with `detail`, from Django, from ninja or from our own code."""

import pytest
from django.http import HttpResponse, HttpResponseRedirect

from config.api.errors import in_json, middleware


@pytest.fixture
def reader(client, official):
    client.force_login(official)
    client.raise_request_exception = False
    return client


def detail(answer):
    assert answer["Content-Type"].startswith("application/json")
    return answer.json()["detail"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "head", "options"])
def test_another_method_than_get_is_405(reader, method):
    answer = getattr(reader, method)("/api/v1/cities/")

    assert (answer.status_code, answer["Allow"]) == (405, "GET")
    if method != "head":
        assert "GET" in detail(answer)


def test_a_wrong_host_is_400(reader):
    answer = reader.get("/api/v1/cities/", headers={"host": "somewhere.else"})

    assert answer.status_code == 400
    assert detail(answer)


@pytest.mark.parametrize("address", ["openapi.json", "cities/", "enterprises/?format=csv"])
def test_who_is_not_signed_in_gets_401_and_no_sign_in_page(client, db, address):
    answer = client.get(f"/api/v1/{address}")

    assert answer.status_code == 401
    assert detail(answer)


def test_who_must_change_the_password_is_told_so(reader, official):
    official.must_change_password = True
    official.save()

    answer = reader.get("/api/v1/cities/")
    assert answer.status_code == 403
    assert "password" in detail(answer)


@pytest.mark.parametrize(
    "address", ["/api/", "/api/v2/", "/api/v1/no/", "/api/v1/cities/?download=a.csv"]
)
def test_what_is_not_there_is_404(reader, address):
    answer = reader.get(address)

    assert answer.status_code == 404
    assert detail(answer)


def test_a_missing_slash_is_added(reader):
    assert reader.get("/api/v1/cities")["Location"] == "/api/v1/cities/"


def test_any_other_error_page_becomes_json_and_keeps_when_to_come_back():
    page = HttpResponse("<h1>Busy</h1>", status=429, headers={"Retry-After": "60"})

    answer = in_json(page)
    assert answer.status_code == 429
    assert answer.content == b'{"detail": "Too Many Requests"}'
    assert answer["Retry-After"] == "60"


def test_what_is_no_error_stays_as_it_is():
    for page in (HttpResponse("a,b"), HttpResponseRedirect("/elsewhere/")):
        assert in_json(page) is page


def test_pages_keep_their_errors_as_pages(rf):
    page = HttpResponse("<h1>Not here</h1>", status=404)
    assert middleware(lambda request: page)(rf.get("/clusters/no/")) is page
    assert "X-Version" not in page


def test_every_answer_of_it_names_the_version(reader, settings):
    for address in ("/api/v1/", "/api/v1/cities/", "/api/v1/cities/?format=csv", "/api/v1/no/"):
        assert reader.get(address)["X-Version"] == settings.VERSION
