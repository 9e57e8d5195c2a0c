"""Sign-in: how many passwords may be tried, by whom; and whom that does not hold up."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.auth.backends import ModelBackend
from django.test import Client
from django.urls import reverse

from accounts.signing_in import throttle
from audit.acts import Act
from audit.models import AuditEvent
from tests.factories import make_user

RIGHT, WRONG = "correct horse", "wrong horse"
NOON = datetime(2026, 1, 20, 4, tzinfo=UTC)
ORIGINAL = ModelBackend.authenticate
OFFICE, HOME, STRANGE = "10.1.0.7", "192.0.2.44", "198.51.100.9"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture(autouse=True)
def hashes(official, monkeypatch):
    """Count what is hashed: what is refused must cost nothing."""
    counted = []
    monkeypatch.setattr(
        "django.contrib.auth.backends.ModelBackend.authenticate",
        lambda self, *a, **given: counted.append(1) or ORIGINAL(self, *a, **given),
    )
    return counted


def sign_in(browser, password, name="official", address=OFFICE, **given):
    form = {"username": name, "password": password} | given
    return browser.post(reverse("login"), form, REMOTE_ADDR=address)


def is_in(browser):
    return "_auth_user_id" in browser.session


def flood(address, attempts, first=0):
    """Send wrong passwords under names of which each is tried once."""
    return [sign_in(Client(), WRONG, f"name{first + n}", address) for n in range(attempts)]


def test_ten_wrong_passwords_do_not_lock_the_administrator_for_everybody(client, admin):
    for _ in range(10):
        answer = sign_in(Client(), WRONG, "admin", STRANGE)
    assert answer.status_code == 429
    sign_in(client, RIGHT, "admin", HOME)
    assert is_in(client)


def test_a_browser_that_signed_in_before_is_not_locked_by_others_at_its_address(client):
    sign_in(client, RIGHT)
    client.post(reverse("logout"), REMOTE_ADDR=OFFICE)
    for _ in range(10):
        sign_in(Client(), WRONG)
    assert sign_in(Client(), RIGHT).status_code == 429
    sign_in(client, RIGHT)
    assert is_in(client)


def test_a_browser_is_known_by_a_chinese_name_and_its_cookie_is_ascii(client):
    make_user("bureau", username="济南市局")
    sign_in(client, RIGHT, "济南市局")
    assert client.cookies["known_browser"].value.isascii()
    assert "\n" not in client.cookies["known_browser"].value
    for _ in range(5):
        sign_in(Client(), WRONG, "济南市局")
    client.post(reverse("logout"))
    sign_in(client, RIGHT, "济南市局")
    assert is_in(client)


def test_its_own_wrong_passwords_lock_it_and_nobody_else(client):
    sign_in(client, RIGHT)
    client.post(reverse("logout"), REMOTE_ADDR=OFFICE)
    answers = [sign_in(client, WRONG).status_code for _ in range(5)]
    assert answers[-1] == 429
    assert sign_in(client, RIGHT).status_code == 429
    other = Client()
    sign_in(other, RIGHT)
    assert is_in(other)


def test_that_browser_is_known_under_the_names_that_signed_in_with_it_alone(client, reviewer):
    sign_in(client, RIGHT)
    client.post(reverse("logout"), REMOTE_ADDR=OFFICE)
    for _ in range(5):
        sign_in(Client(), WRONG, "reviewer")
    assert sign_in(client, RIGHT, "reviewer").status_code == 429


def test_a_forged_cookie_makes_no_known_browser(client):
    for _ in range(5):
        sign_in(Client(), WRONG)
    client.cookies["known_browser"] = "0123\nofficial:1abc:forged"
    assert sign_in(client, RIGHT).status_code == 429


def test_after_sixty_wrong_passwords_an_address_is_refused_without_computing(hashes, official):
    assert {answer.status_code for answer in flood(STRANGE, 60)} == {200}
    hashes.clear()
    refused = flood(STRANGE, 5, first=100)
    assert {answer.status_code for answer in refused} == {429}
    assert refused[0]["Retry-After"] == "900"
    assert "very many wrong passwords" in refused[0].content.decode()
    assert not hashes
    assert not is_in_after(RIGHT, STRANGE)
    assert is_in_after(RIGHT, HOME)


def is_in_after(password, address):
    browser = Client()
    sign_in(browser, password, address=address)
    return is_in(browser)


def test_a_colleague_behind_that_address_signs_in_as_before(client):
    """Known by the browser, or by having signed in from that address."""
    assert is_in_after(RIGHT, OFFICE)
    flood(OFFICE, 62)
    assert is_in_after(RIGHT, OFFICE)
    sign_in(client, RIGHT, address=HOME)
    client.post(reverse("logout"))
    flood(HOME, 62, first=200)
    sign_in(client, RIGHT, address=HOME)
    assert is_in(client)


def test_an_address_is_free_again_after_a_quarter_of_an_hour(clock):
    flood(STRANGE, 60)
    assert not is_in_after(RIGHT, STRANGE)
    clock.shift(timedelta(minutes=15, seconds=1))
    assert is_in_after(RIGHT, STRANGE)


def test_many_addresses_that_search_for_one_password_stop_at_fifty(client, hashes):
    assert is_in_after(RIGHT, HOME)
    for n in range(13):
        for _ in range(4):
            sign_in(Client(), WRONG, address=f"203.0.113.{n}")
    answer = sign_in(client, RIGHT, address="203.0.113.200")
    assert answer.status_code == 429
    assert "Under this name very many" in answer.content.decode()
    assert is_in_after(RIGHT, HOME)


def test_a_right_password_forgets_the_wrong_ones_before_it():
    browser = Client()
    for _ in range(3):
        for _ in range(4):
            sign_in(browser, WRONG)
        sign_in(browser, RIGHT)
        assert is_in(browser)
        browser.post(reverse("logout"), REMOTE_ADDR=OFFICE)


def test_more_than_two_strangers_at_one_time_are_told_to_wait(client):
    held = [throttle.turnstile.strangers for _ in range(throttle.AT_A_TIME)]
    assert all(place.acquire(blocking=False) for place in held)
    try:
        busy = sign_in(client, RIGHT)
        assert (busy.status_code, busy["Retry-After"]) == (429, "5")
        assert "Too many are signing in" in busy.content.decode()
    finally:
        for place in held:
            place.release()
    assert is_in_after(RIGHT, OFFICE)


def test_strangers_do_not_take_the_place_of_those_who_are_known(client):
    assert is_in_after(RIGHT, OFFICE)
    held = [throttle.turnstile.strangers for _ in range(throttle.AT_A_TIME)]
    assert all(place.acquire(blocking=False) for place in held)
    try:
        sign_in(client, RIGHT)
        assert is_in(client)
    finally:
        for place in held:
            place.release()


@pytest.mark.parametrize("reason", ["locked", "address", "busy"])
def test_what_was_typed_elsewhere_is_carried_on_by_every_refusal(client, rf, reason):
    typed = {"next": "/submissions/7/", "kept": '{"text": "the mill stood still"}'}
    request = rf.post(reverse("login"), typed | {"username": "official"})
    page = throttle.too_many(request, reason).content.decode()
    assert "the mill stood still" in page
    back = client.post(reverse("login"), typed)
    assert back.status_code == 200
    assert back.context["kept"] == typed["kept"]


def acts():
    return list(AuditEvent.objects.order_by("pk").values_list("act", "username", "address"))


def test_failures_and_locks_stand_in_the_audit_with_the_name_tried_and_the_address(client):
    for _ in range(7):
        sign_in(Client(), WRONG, "offical", STRANGE)
    assert acts() == [(Act.SIGN_IN_FAILED, "offical", STRANGE)] * 5 + [
        (Act.LOCKED_OUT, "offical", STRANGE)
    ]


def test_the_address_that_our_own_proxy_names_is_the_one_recorded(client, settings):
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    for sent, believed in (("127.0.0.1", STRANGE), (HOME, HOME)):
        client.post(
            reverse("login"),
            {"username": "official", "password": WRONG},
            REMOTE_ADDR=sent,
            headers={"X-Forwarded-For": STRANGE},
        )
        assert acts()[-1] == (Act.SIGN_IN_FAILED, "official", believed)


def test_a_locked_address_stands_in_the_audit_once(client):
    flood(STRANGE, 70)
    locked = AuditEvent.objects.filter(act=Act.LOCKED_OUT)
    assert [(one.address, one.why) for one in locked] == [
        (STRANGE, "60 wrong passwords from one address")
    ]
    assert AuditEvent.objects.filter(act=Act.SIGN_IN_FAILED).count() == 60


def test_failures_are_in_the_audit_when_the_throttle_has_forgotten_them(clock):
    sign_in(Client(), WRONG)
    clock.shift(timedelta(minutes=16))
    sign_in(Client(), WRONG, "other")
    assert AccessAttempt.objects.count() == 1
    assert AuditEvent.objects.filter(act=Act.SIGN_IN_FAILED).count() == 2


def test_an_account_is_unlocked_with_all_its_browsers(client, official):
    assert not throttle.unlock(official)
    sign_in(client, RIGHT)
    client.post(reverse("logout"), REMOTE_ADDR=OFFICE)
    for browser in (client, Client()):
        for _ in range(5):
            sign_in(browser, WRONG)
        assert sign_in(browser, RIGHT).status_code == 429
    assert throttle.unlock(official)
    sign_in(client, RIGHT)
    assert is_in(client)
    assert AuditEvent.objects.get(act=Act.UNLOCKED).object_id == str(official.pk)


def test_a_name_that_begins_alike_is_not_unlocked_with_it(official):
    make_user("official", username="official2")
    for _ in range(5):
        sign_in(Client(), WRONG, "official2")
    throttle.unlock(official)
    assert sign_in(Client(), RIGHT, "official2").status_code == 429
