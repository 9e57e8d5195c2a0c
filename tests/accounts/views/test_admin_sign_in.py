import pytest
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


@pytest.mark.parametrize("who", ["official", "reviewer", "officer"])
def test_what_was_tried_there_stands_in_the_audit_at_its_own_address(client, request, who):
    user, target = request.getfixturevalue(who), make_target()
    client.force_login(user)
    page = f"/admin/indicators/target/{target.pk}/change/"
    assert client.post(page, {"value": "0.3"}).status_code == 403
    event = only(Act.ACCESS_REFUSED, ActOutcome.REFUSED)
    assert event.user == user
    assert (event.after["method"], event.after["address"]) == ("POST", page)
