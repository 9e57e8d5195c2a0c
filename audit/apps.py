from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "audit"
    verbose_name = _("Audit")

    def ready(self) -> None:
        """Record versions of records, keep who signs in for the access log, make the guards."""
        from simple_history.signals import (
            post_create_historical_record,
            pre_create_historical_record,
        )

        from audit import guards
        from audit.access_log import keep_roles
        from audit.history import mark_command, record_version

        pre_create_historical_record.connect(mark_command)
        post_create_historical_record.connect(record_version)
        user_logged_in.connect(keep_roles)
        # Of append-only tables, anew after each migrate.
        pre_migrate.connect(guards.drop_for, sender=self, dispatch_uid="guards")
        post_migrate.connect(guards.make, sender=self, dispatch_uid="guards")
