from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from accounts.sessions import SessionStore
from clusters.prepared import can_prepare

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    store = SessionStore()
    store["told"] = "济南"
    store.create()
    return store


def test_what_was_kept_is_read_in_one_query(session, django_assert_num_queries):
    SessionStore(session.session_key).get("told")
    with django_assert_num_queries(1):
        assert SessionStore(session.session_key)["told"] == "济南"


def test_a_session_that_is_over_or_was_never_there_is_empty_and_gets_a_new_key(session):
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    for key in (session.session_key, "x" * 32):
        store = SessionStore(key)
        assert "told" not in store
        assert store.session_key is None


def test_a_session_that_was_deleted_is_gone_at_once(client, official):
    client.force_login(official)
    assert client.get("/").status_code == 200
    Session.objects.all().delete()
    assert client.get("/").status_code == 302


def test_behind_a_pooler_nothing_is_prepared(session, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    assert not can_prepare()
    assert SessionStore(session.session_key)["told"] == "济南"
