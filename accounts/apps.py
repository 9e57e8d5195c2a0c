from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.core.management import call_command
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self):
        """Sweep out expired sessions at each sign-in: else they would pile up for years."""
        user_logged_in.connect(sweep_sessions)


def sweep_sessions(sender, **_given):
    """Delete the sessions that are over."""
    call_command("clearsessions")
