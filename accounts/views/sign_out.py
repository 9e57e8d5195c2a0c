from django.contrib.auth.views import LogoutView

from audit.acts import Act
from audit.recording import record


class SignOut(LogoutView):
    """Ends the session. Pages that were shown are kept nowhere (config.web.protection.headers)."""

    def post(self, request, *args, **kwargs):
        """Record who signs out, while it is known."""
        record(Act.SIGNED_OUT, request.user)
        return super().post(request, *args, **kwargs)
