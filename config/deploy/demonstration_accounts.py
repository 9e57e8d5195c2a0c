"""
The demonstration's accounts, one password for all.

Five are of the province, one of its lead department, and one of each city.
"""

import os
import secrets

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import CityAssignment, User
from accounts.roles import ADMIN, AUDITOR, BUREAU, DEPARTMENT, OFFICIAL, REVIEWER, ROLES
from accounts.roles_in_database import sync_roles
from clusters.models import City
from measures.models import Department, DepartmentMember
from submissions.refused import Refused

# What needs two people needs two administrators.
SECOND_ADMIN = "admin2"
# Both an account and the slug of its department.
LEAD_DEPARTMENT = "ecology"
PASSWORD_FILE = "demonstration_password"


def password() -> str:
    """Return DEMO_PASSWORD, else the stored password; generate and store one if there is none."""
    if settings.DEMO_PASSWORD:
        return settings.DEMO_PASSWORD
    kept = settings.DATA_DIR / PASSWORD_FILE
    if not kept.exists():
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(12))
    return kept.read_text().strip()


@transaction.atomic
def make_accounts() -> dict[str, User]:
    """
    Return all demonstration accounts by user name; create the missing ones.

    All get the current password. Raises Refused if another account has one of the names.
    """
    sync_roles()
    wanted = {ADMIN.key: (ADMIN, None), SECOND_ADMIN: (ADMIN, None)}
    wanted |= {role.key: (role, None) for role in (REVIEWER, OFFICIAL, AUDITOR)}
    wanted |= {LEAD_DEPARTMENT: (DEPARTMENT, None)}
    wanted |= {city.slug: (BUREAU, city) for city in City.objects.all()}
    taken = User.objects.filter(username__in=wanted, is_demonstration=False)
    if names := ", ".join(taken.values_list("username", flat=True)):
        raise Refused(
            _("These accounts exist and are not the demonstration's: %(names)s.") % {"names": names}
        )
    there = User.objects.in_bulk(list(wanted), field_name="username")
    kept = there[ADMIN.key].password if ADMIN.key in there else ""
    # Hashing takes a third of a second by design; all accounts have the same password.
    hashed = kept if kept and check_password(password(), kept) else make_password(password())
    made = {
        name: make_account(there.get(name) or User(username=name), role, city, hashed)
        for name, (role, city) in wanted.items()
    }
    department = Department.objects.filter(slug=LEAD_DEPARTMENT).first()
    if department:
        member = {"user": made[LEAD_DEPARTMENT]}
        DepartmentMember.objects.update_or_create(**member, defaults={"department": department})
    return made


def names() -> list[str]:
    """Return the user names of the existing demonstration accounts, sorted."""
    accounts = User.objects.filter(is_demonstration=True)
    return list(accounts.order_by("username").values_list("username", flat=True))


def update_password() -> None:
    """Give all demonstration accounts the current password, if DEMO_PASSWORD changed since."""
    accounts = User.objects.filter(is_demonstration=True)
    one = accounts.order_by("username").first()
    if one and not check_password(password(), one.password):
        accounts.update(password=make_password(password()))


def make_account(user: User, role, city: City | None, hashed: str) -> User:
    """Save an account with its role and city, and return it."""
    user.password = hashed
    user.is_demonstration = True
    user.is_staff = ROLES[role.key].staff
    user.save()
    user.groups.set([Group.objects.get(name=role.key)])
    if city:
        CityAssignment.objects.get_or_create(user=user, city=city)
    return user
