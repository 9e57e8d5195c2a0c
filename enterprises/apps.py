from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from enterprises.register.checks import import_and_export_need_permission, workbooks_are_read_safely


class EnterprisesConfig(AppConfig):
    name = "enterprises"
    verbose_name = _("Enterprises")

    def ready(self):
        checks.register(import_and_export_need_permission)
        checks.register(workbooks_are_read_safely)
