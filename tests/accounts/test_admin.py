"""Accounts are kept by admins, none of whom alone can raise anybody, himself first."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from accounts.models import User
from accounts.roles_in_database import sync_roles
from audit.models import AuditEvent, ProposedChange
from audit.proposals import deciding
from measures.models import DepartmentMember
from tests.factories import make_city, make_user
from tests.measures.cast import make_department

LIST, ADD = "admin:accounts_user_changelist", "admin:accounts_user_add"
NO_CITIES = {
    **{"assignments-TOTAL_FORMS": 0, "assignments-INITIAL_FORMS": 0},
    **{"membership-TOTAL_FORMS": 0, "membership-INITIAL_FORMS": 0},
}
REASON = {"reason": "Asked for by letter 12."}


def page(user):
    return reverse("admin:accounts_user_change", args=[user.pk])


def role(key):
    return Group.objects.get(name=key).pk


def keys(user):
    return [group.name for group in user.groups.all()]


@pytest.fixture
def keeper(client, admin):
    """The admin, signed in, with every role's group there."""
    sync_roles()
    client.force_login(admin)
    return client


@pytest.fixture
def second(db):
    """Another admin."""
    return make_user("admin", username="admin2")


def change(client, user, **given):
    stands = {"username": user.username, "is_active": "on" if user.is_active else ""}
    stands["groups"] = list(user.groups.values_list("pk", flat=True))
    return client.post(page(user), stands | NO_CITIES | REASON | given)


def confirmed(by):
    """Confirm the newest proposal; return the address to hand over."""
    return deciding.confirm(ProposedChange.objects.first(), by=by)[1]


def test_nobody_changes_their_own_account(keeper, admin):
    every = Permission.objects.get(codename="delete_enterprise")
    answer = change(
        keeper,
        admin,
        groups=[role("reviewer")],
        is_superuser="on",
        user_permissions=[every.pk],
    )
    assert answer.status_code == 403
    assert not ProposedChange.objects.exists()
    assert keys(admin) == ["admin"]


def test_the_superuser_does_not_change_their_own_account_either(client, db):
    sync_roles()
    chief = make_user(is_superuser=True, is_staff=True)
    client.force_login(chief)
    assert change(client, chief, groups=[role("reviewer")]).status_code == 403


def test_an_admin_cannot_make_a_superuser(keeper):
    given = {"username": "new", "is_superuser": "on", "is_staff": "on"}
    keeper.post(reverse(ADD), NO_CITIES | REASON | given)
    new = User.objects.get(username="new")
    assert (new.is_superuser, new.is_staff, new.has_usable_password()) == (False, False, False)


def test_an_account_with_a_role_is_there_once_a_second_admin_has_confirmed_it(keeper, second):
    given = {"username": "new", "groups": [role("reviewer")]}
    answer = keeper.post(reverse(ADD), NO_CITIES | REASON | given)
    assert "/proposals/" in answer.url
    assert not User.objects.filter(username="new").exists()

    assert confirmed(second).startswith("/accounts/password/")
    new = User.objects.get(username="new")
    assert (keys(new), new.is_staff, new.has_usable_password()) == (["reviewer"], False, False)


def test_an_admin_cannot_give_a_group_that_is_no_role(keeper, official):
    own = Group.objects.create(name="own")
    assert change(keeper, official, groups=[own.pk]).status_code == 200
    assert not ProposedChange.objects.exists()


def test_an_admin_cannot_touch_a_superuser(keeper):
    chief = make_user(username="chief", is_superuser=True, is_staff=True)
    assert change(keeper, chief, is_active="").status_code == 403
    link = reverse("admin:accounts_user_password_link", args=[chief.pk])
    assert keeper.get(link).status_code == 403
    assert keeper.post(link, REASON).status_code == 403
    chief.refresh_from_db()
    assert chief.is_active


def test_a_superuser_is_made_by_two_superusers(client, official, second):
    client.force_login(make_user(is_superuser=True, is_staff=True))
    change(client, official, is_superuser="on")
    official.refresh_from_db()
    assert not official.is_superuser
    with pytest.raises(deciding.ProposalRefused):
        confirmed(second)
    confirmed(make_user(is_superuser=True))
    official.refresh_from_db()
    assert (official.is_superuser, official.is_staff) == (True, True)


