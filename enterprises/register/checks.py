"""System checks of the register's import and export."""

import openpyxl
from django.apps import apps
from django.conf import settings
from django.core import checks

CODES = ("IMPORT_EXPORT_IMPORT_PERMISSION_CODE", "IMPORT_EXPORT_EXPORT_PERMISSION_CODE")


def check_import_export_permissions(app_configs, **kwargs):
    """Return an error for each setting without a valid permission: all staff could import."""
    register = apps.get_model("enterprises", "Enterprise")._meta
    permissions = dict(register.permissions)
    return [
        checks.Error(
            f"{name} names no permission of the register.",
            hint="Unset, django-import-export lets every staff user import and export.",
            id="enterprises.E001",
        )
        for name in CODES
        if f"{getattr(settings, name, None)}_{register.model_name}" not in permissions
    ]


def check_defusedxml(app_configs, **kwargs):
    """Return an error if openpyxl would unpack entity bombs."""
    if openpyxl.DEFUSEDXML:
        return []
    return [
        checks.Error(
            "openpyxl does not use defusedxml.",
            hint="Install defusedxml, and leave OPENPYXL_DEFUSEDXML unset.",
            id="enterprises.E002",
        )
    ]
