from importlib import import_module

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.core.management import call_command
from django.db.models.signals import m2m_changed
from django.utils.translation import gettext_lazy as _

from accounts.session_store import note_sign_in


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self):
        """
        At each sign-in note when it was, and sweep out expired sessions.

        Refuse roles that exclude each other; register the rules of what needs two people.
        """
        # Else they would pile up for years.
        user_logged_in.connect(sweep_sessions)
        user_logged_in.connect(note_sign_in)
        roles = import_module("accounts.roles_in_database")
        m2m_changed.connect(roles.check_roles, sender=self.get_model("User").groups.through)
        import_module("accounts.account_keeper")


def sweep_sessions(sender, **_given):
    """Delete the sessions that are over."""
    call_command("clearsessions")
