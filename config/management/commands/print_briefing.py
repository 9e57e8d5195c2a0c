"""The briefing as PDF: A4, by headless Chromium, without a network."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.management.base import CommandError
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from audit.operator_command import OperatorCommand
from clusters.viewpoint import viewpoint_of
from config.deploy.pdf_text import with_plain_signs
from indicators.data.snapshot_reader import snapshot
from indicators.models import Briefing
from submissions.papers import briefings
from submissions.papers.paper_sheet import briefing_sheet

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
STYLES = (
    "vendor/bootstrap-5.3.9.min.css",
    "css/tokens.css",
    "css/base.css",
    "css/components/status.css",
    "css/components/paper.css",
)
# Chooses how close the lines stand: static/js/paper.js.
SCRIPT = "js/paper.js"
ARGUMENTS = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
    # The page's script is a module, and reads the style sheets' rules.
    "--allow-file-access-from-files",
)
PATIENCE = 90


class Command(OperatorCommand):
    @property
    def help(self):
        """What it does, in the active language."""
        return _("Print a period's briefing as PDF: the draft, or an issued one.")

    def add_arguments(self, parser):
        """Take the period, the file to write, and which of the issued ones."""
        parser.add_argument("period", help=_("such as 2025Q3"))
        parser.add_argument("--to", required=True, metavar="FILE.pdf", type=Path)
        parser.add_argument("--number", help=_("of an issued briefing; without it, the draft"))
        parser.add_argument("--as-of", metavar="DAY", default="", help=_("the draft of a day"))
        parser.add_argument("--language", default="zh-hans", choices=["zh-hans", "en"])

    def handle(self, *, period, to, number, as_of, language, **options):
        """Render the sheet and print it."""
        browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
        if browser is None:
            raise CommandError(
                _("No Chromium was found. Install one: apt-get install chromium fonts-noto-cjk")
            )
        with translation.override(language):
            sheet = issued_sheet(period, number) if number else draft_sheet(period, as_of)
            page = render_to_string(
                "submissions/paper_print.html",
                {"sheet": sheet, "styles": [Path(name).name for name in STYLES]},
            )
        print_page(browser, page, to.resolve())
        self.stdout.write(_("Written: %(file)s") % {"file": to})


def issued_sheet(period: str, number: str) -> dict:
    """Return the sheet of an issued briefing. Raises CommandError if there is none."""
    issued = Briefing.objects.filter(period__code=period, number=number).first()
    if issued is None:
        raise CommandError(
            _("No briefing %(number)s was issued for %(period)s.")
            % {"number": number, "period": period}
        )
    return briefing_sheet(issued.data, issued.sha256)


def draft_sheet(period: str, as_of: str) -> dict:
    """Return the sheet of a period's draft. Raises CommandError for what is no period or day."""
    try:
        viewpoint = viewpoint_of({"period": period, "as_of": as_of})
    except ValueError as wrong:
        raise CommandError(str(wrong)) from None
    every = Briefing.objects.select_related("plan", "period")
    return briefing_sheet(briefings.draft_after(every, snapshot(viewpoint), viewpoint))


def print_page(browser: str, page: str, to: Path) -> None:
    """Print a page with styles and script from a folder of its own. Raises CommandError."""
    with tempfile.TemporaryDirectory(prefix="briefing-") as folder:
        there = Path(folder)
        for name in (*STYLES, SCRIPT):
            shutil.copyfile(finders.find(name), there / Path(name).name)
        (there / "briefing.html").write_text(page, encoding="utf-8")
        made = there / "briefing.pdf"
        command = [browser, *ARGUMENTS, f"--user-data-dir={there / 'profile'}"]
        if os.geteuid() == 0:
            # Chromium's sandbox refuses root; what it opens is our own page.
            command.append("--no-sandbox")
        command += [f"--print-to-pdf={made}", (there / "briefing.html").as_uri()]
        try:
            done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
        except subprocess.TimeoutExpired:
            raise CommandError(
                _("Chromium did not finish within %(seconds)s s.") % {"seconds": PATIENCE}
            ) from None
        if not made.exists():
            last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
            raise CommandError(_("Chromium could not print: %(why)s") % {"why": "".join(last)})
        to.write_bytes(with_plain_signs(made.read_bytes()))
