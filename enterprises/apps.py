from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from enterprises.register.checks import check_defusedxml, check_import_export_permissions


class EnterprisesConfig(AppConfig):
    name = "enterprises"
    verbose_name = _("Enterprises")

    def ready(self):
        checks.register(check_import_export_permissions)
        checks.register(check_defusedxml)
