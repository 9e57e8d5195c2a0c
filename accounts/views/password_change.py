from django.contrib.auth.views import PasswordChangeView

from accounts.forms import OwnPasswordForm
from accounts.sessions import end_sessions_of
from audit.acts import Act
from audit.recording import record


class OwnPassword(PasswordChangeView):
    """A user's own change of password. It ends the user's other sessions."""

    form_class = OwnPasswordForm

    def form_valid(self, form):
        """Store the password; whoever else is signed in with the old one is so no longer."""
        answer = super().form_valid(form)
        record(Act.PASSWORD_CHANGED, self.request.user)
        end_sessions_of(self.request.user, but=self.request.session.session_key)
        return answer

    def form_invalid(self, form):
        """Return the page with what is wrong."""
        response = super().form_invalid(form)
        response.status_code = 422
        return response
