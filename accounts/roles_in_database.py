"""Brings the groups in step with the roles, so that what accounts.roles says is what holds."""

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.roles import ROLES, Role, excluding


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


def is_of_the_province(user) -> bool:
    """Return whether a user has a role that sees every city, or is superuser."""
    return user.is_superuser or any(role.whole_province for role in roles_of(user))


def refuse_excluding(keys) -> None:
    """Raise ValidationError if one account may not have these roles at once."""
    if found := excluding(keys):
        names = "、".join(str(ROLES[key].name) if key in ROLES else key for key in found)
        raise ValidationError(
            _("One account cannot have these roles at once: %(names)s. Choose one of them.")
            % {"names": names}
        )


def check_roles(sender, *, instance, action, reverse, model, pk_set, **_given):
    """Refuse roles that exclude each other, also where a command or a shell adds them."""
    if action != "pre_add":
        return
    accounts = model.objects.filter(pk__in=pk_set) if reverse else [instance]
    added = (
        [instance.name]
        if reverse
        else Group.objects.filter(pk__in=pk_set).values_list("name", flat=True)
    )
    for account in accounts:
        refuse_excluding([*account.groups.values_list("name", flat=True), *added])
