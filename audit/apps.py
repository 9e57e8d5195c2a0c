from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "audit"
    verbose_name = _("Audit")

    def ready(self) -> None:
        """Make the guards of append-only tables anew after each migrate."""
        from audit import guards

        pre_migrate.connect(guards.drop_for, sender=self, dispatch_uid="guards")
        post_migrate.connect(guards.make, sender=self, dispatch_uid="guards")
