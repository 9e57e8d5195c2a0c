from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "audit"
    verbose_name = _("Audit")

    def ready(self):
        """Record versions of records, and keep the roles of who signs in for the access log."""
        from simple_history.signals import post_create_historical_record

        from audit.access_log import keep_roles
        from audit.history import record_version

        post_create_historical_record.connect(record_version)
        user_logged_in.connect(keep_roles)
