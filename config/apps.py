from django.apps import AppConfig
from django.core import checks

from config.deploy.checks import check_embedded_database, check_private_files


class ConfigConfig(AppConfig):
    """Settings, addresses, how figures are written, and the commands that span all apps."""

    name = "config"

    def ready(self):
        """Register the checks of this app."""
        checks.register(check_embedded_database)
        checks.register(check_private_files)
