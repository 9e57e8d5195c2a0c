import sys

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from submissions.intake.verify_originals import verify_originals


class Command(BaseCommand):
    """Exit 0 if every submission has its unchanged original, 1 if one is missing or changed."""

    @property
    def help(self):
        """Return the help text in the active language."""
        return _("Compare the store of originals with the database. Changes nothing.")

    def handle(self, **options):
        """Print missing and changed originals, files of no submission, and a summary."""
        report = verify_originals()
        for submission in report.missing:
            self.say(_("Its original is missing: %(what)s"), submission, submission.stored_as)
        for submission in report.changed:
            self.say(_("Its original was changed: %(what)s"), submission, submission.stored_as)
        for path in report.unowned:
            self.say(_("Belongs to no submission (harmless): %(what)s"), path.name)
        self.stdout.write(
            _("%(whole)s originals in order, %(lost)s lost, %(ownerless)s without a submission.")
            % {
                "whole": report.intact,
                "lost": len(report.missing) + len(report.changed),
                "ownerless": len(report.unowned),
            }
        )
        if not report.is_intact:
            sys.exit(1)

    def say(self, sentence, *what):
        """Print a sentence with its %(what)s."""
        self.stdout.write(sentence % {"what": ", ".join(map(str, what))})
