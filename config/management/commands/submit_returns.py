import json as json_format
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from accounts.scope import cities_for, own_cities
from audit.operator_command import OperatorCommand
from config.management.commands.submit_return import moment_of, user_called, wrong
from submissions import access
from submissions.backfill import command_run
from submissions.management.commands.check_return import MANDATORY, UNREADABLE
from submissions.refused import Refused


class Command(OperatorCommand):
    """
    Exit 0 if every file went the whole way, 1 if a person must look at one, 2 if one cannot be
    read, or for arguments that fail.
    """

    @property
    def help(self):
        """What it does, in the active language."""
        return _(
            "Take many workbooks the whole way; city and quarter are read from each. Run again, "
            "it goes on where it stopped."
        )

    def add_arguments(self, parser):
        """Take the folder or archive, who acts, and how to print."""
        parser.add_argument("path", metavar="FOLDER|ZIP")
        parser.add_argument(
            "--by", required=True, metavar="USER", help=_("who uploads and submits")
        )
        parser.add_argument("--accept-by", metavar="USER", help=_("who accepts: somebody else"))
        parser.add_argument(
            "--published-at", metavar="ISO-TIME", help=_("dates a back-filled history (admin only)")
        )
        parser.add_argument("--json", action="store_true", help=_("print one object as last line"))

    def handle(self, *, path, by, accept_by, published_at, json, **options):
        """Go as far as it goes, print what became of each file, and exit accordingly."""
        there = existing(path)
        moment = moment_of(published_at)
        by, accept_by = user_called(by), user_called(accept_by) if accept_by else None
        if accept_by:
            must_accept(accept_by, by)
        try:
            batch = command_run.batch_of(
                there, by=by, cities=cities_of(by, dated=bool(moment)), published_at=moment
            )
            command_run.carry_through(batch, accept_by=accept_by, report=self.progress)
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=UNREADABLE) from refusal
        for line in command_run.lines(batch):
            self.stdout.write(line)
        came = command_run.summary(batch)
        if json:
            self.stdout.write(json_format.dumps(came, ensure_ascii=False))
        if code := exit_code(came):
            words = _("%(accepted)s of %(files)s files went the whole way.")
            raise CommandError(words % came, returncode=code)

    def progress(self, file):
        """Say that a file is through, so that a long run is seen to go on."""
        if self.stderr.isatty():
            self.stderr.write(f"{file.city} {file.period}", ending="\r")


def existing(path: str) -> Path:
    """Return the path of a folder or file. Raises CommandError if there is none."""
    found = Path(path)
    if not found.is_dir() and not found.is_file():
        raise wrong(_("There is no file %(file)s.") % {"file": path})
    return found


def cities_of(user, *, dated: bool):
    """
    Return the cities whose workbooks a user may bring.

    A bureau brings those of its own; an administrator any city's, as a dated history.
    """
    if dated and user.has_perm(access.BACKFILL):
        return cities_for(user)
    return own_cities(user) if user.has_perm(access.UPLOAD) else cities_for(user).none()


def must_accept(user, by) -> None:
    """Raise CommandError unless a user may accept what somebody brings."""
    if not user.has_perm(access.REVIEW):
        raise CommandError(
            _("%(user)s may not accept workbooks.") % {"user": user}, returncode=MANDATORY
        )
    if user == by:
        raise CommandError(
            _("Somebody other than the person who submitted it must decide."),
            returncode=MANDATORY,
        )


def exit_code(came: dict) -> int:
    """Return how the command ends."""
    if came["unreadable"]:
        return UNREADABLE
    return MANDATORY if came["findings"] or came["not_recognised"] else 0
