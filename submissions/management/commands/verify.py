import json
import sys

from django.core.mail import mail_admins
from django.utils.translation import gettext as _

from audit.operator_command import OperatorCommand
from jobs.models import OperatorRun
from submissions.verification import chain
from submissions.verification.checks import CHECKS, OF_ORIGINALS, faults


class Command(OperatorCommand):
    """Exit 0 if nothing is found, 1 if something is."""

    @property
    def help(self):
        """Return the help text in the active language."""
        return _(
            "Check that originals, figures, versions, papers and the database's guards are whole. "
            "Changes no figure. Exit 0: nothing found, 1: something found."
        )

    def add_arguments(self, parser):
        """Declare the arguments."""
        parser.add_argument(
            "--originals", action="store_true", help=_("Only each original against its hash.")
        )
        parser.add_argument(
            "--mail",
            action="store_true",
            help=_("Send the result and the head of the chain of figures to ADMINS."),
        )
        parser.add_argument(
            "--json", action="store_true", help=_("The last line of output is one JSON object.")
        )

    def handle(self, **options):
        """Print each fault with its check and place, and a summary."""
        names = OF_ORIGINALS if options["originals"] else tuple(CHECKS)
        found = list(faults(names))
        for name, fault in found:
            self.stdout.write(f"{name}  {fault.place}: {fault.what}")
        summed = _("%(checks)d checks, %(faults)d faults.") % {
            "checks": len(names),
            "faults": len(found),
        }
        head = chain.head()
        if head:
            self.stdout.write(_("Chain of figures: %(head)s") % {"head": head})
        self.stdout.write(summed)
        OperatorRun.note_down(
            OperatorRun.RunKind.VERIFICATION,
            " · ".join(filter(None, (f"{len(names)} / {len(CHECKS)}", head))),
            faults=len(found),
        )
        if options["mail"]:
            # Who keeps it can tell later whether the chain was written anew.
            places = [f"{name}  {fault.place}: {fault.what}" for name, fault in found]
            mail_admins(summed, "\n".join((head, *places)), fail_silently=True)
        if options["json"]:
            listed = [{"check": n, "place": f.place, "what": f.what} for n, f in found]
            summary = {"checks": list(names), "faults": listed, "chain": head}
            self.stdout.write(json.dumps(summary, ensure_ascii=False))
        if found:
            sys.exit(1)
