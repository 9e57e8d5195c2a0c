"""What an account may do and where, as columns beside it: pages have few queries to spend."""

from django.contrib.auth.models import Group
from django.db.models import Aggregate, CharField, Expression, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat

from accounts.models import CityAssignment, User

NAME = Concat("permission__content_type__app_label", Value("."), "permission__codename")
OF_ROLES = Group.permissions.through
OF_PERSONS = User.user_permissions.through


class Lines(Aggregate):
    """Texts of many rows as the lines of one."""

    function = "STRING_AGG"
    template = "%(function)s(%(expressions)s, CHR(10))"
    output_field = CharField()

    def as_sqlite(self, compiler, connection, **context):
        """Say the same to SQLite."""
        template = "%(function)s(%(expressions)s, CHAR(10))"
        names = {"function": "GROUP_CONCAT", "template": template}
        return self.as_sql(compiler, connection, **names, **context)


def rights_of(user: str) -> dict[str, Expression]:
    """
    Return columns for rows in which the field of this name is an account's primary key.

    permission_lines  names of the permissions of role and person, one a line; "" if none
    role_lines        names of the roles, so too; None if none
    city_lines        primary keys of the cities they are assigned to, so too
    """
    # Each from its own end: to ask all permissions whose they are takes three times as long.
    of_roles = OF_ROLES.objects.filter(group__user=OuterRef(user))
    of_person = OF_PERSONS.objects.filter(user=OuterRef(user))
    assigned = CityAssignment.objects.filter(user=OuterRef(user))
    return {
        "permission_lines": Concat(_lines(of_roles, NAME), Value("\n"), _lines(of_person, NAME)),
        "role_lines": _lines(Group.objects.filter(user=OuterRef(user)), "name"),
        "city_lines": _lines(assigned, Cast("city_id", CharField())),
    }


def _lines(rows, what) -> Subquery:
    """Return a text of every row, as the lines of one."""
    return Subquery(rows.order_by().values(every=Value(1)).annotate(all=Lines(what)).values("all"))
