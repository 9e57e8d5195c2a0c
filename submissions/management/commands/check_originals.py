import sys

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from submissions.intake.verify_originals import take_stock


class Command(BaseCommand):
    """Exit 0 if every submission has its original as it came, 1 if one is missing or changed."""

    @property
    def help(self):
        """What it does, in the active language."""
        return _("Compare the store of originals with the database. Changes nothing.")

    def handle(self, **options):
        """Print what is lost, then what belongs to nobody, then how many are in order."""
        stock = take_stock()
        for submission in stock.missing:
            self.say(_("Its original is missing: %(what)s"), submission, submission.stored_as)
        for submission in stock.changed:
            self.say(_("Its original was changed: %(what)s"), submission, submission.stored_as)
        for path in stock.ownerless:
            self.say(_("Belongs to no submission (harmless): %(what)s"), path.name)
        self.stdout.write(
            _("%(whole)s originals in order, %(lost)s lost, %(ownerless)s without a submission.")
            % {
                "whole": stock.whole,
                "lost": len(stock.missing) + len(stock.changed),
                "ownerless": len(stock.ownerless),
            }
        )
        if not stock.is_whole:
            sys.exit(1)

    def say(self, sentence, *what):
        """Print a line about one thing."""
        self.stdout.write(sentence % {"what": ", ".join(map(str, what))})
