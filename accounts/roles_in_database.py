"""Brings the groups in step with the roles, so that what accounts.roles says is what holds."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from accounts.roles import ROLES, Role


@transaction.atomic
def sync_roles() -> None:
    """
    Give each role its group with exactly its permissions; other groups are left alone.

    May be run again at any time. Raises LookupError if a role names a permission that is not
    there: migrate first.
    """
    there = {
        f"{app}.{codename}": pk
        for pk, app, codename in Permission.objects.values_list(
            "pk", "content_type__app_label", "codename"
        )
    }
    for role in ROLES.values():
        if unknown := set(role.permissions) - there.keys():
            raise LookupError(f"{role.key} names unknown permissions: {', '.join(sorted(unknown))}")
        group, _made = Group.objects.get_or_create(name=role.key)
        group.permissions.set([there[permission] for permission in role.permissions])


def roles_of(user) -> list[Role]:
    """Return the roles that a user has, in the order of accounts.roles."""
    held = set(user.groups.values_list("name", flat=True))
    return [role for key, role in ROLES.items() if key in held]


def enters_admin_site(user) -> bool:
    """Return whether a user's roles, or being superuser, let them into the admin site."""
    return user.is_superuser or any(role.staff for role in roles_of(user))
