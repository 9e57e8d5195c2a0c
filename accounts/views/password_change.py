from django.contrib.auth.views import PasswordChangeView

from accounts.forms import OwnPasswordForm


class OwnPassword(PasswordChangeView):
    """A user's own change of password. Django ends the user's other sessions with it."""

    form_class = OwnPasswordForm

    def form_invalid(self, form):
        response = super().form_invalid(form)
        response.status_code = 422
        return response
