"""Django's makemessages, so that two branches' catalogues merge: sorted, undated, never guessed."""

import re
from pathlib import Path

from django.core.management.commands import makemessages

SORTED = "--sort-output"
# When, by whom, and other people's placeholders: they differ on every branch and say nothing.
IDLE_HEADERS = re.compile(
    r'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Report-Msgid-Bugs-To):'
    r'.*"\n',
    re.MULTILINE,
)


class Command(makemessages.Command):
    """Django's own, with a catalogue that changes only where a text does."""

    # No fuzzy matching: a guess reads like a translation, and nobody looks at it again.
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching", SORTED]
    msgattrib_options = [*makemessages.Command.msgattrib_options, SORTED]

    def write_po_file(self, potfile, locale):
        """Write the catalogue without the headers that change by themselves."""
        super().write_po_file(potfile, locale)
        catalogue = Path(potfile).parent / locale / "LC_MESSAGES" / f"{self.domain}.po"
        catalogue.write_text(IDLE_HEADERS.sub("", catalogue.read_text("utf-8")), "utf-8")
