"""What an account may do comes with the account itself: pages have few queries to spend."""

from functools import lru_cache

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.db.models import Aggregate, CharField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Concat

from accounts.models import CityAssignment, User
from clusters.prepared import Prepared


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


class PermissionsWithUser(ModelBackend):
    """
    Django's own backend, but it reads user, permissions and scope in one query instead of five.

    permission_lines  names of the permissions of role and person, one a line; None if none
    role_lines        names of the roles, so too
    city_lines        primary keys of the cities they are assigned to, so too
    """

    def get_user(self, user_id):
        """Return an active user, with what they may do and where; None if not there."""
        found = User.objects.raw(*_query(connection.vendor).statement(user_id))
        user = next(iter(found), None)
        return user if user and self.user_can_authenticate(user) else None

    def get_all_permissions(self, user_obj, obj=None):
        """Return the names of all permissions, as `app.codename`; none for a single object."""
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        if user_obj.is_superuser or not hasattr(user_obj, "permission_lines"):
            return super().get_all_permissions(user_obj)
        return set((user_obj.permission_lines or "").splitlines())


NAME = Concat("content_type__app_label", Value("."), "codename")


@lru_cache(maxsize=2)
def _query(_vendor: str) -> Prepared:
    """Return the query of a user, by primary key."""
    theirs = Permission.objects.filter(Q(user=OuterRef("pk")) | Q(group__user=OuterRef("pk")))
    city = Cast("city_id", CharField())
    every = User.objects.annotate(
        permission_lines=_lines(theirs, NAME),
        role_lines=_lines(Group.objects.filter(user=OuterRef("pk")), "name"),
        city_lines=_lines(CityAssignment.objects.filter(user=OuterRef("pk")), city),
    )
    return Prepared.of("user_with_rights", every.filter(pk=0), varying=1)


def _lines(rows, what) -> Subquery:
    """Return a text of every row, as the lines of one."""
    return Subquery(rows.order_by().values(every=Value(1)).annotate(all=Lines(what)).values("all"))
