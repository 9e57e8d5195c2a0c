"""What an account may do comes with the account itself: pages have few queries to spend."""

from django.contrib.auth.backends import ModelBackend

from accounts import sessions
from accounts.models import User
from accounts.rights import rights_of


class PermissionsWithUser(ModelBackend):
    """Django's own backend, but user, permissions and scope come in one query (accounts.rights)."""

    def get_user(self, user_id):
        """Return an active user, with what they may do and where; None if not there."""
        user = sessions.brought(user_id)
        if user is None:
            user = User.objects.annotate(**rights_of("pk")).filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None

    def get_all_permissions(self, user_obj, obj=None):
        """Return the names of all permissions, as `app.codename`; none for a single object."""
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        if user_obj.is_superuser or not hasattr(user_obj, "permission_lines"):
            return super().get_all_permissions(user_obj)
        return set(user_obj.permission_lines.split())
