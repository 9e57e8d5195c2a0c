"""One's own open sessions: seen, ended one by one and all at once; how long they last."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.sessions import end_sessions_of, open_sessions
from audit.acts import Act
from audit.models import AuditEvent, ProposedChange
from audit.proposals import deciding
from tests.factories import make_user

MORNING = datetime(2026, 1, 20, 0, tzinfo=UTC)
PAGE = "/accounts/sessions/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MORNING, tick=False) as travelling:
        yield travelling


def browser_of(user, agent="Firefox", address="10.1.0.7"):
    """A browser that has signed in on the sign-in page."""
    browser = Client(REMOTE_ADDR=address, headers={"user-agent": agent})
    given = {"username": user.username, "password": "correct horse"}
    browser.post(reverse("login"), given)
    return browser


def is_in(browser):
    return browser.get(PAGE).status_code == 200


def test_it_shows_every_open_session_with_its_beginning_last_use_address_and_browser(
    official, reviewer, clock
):
    browser_of(reviewer)
    browser_of(official, "Firefox on the desk", "10.1.0.7")
    clock.shift(timedelta(minutes=20))
    own = browser_of(official, "Chromium at home", "192.0.2.44")
    rows = list(own.get(PAGE).context["table"].data)
    assert [(one.browser, one.address) for one in rows] == [
        ("Chromium at home", "192.0.2.44"),
        ("Firefox on the desk", "10.1.0.7"),
    ]
    assert rows[1].signed_in_at == rows[1].last_used == MORNING
    page = own.get(PAGE).content.decode()
    assert page.count("this one") == page.count('name="session"') == 1
    assert all(key not in own.get(PAGE).content.decode() for key in keys())


def keys():
    return Session.objects.values_list("pk", flat=True)


def test_one_is_ended_and_the_others_go_on(official):
    own, other, third = (browser_of(official, name) for name in ("own", "other", "third"))
    handle = next(one.handle for one in open_sessions(official) if one.browser == "other")
    assert own.post(reverse("session_end"), {"session": handle}).url == PAGE
    assert [is_in(browser) for browser in (own, other, third)] == [True, False, True]
    assert AuditEvent.objects.filter(act=Act.SESSION_ENDED, username="official").count() == 1


def test_all_others_are_ended_at_once(official):
    own, *others = (browser_of(official) for _ in range(4))
    own.post(reverse("session_end"))
    assert is_in(own)
    assert not any(is_in(browser) for browser in others)
    assert AuditEvent.objects.get(act=Act.SESSION_ENDED).after == {"sessions": 3}


def test_nobody_ends_anothers_session(official, reviewer):
    theirs, own = browser_of(reviewer), browser_of(official)
    own.post(reverse("session_end"), {"session": open_sessions(reviewer)[0].handle})
    own.post(reverse("session_end"))
    assert is_in(theirs)


def test_a_session_ends_half_an_hour_after_its_last_use(official, clock):
    browser = browser_of(official)
    for _ in range(3):
        clock.shift(timedelta(minutes=29))
        assert is_in(browser)
    clock.shift(timedelta(minutes=31))
    answer = browser.get("/")
    assert answer.url == f"{reverse('login')}?next=/&ended="
    page = browser.get(answer.url).content.decode()
    assert "your session was not used for half an hour" in page


def test_who_was_never_signed_in_is_not_told_that_a_session_has_ended(client, db):
    answer = client.get("/", follow=True)
    assert "your session was not used" not in answer.content.decode()


def test_a_session_ends_eight_hours_after_sign_in_whatever_is_done(official, clock):
    browser = browser_of(official)
    for _ in range(24):
        assert is_in(browser)
        clock.shift(timedelta(minutes=20))
    clock.shift(timedelta(seconds=1))
    assert not is_in(browser)
    assert not open_sessions(official)


def test_that_it_is_used_is_stored_once_a_minute_and_its_data_are_left_alone(
    official, clock, django_assert_num_queries
):
    browser = browser_of(official)
    before = Session.objects.get().session_data
    with django_assert_num_queries(2):
        browser.get("/accounts/sessions/stay/")
    clock.shift(timedelta(minutes=2))
    with django_assert_num_queries(3):
        browser.get("/accounts/sessions/stay/")
    with django_assert_num_queries(2):
        browser.get("/accounts/sessions/stay/")
    session = Session.objects.get()
    assert session.expire_date == MORNING + timedelta(minutes=32)
    assert session.session_data == before


def test_asking_how_long_it_lasts_does_not_prolong_it(official, clock):
    browser = browser_of(official)
    clock.shift(timedelta(minutes=20))
    assert left(browser) == 600
    clock.shift(timedelta(minutes=5))
    assert left(browser) == 300
    assert json.loads(browser.get("/accounts/sessions/stay/").content) == {"seconds": 1800}
    clock.shift(timedelta(minutes=31))
    assert left(browser) == 0


def left(browser):
    return json.loads(browser.get("/accounts/sessions/left/").content)["seconds"]


def test_near_its_longest_it_says_how_long_that_is(official, clock):
    browser = browser_of(official)
    for _ in range(19):
        clock.shift(timedelta(minutes=25))
        assert is_in(browser)
    assert left(browser) == 5 * 60


def test_an_account_that_is_deactivated_and_activated_again_has_no_session(official, admin):
    browser, keeper = browser_of(official), browser_of(admin)
    page = reverse("admin:accounts_user_change", args=[official.pk])
    cities = {
        **{"assignments-TOTAL_FORMS": 0, "assignments-INITIAL_FORMS": 0},
        **{"membership-TOTAL_FORMS": 0, "membership-INITIAL_FORMS": 0},
    }
    groups = {"groups": [official.groups.get().pk], "reason": "On leave, and back."}
    for is_active in ("", "on"):
        given = {"username": "official", "is_active": is_active} | cities | groups
        assert keeper.post(page, given).status_code == 302
    deciding.confirm(ProposedChange.objects.get(), by=make_user("admin"))
    assert User.objects.get(pk=official.pk).is_active
    assert not is_in(browser)
    assert is_in(keeper)


def test_a_session_of_a_deactivated_account_that_is_used_is_gone_for_good(official):
    browser = browser_of(official)
    for is_active in (False, True):
        User.objects.update(is_active=is_active)
        assert not is_in(browser)


def test_a_new_password_ends_the_other_sessions(official):
    own, other = browser_of(official), browser_of(official)
    new = "umbrella kite 88"
    given = {"old_password": "correct horse", "new_password1": new, "new_password2": new}
    assert own.post(reverse("password_change"), given).status_code == 302
    assert [is_in(own), is_in(other)] == [True, False]
    assert Session.objects.count() == 1


def test_ending_the_sessions_of_an_account_leaves_the_one_asked_for_and_those_of_others(official):
    theirs = browser_of(make_user("official"))
    browsers = [browser_of(official) for _ in range(2)]
    kept = browsers[0].session.session_key
    assert end_sessions_of(official, but=kept) == 1
    assert [is_in(one) for one in (*browsers, theirs)] == [True, False, True]


def test_the_cookie_of_a_session_is_a_new_one_after_sign_in(official):
    browser = Client()
    session = browser.session
    session.save()
    browser.cookies["sessionid"] = session.session_key
    browser.post(reverse("login"), {"username": "official", "password": "correct horse"})
    assert is_in(browser)
    assert browser.cookies["sessionid"].value != session.session_key


def test_the_button_carries_the_token_of_its_page(official):
    browser_of(official)
    page = browser_of(official).get(PAGE).content.decode()
    form = page.partition('name="session"')[0].rpartition("<form")[2]
    assert 'name="csrfmiddlewaretoken"' in form
