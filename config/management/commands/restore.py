from pathlib import Path

from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from audit.operator_command import OperatorCommand
from config.deploy import backup_file, newer_elsewhere
from config.deploy.backup_file import NotRestored
from config.deploy.database_owner import grant, owner_connected
from config.deploy.dumps import DumpFailed
from jobs.models import OperatorRun


class Command(OperatorCommand):
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
            manifest = self.restore(file)
            call_command("migrate", interactive=False, verbosity=0)
            grant()
        OperatorRun.note_down(OperatorRun.RunKind.RESTORE, f"{file.name}, {manifest.made_at}")
        self.say_what_is_newer(file, manifest)
        call_command("verify", stdout=self.stdout)

    def restore(self, file):
        """Read the backup, hold it to its manifest, and return that."""
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
        return manifest

    def say_what_is_newer(self, file, manifest):
        """Print newer backups beside this one, and the last of each kind that is known here."""
        for other, newer in newer_elsewhere.newer_backups(file, manifest):
            words = _("A newer backup lies beside it: %(file)s, of %(made_at)s; %(more)s")
            more = newer_elsewhere.more_in(newer, manifest) or "–"
            said = {"file": other.name, "made_at": newer.made_at, "more": more}
            self.stdout.write(self.style.WARNING(words % said))
        self.stdout.write(
            _("What came later must be asked for: workbooks of the cities, papers by number.")
        )
        for words, at in newer_elsewhere.last_events():
            self.stdout.write(f"  {words}: {at}")
