import pytest
from django.test import Client
from django.urls import reverse

from audit.acts import Act
from audit.models import ActOutcome
from tests.audit.cast import only
from tests.factories import make_target


def test_the_admin_sites_sign_in_is_the_one_sign_in(client, db):
    assert client.get("/admin/login/?next=/admin/accounts/")["Location"] == (
        f"{reverse('login')}?next=/admin/accounts/"
    )
    assert client.get("/admin/login/")["Location"] == f"{reverse('login')}?next=/admin/"


def test_nobody_signs_in_by_posting_there(client, admin):
    given = {"username": "admin", "password": "correct horse"}
    assert client.post("/admin/login/", given)["Location"].startswith(reverse("login"))
    assert "_auth_user_id" not in client.session


def test_it_leads_to_no_other_host(client, db):
    found = client.get("/admin/login/?next=https://elsewhere.example/")["Location"]
    assert found == f"{reverse('login')}?next=/admin/"


@pytest.mark.parametrize("who", ["official", "reviewer", "officer"])
def test_who_may_not_enter_is_told_so_and_not_sent_in_circles(client, request, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get("/admin/").status_code == 403


def test_signing_out_there_is_recorded(client, admin):
    client.force_login(admin)
    client.post("/admin/logout/")
    assert only(Act.SIGNED_OUT).user == admin


def test_a_password_changed_there_is_recorded_and_ends_the_other_sessions(client, admin):
    client.force_login(admin)
    other = Client()
    other.force_login(admin)
    new = "Lu3-quiet-harbour"
    sent = {"old_password": "correct horse", "new_password1": new, "new_password2": new}

    assert client.post("/admin/password_change/", sent).status_code == 302
    assert only(Act.PASSWORD_CHANGED).user == admin
    assert other.get("/").status_code == 302


@pytest.mark.parametrize("who", ["official", "reviewer", "officer"])
def test_what_was_tried_there_stands_in_the_audit_at_its_own_address(client, request, who):
    user, target = request.getfixturevalue(who), make_target()
    client.force_login(user)
    page = f"/admin/indicators/target/{target.pk}/change/"
    assert client.post(page, {"value": "0.3"}).status_code == 403
    event = only(Act.ACCESS_REFUSED, ActOutcome.REFUSED)
    assert event.user == user
    assert (event.after["method"], event.after["address"]) == ("POST", page)
