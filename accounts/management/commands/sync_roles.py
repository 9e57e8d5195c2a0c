"""manage.py sync_roles"""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from accounts.roles_in_database import sync_roles


class Command(BaseCommand):
    @property
    def help(self):
        """What it does, in the active language."""
        return _("Bring the groups in step with the roles; `setup` does it too.")

    def handle(self, **options):
        sync_roles()
