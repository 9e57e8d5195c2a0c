"""manage.py add_user NAME --role ROLE [--city SLUG] [--department SLUG] [--password-stdin]"""

import sys
import unicodedata

from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import CityAssignment, User
from accounts.one_time_password import hand_over, one_time_password
from accounts.roles import ROLES
from accounts.roles_in_database import sync_roles
from audit.acts import Act
from audit.operator_command import OperatorCommand
from audit.recording import record
from clusters.models import City

WRONG_ARGUMENTS = 2


class Command(OperatorCommand):
    """
    Adds an account with its role.

    Exit codes: 0 added; 1 refused (the name is taken, the password too weak); 2 wrong arguments.
    """

    @property
    def help(self):
        """What it does, in the active language."""
        return _(
            "Add an account with its role. Without --password-stdin a one-time password is "
            "printed, which must be changed at the first sign-in."
        )

    def add_arguments(self, parser):
        parser.add_argument("name", help=_("the name to sign in with"))
        parser.add_argument("--role", required=True, choices=list(ROLES))
        parser.add_argument("--city", metavar="SLUG", help=_("the bureau's city, such as jinan"))
        parser.add_argument(
            "--department", metavar="SLUG", help=_("the department, such as ecology")
        )
        parser.add_argument(
            "--password-stdin",
            action="store_true",
            help=_("read the password from standard input: its first line"),
        )

    @transaction.atomic
    def handle(self, *, name, role, city, department, password_stdin, **options):
        city = self._city(role, city)
        department = self._department(role, department)
        user = User(username=unicodedata.normalize("NFKC", name).strip())
        user.is_staff = ROLES[role].staff
        if not password_stdin:
            hand_over(user)
        password = sys.stdin.readline().rstrip("\r\n") if password_stdin else one_time_password()
        self._check(user, password)
        user.set_password(password)
        user.save()
        sync_roles()
        user.groups.add(Group.objects.get(name=role))
        if city:
            CityAssignment.objects.create(user=user, city=city)
        given = {"roles": [role], "cities": [city.slug] if city else []}
        if department:
            department.members.create(user=user)
            given |= {"department": department.slug}
        record(Act.ACCOUNT_ADDED, user, after=given)
        self._report(user, role, None if password_stdin else password)

    def _city(self, role, slug):
        """Return the bureau's city, None for a role of the province."""
        if role != "bureau":
            if slug:
                raise CommandError(
                    _("--city is only for a bureau: the province's roles see every city."),
                    returncode=WRONG_ARGUMENTS,
                )
            return None
        if not slug:
            raise CommandError(
                _("A bureau needs its city: --city jinan."), returncode=WRONG_ARGUMENTS
            )
        city = City.objects.filter(slug=slug).first()
        if city is None:
            known = ", ".join(City.objects.values_list("slug", flat=True))
            known = known or _("none yet: run manage.py setup first")
            raise CommandError(
                _("There is no city %(slug)s. Cities: %(known)s.") % {"slug": slug, "known": known},
                returncode=WRONG_ARGUMENTS,
            )
        return city

    def _department(self, role, slug):
        """Return the department of a role that reports for one, None for any other role."""
        if role != "department":
            if slug:
                raise CommandError(
                    _("--department is only for the role department."), returncode=WRONG_ARGUMENTS
                )
            return None
        # By its name: no app imports those above it.
        departments = apps.get_model("measures", "Department").objects
        found = departments.filter(slug=slug).first() if slug else None
        if found is None:
            known = ", ".join(departments.values_list("slug", flat=True))
            known = known or _("none yet: run manage.py setup first")
            raise CommandError(
                _("Name the department: --department SLUG. Departments: %(known)s.")
                % {"known": known},
                returncode=WRONG_ARGUMENTS,
            )
        return found

    def _check(self, user, password):
        try:
            user.full_clean(exclude=["password"])
            validate_password(password, user)
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages), returncode=1) from None

    def _report(self, user, role, password):
        words = {"name": user.username, "role": ROLES[role].name}
        self.stdout.write(_("Added %(name)s: %(role)s.") % words)
        if password:
            self.stdout.write(_("One-time password: %(password)s") % {"password": password})
            self.stdout.write(_("It must be changed at the first sign-in and is not shown again."))
