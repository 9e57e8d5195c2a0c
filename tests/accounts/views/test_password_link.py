"""A link that sets a password once: of a bureau by one admin, of the province's staff by two."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import AuditEvent, ProposedChange
from tests.factories import make_user

NEW = {"new_password1": "a longer harbour 7", "new_password2": "a longer harbour 7"}
REASON = {"reason": "Rang from the bureau's number."}


def link_page(user):
    return reverse("admin:accounts_user_password_link", args=[user.pk])


@pytest.fixture
def second(db):
    """Another admin."""
    return make_user("admin", username="admin2")


def handed_over(answer):
    """The path of the link that a page shows."""
    return answer.context["link"].removeprefix("http://testserver")


def opened(link, browser):
    """Open a link as its owner does; return the page that sets the password."""
    return browser.get(link, follow=True)


def test_of_a_bureau_it_is_made_at_once_shown_once_and_works_once(client, admin, officer):
    client.force_login(admin)
    answer = client.post(link_page(officer), REASON)
    assert "no-store" in answer["Cache-Control"]
    link, owner = handed_over(answer), Client()

    form = opened(link, owner)
    assert form.context["validlink"]
    assert owner.post(form.request["PATH_INFO"], NEW).url == reverse("login")
    officer.refresh_from_db()
    assert officer.check_password("a longer harbour 7")
    assert not officer.must_change_password
    assert not opened(link, Client()).context["validlink"]
    acts = AuditEvent.objects.order_by("pk").values_list("act", "user__username")
    assert ("password-link-made", "admin") in acts
    assert ("password-changed", "officer") in acts


def test_it_is_dead_after_72_hours(client, admin, officer):
    client.force_login(admin)
    link = handed_over(client.post(link_page(officer), REASON))
    with time_machine.travel(timezone.localtime() + timedelta(hours=73)):
        assert not opened(link, Client()).context["validlink"]


def test_setting_it_ends_the_open_sessions(client, admin, officer, second_client):
    second_client.force_login(officer)
    key = second_client.session.session_key
    client.force_login(admin)
    owner = Client()
    form = opened(handed_over(client.post(link_page(officer), REASON)), owner)
    owner.post(form.request["PATH_INFO"], NEW)
    assert not second_client.session.exists(key)


@pytest.mark.parametrize("who", ["reviewer", "official", "second"])
def test_of_the_provinces_staff_a_second_admin_confirms_and_gets_it(
    client, request, admin, second, who
):
    other = second if who != "second" else make_user("admin", username="admin3")
    account = request.getfixturevalue(who)
    client.force_login(admin)
    answer = client.post(link_page(account), REASON)
    proposal = ProposedChange.objects.get()
    assert answer.url == reverse("proposals:proposal", args=[proposal.pk])
    assert b"/accounts/password/" not in client.get(answer.url).content.split(b"<main")[1]
    confirm = reverse("proposals:confirm", args=[proposal.pk])
    assert client.post(confirm).status_code == 422

    client.force_login(other)
    link = handed_over(client.post(confirm))
    assert opened(link, Client()).context["validlink"]
    # Not a second time, and not to who proposed it.
    assert client.post(confirm).status_code == 422
    client.force_login(admin)
    assert link not in client.get(answer.url).content.decode()


def test_nobody_confirms_a_link_for_themselves(client, admin, second):
    client.force_login(admin)
    client.post(link_page(second), REASON)
    client.force_login(second)
    answer = client.post(reverse("proposals:confirm", args=[ProposedChange.objects.get().pk]))
    assert "your own rights" in answer.content.decode()


def test_nobody_makes_a_link_for_themselves(client, admin):
    client.force_login(admin)
    assert client.post(link_page(admin), REASON).status_code == 403


def test_a_link_needs_a_reason(client, admin, officer):
    client.force_login(admin)
    assert client.post(link_page(officer), {"reason": " "}).status_code == 422
    assert not AuditEvent.objects.filter(act="password-link-made").exists()


@pytest.mark.parametrize("who", ["official", "reviewer", "officer"])
def test_others_make_none(client, request, who, stranger):
    client.force_login(request.getfixturevalue(who))
    assert client.post(link_page(stranger), REASON).status_code in (302, 403)
    assert not AuditEvent.objects.filter(act="password-link-made").exists()


def test_a_password_that_is_too_weak_is_refused_in_words(client, admin, officer):
    client.force_login(admin)
    owner = Client()
    form = opened(handed_over(client.post(link_page(officer), REASON)), owner)
    weak = {"new_password1": "12345678", "new_password2": "12345678"}
    assert owner.post(form.request["PATH_INFO"], weak).status_code == 422
