from django.contrib.auth.views import PasswordChangeView

from accounts.forms import OwnPasswordForm
from audit.acts import Act
from audit.recording import record


class OwnPassword(PasswordChangeView):
    """A user's own change of password. Django ends the user's other sessions with it."""

    form_class = OwnPasswordForm

    def form_valid(self, form):
        """Change it, and store that it was changed."""
        response = super().form_valid(form)
        record(Act.PASSWORD_CHANGED, self.request.user)
        return response

    def form_invalid(self, form):
        response = super().form_invalid(form)
        response.status_code = 422
        return response
