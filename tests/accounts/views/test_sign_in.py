import pytest
from django.urls import reverse

from audit.acts import Act
from audit.models import AuditEvent
from tests.factories import make_city, make_user

OWN = {
    "officer": "submissions:inbox",
    "official": "indicators:overview",
    "reviewer": "indicators:overview",
    "admin": "indicators:overview",
}


def sign_in(client, user, **given):
    return client.post(
        reverse("login"), {"username": user.username, "password": "correct horse"} | given
    )


@pytest.mark.parametrize("role", OWN)
@pytest.mark.parametrize("asked", ["", "/"])
def test_everybody_begins_at_the_page_of_their_role(client, request, role, asked):
    answer = sign_in(client, request.getfixturevalue(role), next=asked)
    assert answer.url == reverse(OWN[role])


def test_whoever_asked_for_a_page_comes_there(client, officer):
    assert sign_in(client, officer, next="/parks/").url == "/parks/"


def test_an_address_elsewhere_is_not_followed(client, officer):
    answer = sign_in(client, officer, next="https://example.com/")
    assert answer.url == reverse("submissions:inbox")


def test_somebody_with_two_roles_begins_at_the_overview(client, db):
    user = make_user("bureau", make_city("370100"))
    user.groups.add(make_user("official").groups.get())
    assert sign_in(client, user).url == reverse("indicators:overview")


def test_who_is_signed_in_already_is_led_on(client, officer):
    client.force_login(officer)
    assert client.get(reverse("login")).url == reverse("submissions:inbox")


def test_the_page_says_what_this_is_and_for_whom(client, db):
    page = client.get(reverse("login")).content.decode()
    assert "What this is" in page
    for purpose in ("Provincial official", "Provincial reviewer", "City bureau", "Administrator"):
        assert purpose in page


@pytest.mark.parametrize("page", ["login", "locked"])
def test_it_says_whom_to_ring(client, official, settings, page):
    def shown():
        if page == "login":
            return client.get(reverse("login"))
        return [sign_in(client, official, password="wrong horse") for _ in range(6)][-1]

    assert "Ask your administrator" in shown().content.decode()
    settings.CONTACT = "王工 0531-12345678"
    assert "Ring 王工 0531-12345678." in shown().content.decode()


def test_a_sign_in_is_recorded_with_the_address(client, officer):
    client.post(
        reverse("login"),
        {"username": "officer", "password": "correct horse"},
        REMOTE_ADDR="10.0.0.7",
    )
    event = AuditEvent.objects.get()
    assert (event.act, event.user, event.address) == (Act.SIGNED_IN, officer, "10.0.0.7")
