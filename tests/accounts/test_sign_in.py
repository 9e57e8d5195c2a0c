"""Sign-in: lockout by name, and sessions that end when they should."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

RIGHT, WRONG = "correct horse", "wrong horse"
NOON = datetime(2026, 1, 20, 4, tzinfo=UTC)


def sign_in(client, password, username="official"):
    given = {"username": username, "password": password, "next": reverse("password_change")}
    return client.post(reverse("login"), given)


def signed_in(client):
    return "_auth_user_id" in client.session


@pytest.fixture
def locked(client, official):
    """Five wrong passwords at noon."""
    with time_machine.travel(NOON, tick=False):
        return [sign_in(client, WRONG) for _ in range(5)]


def test_four_wrong_passwords_do_not_lock(client, official):
    for _ in range(4):
        assert sign_in(client, WRONG).status_code == 200
    sign_in(client, RIGHT)
    assert signed_in(client)


def test_after_five_wrong_passwords_the_right_one_is_refused_with_the_same_page(client, locked):
    with time_machine.travel(NOON + timedelta(minutes=14), tick=False):
        refused = sign_in(client, RIGHT)
    assert refused.status_code == locked[4].status_code == 429
    assert "locked for 15 minutes" in refused.content.decode()
    assert not signed_in(client)


def test_after_a_quarter_of_an_hour_it_is_unlocked(client, locked):
    with time_machine.travel(NOON + timedelta(minutes=15, seconds=1), tick=False):
        sign_in(client, RIGHT)
        assert signed_in(client)


def test_trying_on_while_locked_does_not_prolong_it(client, locked):
    with time_machine.travel(NOON + timedelta(minutes=10), tick=False):
        sign_in(client, WRONG)
    with time_machine.travel(NOON + timedelta(minutes=15, seconds=1), tick=False):
        sign_in(client, RIGHT)
        assert signed_in(client)


def test_others_at_the_same_address_are_not_locked_out(client, reviewer, locked):
    with time_machine.travel(NOON, tick=False):
        sign_in(client, RIGHT, "reviewer")
        assert signed_in(client)


def test_locking_somebody_out_does_not_end_the_live_session(second_client, official, client):
    second_client.force_login(official)
    for _ in range(5):
        sign_in(client, WRONG)
    assert second_client.get(reverse("password_change")).status_code == 200


def test_a_name_in_full_width_signs_is_the_same_name(client, official):
    for _ in range(5):
        sign_in(client, WRONG, "ｏｆｆｉｃｉａｌ")
    assert sign_in(client, RIGHT).status_code == 429


def test_the_session_of_a_deactivated_user_dies(client, official):
    client.force_login(official)
    official.is_active = False
    official.save()
    assert reverse("login") in client.get(reverse("password_change"))["Location"]


def test_a_removed_role_is_gone_at_the_next_request(client, admin):
    client.force_login(admin)
    page = reverse("admin:enterprises_enterprise_changelist")
    assert client.get(page).status_code == 200
    admin.groups.clear()
    assert client.get(page).status_code == 403


def test_signing_in_gives_a_new_session_and_signing_out_ends_it(client, second_client, official):
    client.get(reverse("login"))
    sign_in(client, RIGHT)
    old = client.cookies["sessionid"].value
    client.post(reverse("logout"))
    second_client.cookies["sessionid"] = old
    assert reverse("login") in second_client.get(reverse("password_change"))["Location"]
