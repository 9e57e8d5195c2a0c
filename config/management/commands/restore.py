from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from config.deploy import backup_file
from config.deploy.backup_file import NotRestored
from config.deploy.database_owner import grant, owner_connected
from config.deploy.dumps import DumpFailed


class Command(BaseCommand):
    """Exit 0 if all is there and verified, 1 if the backup was not restored or has a fault."""

    # The tables are not there yet.
    requires_migrations_checks = False

    @property
    def help(self):
        """What it does, in the active language."""
        return _(
            "Restore a backup into an empty database, migrate it to this program, and verify it."
        )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help=_("the backup to read"))

    def handle(self, *, file, **options):
        with owner_connected():
            self.restore(file)
            call_command("migrate", interactive=False, verbosity=0)
            grant()
        call_command("verify", stdout=self.stdout)

    def restore(self, file):
        """Read the backup, and hold it to its manifest."""
        try:
            manifest, counts = backup_file.restore(file)
        except (NotRestored, DumpFailed, OSError) as error:
            raise CommandError(_("Nothing was restored: %(error)s") % {"error": error}) from error
        self.stdout.write(
            _("Restored: the state of %(made_at)s. What was done later is not in it.")
            % {"made_at": manifest.made_at}
        )
        if counts != manifest.counts:
            other = sorted(set(counts.items()) ^ set(manifest.counts.items()))
            tables = ", ".join(dict(other))
            raise CommandError(
                _("These tables have not the rows of the manifest: %(tables)s") % {"tables": tables}
            )
        self.stdout.write(
            _("All %(rows)d rows of the manifest are there.") % {"rows": sum(counts.values())}
        )
