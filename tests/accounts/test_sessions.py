from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.utils import timezone

from accounts import sessions
from accounts.backend import PermissionsWithUser
from accounts.models import Session
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
    assert not can_prepare(connection)
    assert SessionStore(session.session_key)["told"] == "济南"


def test_the_user_comes_with_the_session_and_both_in_one_query(
    client, official, django_assert_num_queries
):
    client.force_login(official)
    key = client.session.session_key
    with django_assert_num_queries(1):
        store = SessionStore(key)
        found = PermissionsWithUser().get_user(int(store[SESSION_KEY]))
        assert found == official
        assert found.get_all_permissions()


def test_the_user_that_came_is_as_django_would_read_them(client, officer):
    officer.last_look = {"at": "2026-01-15"}
    officer.save()
    client.force_login(officer)
    SessionStore(client.session.session_key).load()
    came, asked = (PermissionsWithUser().get_user(officer.pk) for _time in range(2))
    for one in (came, asked):
        one._state = None
    assert vars(came) == vars(asked)


def test_a_user_is_handed_over_once_and_only_with_their_own_session(client, official, officer):
    client.force_login(official)
    SessionStore(client.session.session_key).load()
    assert sessions.brought(officer.pk) is None
    SessionStore(client.session.session_key).load()
    assert sessions.brought(official.pk) == official
    assert sessions.brought(official.pk) is None


def test_nobody_is_left_over_for_the_next_session(client, official, session):
    client.force_login(official)
    for key in (session.session_key, "x" * 32):
        SessionStore(client.session.session_key).load()
        SessionStore(key).load()
        assert sessions.brought(official.pk) is None


def test_a_session_says_whose_it_is_and_goes_with_them(client, official):
    client.force_login(official)
    assert Session.objects.get().user == official
    official.delete()
    assert not Session.objects.exists()


def test_who_signs_in_sweeps_out_what_is_over(client, official, session):
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    client.force_login(official)
    assert Session.objects.get().user == official
