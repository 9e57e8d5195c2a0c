import pytest
from django.contrib.auth.models import Group, Permission

from accounts import roles_in_database
from accounts.roles import ADMIN, ROLES, Role
from accounts.roles_in_database import sync_roles

pytestmark = pytest.mark.django_db


def permissions_of(name):
    found = Permission.objects.filter(group__name=name).select_related("content_type")
    return {f"{p.content_type.app_label}.{p.codename}" for p in found}


def test_each_role_has_its_group_with_exactly_its_permissions():
    sync_roles()
    assert {key: permissions_of(key) for key in ROLES} == {
        key: set(role.permissions) for key, role in ROLES.items()
    }


def test_it_may_run_again_and_mends_what_was_changed_by_hand():
    sync_roles()
    admins = Group.objects.get(name="admin")
    admins.permissions.add(Permission.objects.get(codename="delete_enterprise"))
    admins.permissions.remove(Permission.objects.get(codename="view_city"))
    sync_roles()
    assert permissions_of("admin") == set(ADMIN.permissions)
    assert Group.objects.count() == len(ROLES)


def test_other_groups_are_left_alone():
    own = Group.objects.create(name="own")
    own.permissions.add(Permission.objects.get(codename="view_city"))
    sync_roles()
    assert permissions_of("own") == {"clusters.view_city"}


def test_a_role_with_an_unknown_permission_changes_nothing(monkeypatch):
    odd = Role("odd", "Odd", "None", whole_province=False, permissions=("clusters.fly_city",))
    monkeypatch.setattr(roles_in_database, "ROLES", ROLES | {"odd": odd})
    with pytest.raises(LookupError, match=r"clusters\.fly_city"):
        sync_roles()
    assert not Group.objects.exists()
