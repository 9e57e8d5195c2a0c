"""manage.py purge_audit --before DAY: delete the oldest audit events, as the tables' owner."""

from datetime import timedelta

from django.core.management.base import CommandError
from django.db.models import Count, Max, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.acts import Act
from audit.filters import begin_of
from audit.guards import lifted
from audit.management.commands.export_audit import day
from audit.models import AuditEvent
from audit.operator_command import OperatorCommand
from audit.recording import record
from config.deploy.database_owner import owner_connected, refuse_unless_owner

# 网络安全法: network logs are kept for at least six months.
KEPT_DAYS = 184


class Command(OperatorCommand):
    """Exit 0 if what was older is deleted, 1 if it may not be."""

    @property
    def help(self):
        """Return the help text in the active language."""
        return _(
            "Delete the audit events before a day, at least %(days)d days ago; the deletion is "
            "recorded. Export them first."
        ) % {"days": KEPT_DAYS}

    def add_arguments(self, parser):
        """Declare the argument."""
        parser.add_argument("--before", required=True, metavar="DAY", help=_("such as 2026-01-31"))

    def handle(self, *, before, **options):
        """Delete, record that, and say how many there were."""
        moment = begin_of(day(before))
        if moment > timezone.now() - timedelta(days=KEPT_DAYS):
            raise CommandError(
                _("Events are kept for at least %(days)d days.") % {"days": KEPT_DAYS}
            )
        with owner_connected():
            refuse_unless_owner()
            told = self.delete(moment)
        self.stdout.write(_("Events deleted: %(count)d.") % {"count": told["count"]})

    def delete(self, moment) -> dict:
        """Delete the events before a moment and record it; return how many, and their range."""
        with lifted(AuditEvent._meta.db_table):
            old = AuditEvent.objects.filter(at__lt=moment)
            told = old.aggregate(
                count=Count("pk"), first=Min("at"), last=Max("at"), first_event=Min("pk")
            )
            told |= old.aggregate(last_event=Max("pk"))
            if told["count"]:
                old._raw_delete(old.db)
                record(Act.AUDIT_DELETED, after=told | {"before": moment})
        return told
