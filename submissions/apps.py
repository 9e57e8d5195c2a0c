from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubmissionsConfig(AppConfig):
    name = "submissions"
    verbose_name = _("Submissions")

    def ready(self):
        """Import what registers rules and data versions: a page may need either first."""
        import_module("submissions.validation.checking")
        import_module("submissions.deadlines.obligations")
