from types import SimpleNamespace

import pytest

from clusters import marks
from clusters.middleware import viewpoint
from clusters.models import City
from tests.factories import make_city, make_city_return, make_period, make_publication
from tests.submissions.cast import make_submission

pytestmark = pytest.mark.django_db


def test_every_app_that_shows_what_can_change_has_marks():
    make_city()
    assert marks.asked().keys() == {"newest", "figures", "submissions"}


def test_one_that_is_registered_later_is_asked_from_then_on(client, official, monkeypatch):
    client.force_login(official)
    before = dict(client.get("/").wsgi_request.marks)
    monkeypatch.setattr(marks, "_registered", marks._registered.copy())
    marks.register("cities", lambda: [marks.one(City.objects.all(), "COUNT", "pk")])
    now = {"cities": (City.objects.count(),)}
    assert marks.asked() == before | now
    assert client.get("/").wsgi_request.marks == before | now


def test_they_are_asked_in_one_query(django_assert_num_queries):
    make_city()
    marks.asked()
    with django_assert_num_queries(1):
        marks.asked()


def test_a_publication_a_return_and_a_submission_each_move_theirs(city):
    before = marks.asked()
    make_publication(city)
    published = marks.asked()
    assert published["figures"] != before["figures"]
    assert published["submissions"] == before["submissions"]

    make_city_return(city, make_period("2025Q2"))
    assert marks.asked("newest") == {"newest": ("2025Q2",)}
    make_submission(city)
    assert marks.asked("submissions")["submissions"] != published["submissions"]


def test_before_anything_is_there_they_say_so(db):
    assert marks.asked("newest") == {"newest": (None,)}


def test_those_that_come_with_the_session_are_those_that_would_be_asked(client, official):
    client.force_login(official)
    assert client.get("/").wsgi_request.marks == marks.asked()


@pytest.mark.parametrize(("method", "trusted"), [("get", True), ("post", False)])
def test_only_who_cannot_move_them_goes_by_those_that_came(db, rf, method, trusted):
    came = {"newest": ("2020Q1",)}
    request = getattr(rf, method)("/")
    request.session = SimpleNamespace(marks=came)
    viewpoint(lambda request: None)(request)
    assert (request.marks == came) is trusted
    assert (request.marks == marks.asked()) is not trusted
