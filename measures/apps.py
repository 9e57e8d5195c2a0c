from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeasuresConfig(AppConfig):
    name = "measures"
    verbose_name = _("Ledger of measures")

    def ready(self):
        """Register the rules of what needs two people."""
        import_module("measures.task_keeper")
