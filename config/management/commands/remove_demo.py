from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from audit.operator_command import OperatorCommand
from config.deploy import demonstration_accounts, removing_demonstration
from config.deploy.database_owner import owner_connected
from config.management.commands.load_demo import UNFINISHED
from submissions.refused import Refused


class Command(OperatorCommand):
    @property
    def help(self):
        """What it does, in the active language."""
        return _(
            "Empty a database that holds nothing but the demonstration, and set it up anew. "
            "Refused beside real submissions, enterprises or accounts."
        )

    def handle(self, **options):
        try:
            with owner_connected():
                removing_demonstration.empty()
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        for name in (UNFINISHED, demonstration_accounts.PASSWORD_FILE):
            (settings.DATA_DIR / name).unlink(missing_ok=True)
        call_command("setup", static=False, stdout=self.stdout)
        self.stdout.write(
            _("The demonstration is removed. Restart the web servers, then add accounts.")
        )
