"""What an account may do and where, as columns beside it: pages have few queries to spend."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Aggregate, CharField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Concat

from accounts.models import CityAssignment

NAME = Concat("content_type__app_label", Value("."), "codename")


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


def rights_of(user: str) -> dict[str, Subquery]:
    """
    Return columns for rows in which the field of this name is an account's primary key.

    permission_lines  names of the permissions of role and person, one a line; None if none
    role_lines        names of the roles, so too
    city_lines        primary keys of the cities they are assigned to, so too
    """
    theirs = Q(user=OuterRef(user)) | Q(group__user=OuterRef(user))
    assigned = CityAssignment.objects.filter(user=OuterRef(user))
    return {
        "permission_lines": _lines(Permission.objects.filter(theirs), NAME),
        "role_lines": _lines(Group.objects.filter(user=OuterRef(user)), "name"),
        "city_lines": _lines(assigned, Cast("city_id", CharField())),
    }


def _lines(rows, what) -> Subquery:
    """Return a text of every row, as the lines of one."""
    return Subquery(rows.order_by().values(every=Value(1)).annotate(all=Lines(what)).values("all"))
