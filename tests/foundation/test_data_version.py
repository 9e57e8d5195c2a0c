from threading import Thread

import pytest
from django.db import connection

from clusters.models import City
from foundation import data_version
from tests.factories import make_city, make_city_return, make_period, make_publication, make_user
from tests.submissions.cast import make_submission

pytestmark = pytest.mark.django_db


def test_every_app_that_shows_what_can_change_has_marks():
    make_city()
    assert data_version.current().keys() == {"newest", "figures", "ledger", "submissions"}


def test_one_that_is_registered_later_is_asked_from_then_on(client, official, monkeypatch):
    client.force_login(official)
    before = dict(client.get("/").wsgi_request.data_version)
    monkeypatch.setattr(data_version, "_registered", data_version._registered.copy())
    data_version.register("cities", lambda: [data_version.part(City.objects.all(), "COUNT", "pk")])
    now = {"cities": (City.objects.count(),)}
    assert data_version.current() == before | now
    assert client.get("/").wsgi_request.data_version == before | now


def test_they_are_asked_in_one_query(django_assert_num_queries):
    make_city()
    data_version.current()
    with django_assert_num_queries(1):
        data_version.current()


def test_a_publication_a_return_and_a_submission_each_move_theirs(city):
    before = data_version.current()
    make_publication(city)
    published = data_version.current()
    assert published["figures"] != before["figures"]
    assert published["submissions"] == before["submissions"]

    make_city_return(city, make_period("2025Q2"))
    assert data_version.current("newest") == {"newest": ("2025Q2",)}
    make_submission(city)
    assert data_version.current("submissions")["submissions"] != published["submissions"]


def test_before_anything_is_there_they_say_so(db):
    assert data_version.current("newest") == {"newest": (None,)}


def test_a_request_asks_for_them_once(client, official, django_assert_num_queries):
    client.force_login(official)
    request = client.get("/").wsgi_request
    with django_assert_num_queries(0):
        assert request.data_version["newest"] == (None,)
        assert request.data_version["figures"]


def test_whoever_writes_the_next_page_is_told(client, transactional_db):
    client.force_login(make_user("official"))
    before = dict(client.get("/").wsgi_request.data_version)
    by_another_connection(make_publication)
    after = dict(client.get("/").wsgi_request.data_version)
    assert after["figures"] != before["figures"]
    make_publication()
    assert client.get("/").wsgi_request.data_version["figures"] not in (
        before["figures"],
        after["figures"],
    )


def by_another_connection(write):
    """Write as another worker would."""

    def act():
        write()
        connection.close()

    other = Thread(target=act)
    other.start()
    other.join()
