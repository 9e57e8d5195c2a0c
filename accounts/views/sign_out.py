from django.contrib.auth.views import LogoutView

from audit.acts import Act
from audit.recording import record


class SignOut(LogoutView):
    """Ends the session, and has the browser forget the pages that it has shown."""

    def post(self, request, *args, **kwargs):
        """Record who signs out, while it is known."""
        record(Act.SIGNED_OUT, request.user)
        answer = super().post(request, *args, **kwargs)
        answer["Clear-Site-Data"] = '"cache"'
        return answer
