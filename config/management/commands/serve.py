"""`make run`: everything in place, then a production-grade server in this process."""

import os
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections
from django.utils.translation import gettext as _
from gunicorn.app import wsgiapp

from config.deploy import demonstration_accounts
from submissions.models import Submission


class Command(BaseCommand):
    @property
    def help(self):
        """What it does, in the active language."""
        return _(
            "Migrate, load reference data, load the demonstration if there is no submission; serve."
        )

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))

    def handle(self, *, port, **options):
        call_command("setup", stdout=self.stdout)
        if needs_demonstration():
            call_command("load_demo", stdout=self.stdout)
        demonstration_accounts.update_password()
        collect_static_files()
        self.say_where(port)
        connections.close_all()
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


def newest_change(folder: Path) -> float:
    """Return when any file of a folder last changed, in seconds; 0 for none. Python's own aside."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return max((path.stat().st_mtime for path in files), default=0)


def collect_static_files() -> None:
    """Collect, hash and compress the static files, if they or how they are found changed since."""
    done = settings.STATIC_ROOT / "staticfiles.json"
    folders = [settings.BASE_DIR / "static", settings.BASE_DIR / "config"]
    changed = max(*map(newest_change, folders), Path(sys.executable).stat().st_mtime)
    if not done.exists() or done.stat().st_mtime < changed:
        call_command("collectstatic", interactive=False, verbosity=0)


def run_gunicorn(port: int) -> None:
    """Serve until told to end, by gunicorn in this process: what it has read is not read again."""
    sys.argv = gunicorn_command(port)
    wsgiapp.run()


def gunicorn_command(port: int) -> list[str]:
    """Return gunicorn's command: sync workers, since threads are slower on these pages."""
    return [
        *("gunicorn", "config.wsgi:application", "--preload", "--bind", f"127.0.0.1:{port}"),
        *("--workers", os.environ.get("WEB_CONCURRENCY") or "2"),
        # A workbook may be read for 40 seconds; the time-out must be longer.
        *("--timeout", "90", "--graceful-timeout", "30"),
        # A worker that never ends would keep whatever memory its largest page took.
        *("--max-requests", "5000", "--max-requests-jitter", "500"),
        *("--log-level", "warning"),
    ]
