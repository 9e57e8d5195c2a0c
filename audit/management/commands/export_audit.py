"""manage.py export_audit FILE [--from DAY] [--to DAY]: the audit trail as JSON, a line an event."""

import json
from datetime import date, timedelta
from pathlib import Path

from django.core.management.base import CommandError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from audit.filters import begin_of
from audit.models import AuditEvent
from audit.operator_command import OperatorCommand

CHUNK = 2_000


def day(text: str) -> date:
    """Return the day of an argument. Raises CommandError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(_("Write the day as 2026-01-31, not %(day)s.") % {"day": text}) from None


class Command(OperatorCommand):
    """Exit 0 written, 1 for a file that is there already or wrong arguments."""

    @property
    def help(self):
        """Return the help text in the active language."""
        return _("Write the audit trail into a file, oldest first: a line of JSON for each event.")

    def add_arguments(self, parser):
        """Declare the arguments."""
        parser.add_argument("file", type=Path, help=_("the file to write; must not be there yet"))
        parser.add_argument("--from", dest="first", metavar="DAY", help=_("the first day"))
        parser.add_argument("--to", dest="last", metavar="DAY", help=_("the last day"))

    def handle(self, *, file, first, last, **options):
        """Write the events and say how many there were."""
        events = AuditEvent.objects.order_by("pk")
        if first:
            events = events.filter(at__gte=begin_of(day(first)))
        if last:
            events = events.filter(at__lt=begin_of(day(last) + timedelta(days=1)))
        count = 0
        try:
            with file.open("x", encoding="utf-8") as out:
                file.chmod(0o600)
                for event in events.values().iterator(chunk_size=CHUNK):
                    line = json.dumps(event, ensure_ascii=False, cls=DjangoJSONEncoder)
                    out.write(f"{line}\n")
                    count += 1
        except FileExistsError as there:
            raise CommandError(_("There is a file already: %(file)s") % {"file": file}) from there
        self.stdout.write(
            _("Events written: %(count)d, into %(file)s.") % {"count": count, "file": file}
        )
