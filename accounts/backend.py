"""What an account may do comes with the account itself: pages have few queries to spend."""

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.db.models import Aggregate, CharField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat

from accounts.models import User


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
    """Django's own backend, but it reads user and permissions in one query instead of three."""

    def get_user(self, user_id):
        """Return an active user with the permissions of role and person; None if not there."""
        theirs = Permission.objects.filter(
            Q(user=OuterRef("pk")) | Q(group__user=OuterRef("pk"))
        ).order_by()
        names = theirs.values(every=Value(1)).annotate(lines=Lines(NAME)).values("lines")
        user = User.objects.annotate(permission_lines=Subquery(names)).filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None

    def get_all_permissions(self, user_obj, obj=None):
        """Return the names of all permissions, as `app.codename`; none for a single object."""
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        if user_obj.is_superuser or not hasattr(user_obj, "permission_lines"):
            return super().get_all_permissions(user_obj)
        return set((user_obj.permission_lines or "").splitlines())


NAME = Concat("content_type__app_label", Value("."), "codename")