def test_a_department_is_given_by_two_moved_by_two_and_taken_by_two(keeper, second):
    ecology, finance = make_department(), make_department("finance", "省财政厅", "Finance")
    somebody = make_user(username="somebody")
    given = {"groups": [role("department")], "membership-TOTAL_FORMS": 1}
    change(keeper, somebody, **given, **{"membership-0-department": ecology.pk})
    assert not DepartmentMember.objects.exists()
    confirmed(second)
    kept = DepartmentMember.objects.get()
    assert (kept.user, kept.department) == (somebody, ecology)
    event = AuditEvent.objects.get(act="roles-changed")
    assert (event.before.get("departments"), event.after["departments"]) == (None, ["ecology"])

    row = {"membership-TOTAL_FORMS": 1, "membership-INITIAL_FORMS": 1, "membership-0-id": kept.pk}
    row |= {"membership-0-user": somebody.pk, "membership-0-department": finance.pk}
    change(keeper, somebody, **row)
    kept.refresh_from_db()
    assert kept.department == ecology
    confirmed(second)
    kept.refresh_from_db()
    assert kept.department == finance

    change(keeper, somebody, **row, **{"membership-0-DELETE": "on"})
    assert DepartmentMember.objects.exists()
    confirmed(second)
    assert not DepartmentMember.objects.exists()


def test_a_role_and_a_city_are_given_by_two_and_the_role_says_who_enters_here(keeper, second):
    newcomer, city = make_user(username="newcomer"), make_city()
    given = {
        "groups": [role("bureau")],
        "assignments-TOTAL_FORMS": 1,
        "assignments-0-city": city.pk,
    }
    assert change(keeper, newcomer, **given).status_code == 302
    assert (keys(newcomer), newcomer.assignments.count()) == ([], 0)

    confirmed(second)
    newcomer.refresh_from_db()
    assert keys(newcomer) == ["bureau"]
    assert [assignment.city for assignment in newcomer.assignments.all()] == [city]
    assert not newcomer.is_staff
    kept = AuditEvent.objects.get(act="roles-changed")
    assert (kept.before["roles"], kept.after["roles"]) == ([], ["bureau"])
    assert (kept.after["cities"], kept.user) == (["jinan"], second)


def test_a_role_of_staff_lets_into_the_admin_site_and_its_loss_ends_it(keeper, official, second):
    change(keeper, official, groups=[role("admin")])
    confirmed(second)
    official.refresh_from_db()
    assert official.is_staff
    change(keeper, official, groups=[])
    confirmed(second)
    official.refresh_from_db()
    assert not official.is_staff


@pytest.mark.parametrize(
    "both", [("bureau", "reviewer"), ("admin", "reviewer"), ("admin", "bureau")]
)
def test_roles_that_exclude_each_other_are_refused_at_the_field(keeper, official, both):
    answer = change(keeper, official, groups=[role(key) for key in both])
    assert "groups" in answer.context["adminform"].form.errors
    assert not ProposedChange.objects.exists()


def test_a_password_of_before_the_role_is_void_and_the_sessions_end(keeper, second, second_client):
    newcomer = make_user(username="newcomer")
    second_client.force_login(newcomer)
    key = second_client.session.session_key
    change(keeper, newcomer, groups=[role("reviewer")])
    assert confirmed(second)

    newcomer.refresh_from_db()
    assert not newcomer.has_usable_password()
    assert not second_client.session.exists(key)


def test_a_reactivation_needs_two_and_a_deactivation_one_and_it_ends_the_sessions(
    keeper, official, second, second_client
):
    second_client.force_login(official)
    key = second_client.session.session_key
    change(keeper, official, is_active="")
    official.refresh_from_db()
    assert not official.is_active
    assert not second_client.session.exists(key)

    change(keeper, official, is_active="on")
    official.refresh_from_db()
    assert not official.is_active
    confirmed(second)
    official.refresh_from_db()
    assert official.is_active


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


def test_no_page_of_the_admin_site_sets_a_password(keeper, official):
    given = {"password1": "a longer harbour 7", "password2": "a longer harbour 7"}
    given |= {"usable_password": "true", "set-password": "1", "password": "x"}
    assert keeper.post(page(official) + "password/", given).status_code in (302, 404)
    change(keeper, official, **given)
    official.refresh_from_db()
    assert official.check_password("correct horse")
    assert b'type="password"' not in keeper.get(reverse(ADD)).content


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
    with django_assert_max_num_queries(13):
        shown = keeper.get(reverse(LIST), {"is_active__exact": "1"}).content.decode()
    assert "City bureau" in shown
    found = keeper.get(reverse(LIST), {"q": "officer"}).context["cl"].result_list
    assert [user.username for user in found] == ["officer"]


@pytest.mark.parametrize("who", ["official", "reviewer", "officer"])
def test_others_do_not_see_accounts(client, request, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse(LIST), follow=True).status_code == 403
