from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from audit.operator_command import OperatorCommand
from config.deploy import backup_file
from config.deploy.dumps import DumpFailed
from jobs.models import OperatorRun


class Command(OperatorCommand):
    @property
    def help(self):
        """What it does, in the active language."""
        return _(
            "Write everything into one file while the site runs: the database with the originals, "
            "and a manifest of counts and hashes. The secret key is not in it."
        )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help=_("the backup to write; must not be there yet"))

    def handle(self, *, file, **options):
        try:
            made = backup_file.write(file)
        except FileExistsError as error:
            raise CommandError(_("There is a file already: %(file)s") % {"file": file}) from error
        except (OSError, DumpFailed) as error:
            raise CommandError(
                _("The backup was not written: %(error)s") % {"error": error}
            ) from error
        size = file.stat().st_size
        OperatorRun.note_down(OperatorRun.RunKind.BACKUP, f"{file.name}, {size} B")
        said = _("Backup written: %(file)s, %(rows)d rows in %(tables)d tables, SHA-256 %(sha256)s")
        self.stdout.write(
            said
            % {
                "file": file,
                "rows": sum(made.counts.values()),
                "tables": len(made.counts),
                "sha256": made.sha256,
            }
        )
