from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    name = "indicators"
    verbose_name = _("Indicators")

    def ready(self):
        """Import what registers which verdicts a proposed change would turn."""
        import_module("indicators.results.proposed_effect")
