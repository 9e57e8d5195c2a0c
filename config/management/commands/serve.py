"""`make run`: everything in place, then a production-grade server in this process."""

import os
import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections
from django.utils.translation import gettext as _
from gunicorn.app import wsgiapp

from config.deploy import demonstration, demonstration_accounts
from config.deploy.worker_beside import keep_a_worker
from submissions.models import Submission


class Command(BaseCommand):
    @property
    def help(self):
        """What it does, in the active language."""
        return _(
            "Set up, load the demonstration into an embedded database without a submission; serve."
        )

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
        demonstration.add_argument(parser)

    def handle(self, *, port, demo, **options):
        call_command("setup", stdout=self.stdout)
        if (demo or demonstration.is_embedded()) and needs_demonstration():
            call_command("load_demo", demo=demo, stdout=self.stdout)
        demonstration_accounts.update_password()
        self.say_where(port)
        connections.close_all()
        keep_a_worker()
        run_gunicorn(port)

    def say_where(self, port):
        """Print the address and who can sign in."""
        self.stdout.write(f"\n  http://127.0.0.1:{port}/\n")
        if names := ", ".join(demonstration_accounts.names()):
            password = demonstration_accounts.password()
            self.stdout.write("  " + _("Demonstration accounts: %(names)s") % {"names": names})
            self.stdout.write(
                "  " + _("Password of all of them: %(password)s") % {"password": password} + "\n"
            )
        self.stdout.flush()


def needs_demonstration() -> bool:
    """Return whether there is no submission yet, or the demonstration was cut short."""
    unfinished = settings.DATA_DIR / "demonstration_unfinished"
    return unfinished.exists() or not Submission.objects.exists()


def run_gunicorn(port: int) -> None:
    """Serve until told to end, by gunicorn in this process: what it has read is not read again."""
    sys.argv = gunicorn_command(port)
    wsgiapp.run()


def gunicorn_command(port: int) -> list[str]:
    """Return gunicorn's command."""
    return [
        *("gunicorn", "config.wsgi:application", "--bind", f"127.0.0.1:{port}"),
        *("--config", "python:config.deploy.server.gunicorn_settings"),
    ]
