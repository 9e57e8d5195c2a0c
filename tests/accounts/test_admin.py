"""Accounts are kept by an admin who cannot raise anybody, himself first, above himself."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from accounts.models import User
from accounts.roles_in_database import sync_roles
from tests.factories import make_city, make_user

LIST, ADD = "admin:accounts_user_changelist", "admin:accounts_user_add"
NO_CITIES = {"assignments-TOTAL_FORMS": 0, "assignments-INITIAL_FORMS": 0}


def page(user):
    return reverse("admin:accounts_user_change", args=[user.pk])


def role(key):
    return Group.objects.get(name=key).pk


@pytest.fixture
def keeper(client, admin):
    """The admin, signed in, with every role's group there."""
    sync_roles()
    client.force_login(admin)
    return client


def change(client, user, **given):
    return client.post(
        page(user), {"username": user.username, "is_active": "on"} | NO_CITIES | given
    )


def test_an_admin_cannot_raise_himself_to_superuser(keeper, admin):
    every = Permission.objects.get(codename="delete_enterprise")
    change(
        keeper,
        admin,
        groups=[role("admin")],
        is_superuser="on",
        is_staff="on",
        user_permissions=[every.pk],
    )
    admin = User.objects.get(pk=admin.pk)
    assert not admin.is_superuser
    assert not admin.user_permissions.exists()
    assert "is_superuser" not in keeper.get(page(admin)).content.decode()


def test_an_admin_cannot_make_a_superuser(keeper):
    keeper.post(
        reverse(ADD),
        NO_CITIES
        | {
            "username": "new",
            "password1": "a longer harbour 7",
            "password2": "a longer harbour 7",
            "usable_password": "true",
            "is_superuser": "on",
            "is_staff": "on",
        },
    )
    new = User.objects.get(username="new")
    assert (new.is_superuser, new.is_staff, new.must_change_password) == (False, False, True)


def test_an_admin_cannot_join_or_give_a_group_that_is_no_role(keeper, admin):
    own = Group.objects.create(name="own")
    answer = change(keeper, admin, groups=[own.pk])
    assert answer.status_code == 200
    assert not admin.groups.filter(name="own").exists()


def test_an_admin_cannot_touch_a_superuser(keeper):
    chief = make_user(username="chief", is_superuser=True, is_staff=True)
    assert change(keeper, chief, is_active="").status_code == 403
    password = reverse("admin:auth_user_password_change", args=[chief.pk])
    assert keeper.get(password).status_code == 403
    given = {"password1": "a longer harbour 7", "password2": "a longer harbour 7"}
    assert keeper.post(password, given).status_code == 403
    chief.refresh_from_db()
    assert chief.is_active
    assert chief.check_password("correct horse")


def test_a_superuser_may_make_another(client, official):
    client.force_login(make_user(is_superuser=True, is_staff=True))
    change(client, official, is_superuser="on")
    official.refresh_from_db()
    assert (official.is_superuser, official.is_staff) == (True, True)


def test_a_role_and_a_city_are_given_and_the_role_says_who_enters_here(keeper, official):
    city = make_city()
    given = {
        "groups": [role("bureau")],
        "assignments-TOTAL_FORMS": 1,
        "assignments-0-city": city.pk,
    }
    assert change(keeper, official, **given).status_code == 302
    official.refresh_from_db()
    assert [group.name for group in official.groups.all()] == ["bureau"]
    assert [assignment.city for assignment in official.assignments.all()] == [city]
    assert not official.is_staff
    change(keeper, official, groups=[role("admin")])
    official.refresh_from_db()
    assert official.is_staff


def test_each_role_says_what_it_is_for(keeper, official):
    shown = keeper.get(page(official)).content.decode()
    assert "Provincial reviewer – Accepts the cities&#x27; workbooks" in shown
    listed = keeper.get(reverse("admin:auth_group_changelist")).content.decode()
    assert "Uploads and submits the workbook of its own city." in listed


def test_roles_are_read_here_and_not_changed(client, db):
    sync_roles()
    client.force_login(make_user(is_superuser=True, is_staff=True))
    assert client.get(reverse("admin:auth_group_add")).status_code == 403
    change_page = reverse("admin:auth_group_change", args=[role("admin")])
    assert client.post(change_page, {"name": "x"}).status_code == 403


def test_a_password_that_an_admin_sets_must_be_changed(keeper, official):
    given = {"password1": "a longer harbour 7", "password2": "a longer harbour 7"}
    given |= {"usable_password": "true", "set-password": "1"}
    keeper.post(reverse("admin:auth_user_password_change", args=[official.pk]), given)
    official.refresh_from_db()
    assert official.check_password("a longer harbour 7")
    assert official.must_change_password


@pytest.mark.parametrize("name", ["Official", "ｏｆｆｉｃｉａｌ"])
def test_two_names_that_look_alike_are_refused(keeper, official, reviewer, name):
    answer = change(keeper, reviewer, username=name)
    assert answer.status_code == 200
    assert answer.context["errors"]


def test_an_account_is_deactivated_and_never_deleted(keeper, official):
    assert keeper.get(reverse("admin:accounts_user_delete", args=[official.pk])).status_code == 403
    change(keeper, official, is_active="")
    official.refresh_from_db()
    assert not official.is_active


def test_an_admin_unlocks_an_account(keeper, second_client, official):
    def sign_in(password):
        given = {"username": "official", "password": password, "next": page(official)}
        return second_client.post(reverse("login"), given).status_code

    for _ in range(5):
        sign_in("wrong")
    assert sign_in("correct horse") == 429
    answer = keeper.post(reverse(LIST), {"action": "unlock", "_selected_action": [official.pk]})
    assert answer.status_code == 302
    assert sign_in("correct horse") == 302


def test_the_list_searches_filters_and_keeps_its_number_of_queries(
    keeper, officer, django_assert_max_num_queries
):
    for _ in range(20):
        make_user("bureau")
    with django_assert_max_num_queries(12):
        shown = keeper.get(reverse(LIST), {"is_active__exact": "1"}).content.decode()
    assert "City bureau" in shown
    found = keeper.get(reverse(LIST), {"q": "officer"}).context["cl"].result_list
    assert [user.username for user in found] == ["officer"]


@pytest.mark.parametrize("who", ["official", "reviewer", "officer"])
def test_others_do_not_see_accounts(client, request, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse(LIST), follow=True).status_code == 403
