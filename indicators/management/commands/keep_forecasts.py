"""Stores the forecasts of a history that was back-filled."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from indicators.outlook import stored_forecasts


class Command(BaseCommand):
    """Stores every missing forecast; may be run again at any time."""

    @property
    def help(self):
        """What it does, in the active language."""
        return _(
            "Keep the forecasts that could have been made in each quarter, as of the day on which "
            "it was accepted of every city. Run it when a history has been back-filled."
        )

    def handle(self, **options):
        kept = stored_forecasts.store_forecasts()
        self.stdout.write(_("Forecasts kept: %(number)s") % {"number": len(kept)})
