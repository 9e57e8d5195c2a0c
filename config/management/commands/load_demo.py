"""The demonstration (示例数据): accounts, firms, and thirteen quarters through the real intake."""

import io
import time

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from audit.operator_command import OperatorCommand
from clusters.models import City
from config.deploy import demonstration
from config.deploy.database_owner import owner_connected
from config.deploy.demonstration_accounts import make_accounts, password
from indicators.outlook import stored_forecasts
from submissions.demonstration import ledger, loading, papers, register, story
from submissions.demonstration.story import WorkbookVersion
from submissions.refused import Refused

UNFINISHED = "demonstration_unfinished"


class Command(OperatorCommand):
    """
    Loads the demonstration; run again after an interruption, it goes on where it stopped.

    Refused beside real submissions or enterprises.
    """

    @property
    def help(self):
        """What it does, in the active language."""
        return _(
            "Load the demonstration data and accounts: synthetic, and marked 示例数据 throughout."
        )

    def add_arguments(self, parser):
        demonstration.add_argument(parser)

    def handle(self, *, demo, **options):
        if not (demo or demonstration.is_embedded()):
            raise CommandError(
                _("This is not the embedded database. To load the demonstration here, say --demo.")
            )
        began = time.monotonic()
        unfinished = settings.DATA_DIR / UNFINISHED
        call_command("setup", static=False, stdout=io.StringIO())
        try:
            loading.refuse_with_real_data()
            # Told by the next start that there is something to finish.
            unfinished.touch()
            accounts = self.prepare()
            loading.load(
                bureaus={city.code: accounts[city.slug] for city in City.objects.all()},
                reviewer=accounts["reviewer"],
                report=Progress(self.stdout, began),
                before_newest=lambda: ledger.enter(
                    by=accounts["official"],
                    checker=accounts["reviewer"],
                    with_workbook=story.answered(story.LAST),
                ),
            )
            papers.issue(by=accounts["reviewer"])
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        stored_forecasts.store_forecasts()
        unfinished.unlink(missing_ok=True)
        seconds = time.monotonic() - began
        self.stdout.write(
            _("Demonstration data (示例数据) loaded in %(seconds).0f s.") % {"seconds": seconds}
        )
        names = ", ".join(accounts)
        self.stdout.write(_("Demonstration accounts: %(names)s") % {"names": names})
        self.stdout.write(_("Password of all of them: %(password)s") % {"password": password()})

    def prepare(self):
        """Make what the workbooks rest on, and return the accounts by user name."""
        accounts = make_accounts()
        entered = register.enter_firms()
        with owner_connected():
            register.enter_baselines()
        register.enter_establishments()
        self.stdout.write(
            _("Demonstration data (示例数据): enterprises entered: %(firms)s.") % {"firms": entered}
        )
        return accounts


class Progress:
    """Says after each quarter how far the loading has come."""

    def __init__(self, stdout, began: float) -> None:
        """Take where to say it, and the moment from which seconds count."""
        self.stdout = stdout
        self.began = began
        self.newest = None

    def __call__(self, version: WorkbookVersion, done: int, total: int) -> None:
        """Take note of one workbook."""
        # A restatement comes among the workbooks of a later quarter.
        if self.newest is None or version.quarter > self.newest or done == total:
            self.newest = version.quarter
            words = {"quarter": version.quarter, "done": done, "total": total}
            words["seconds"] = time.monotonic() - self.began
            text = _("%(quarter)s: %(done)s of %(total)s workbooks, %(seconds).0f s")
            self.stdout.write("  " + text % words)
            self.stdout.flush()
