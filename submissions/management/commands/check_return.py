import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils.translation import gettext as _

from clusters.models import City, ReportingPeriod
from submissions.rules.catalogue import Severity
from submissions.validation.checking import check
from submissions.validation.reporting import as_json, as_text
from submissions.workbook.sandbox import read_sandboxed

NO_MANDATORY, MANDATORY, UNREADABLE = 0, 1, 2


class Command(BaseCommand):
    """Exit 0 without a mandatory finding, 1 with one, 2 for a file or arguments that fail."""

    @property
    def help(self):
        """Return the help text in the active language."""
        return _("Read and check a city's workbook. Stores nothing.")

    def add_arguments(self, parser):
        """Add file, city, period and output format."""
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--city", required=True, help=_("code or slug: 370100 or jinan"))
        parser.add_argument("--period", required=True, help=_("such as 2025Q3"))
        parser.add_argument("--json", action="store_true", help=_("print one object as last line"))

    def handle(self, *, file, city, period, json, **options):
        """Print the findings and exit with exit_code()."""
        path, city, period = existing(file), city_called(city), period_called(period)
        reading = read_sandboxed(path)
        findings = check(reading, city=city, period=period)
        if json:
            status = "checked" if reading.tables else "unreadable"
            self.stdout.write(
                as_json(
                    file=file,
                    city=city.code,
                    period=period.code,
                    status=status,
                    lines=reading.lines,
                    findings=findings,
                )
            )
        else:
            for line in as_text(findings):
                self.stdout.write(line)
            self.stdout.write(in_short(reading, findings))
        if code := exit_code(reading, findings):
            sys.exit(code)


def exit_code(reading, findings) -> int:
    """Return the exit code of the command."""
    if not reading.tables:
        return UNREADABLE
    if any(each.severity == Severity.MANDATORY for each in findings):
        return MANDATORY
    return NO_MANDATORY


def in_short(reading, findings) -> str:
    """Return the summary line for a terminal."""
    mandatory = sum(each.severity == Severity.MANDATORY for each in findings)
    return _("%(lines)s enterprise lines; %(mandatory)s mandatory, %(advisory)s advisory.") % {
        "lines": reading.lines,
        "mandatory": mandatory,
        "advisory": len(findings) - mandatory,
    }


def existing(file: str) -> Path:
    """Return the path of a file. Raises CommandError if it does not exist."""
    path = Path(file)
    if not path.is_file():
        raise CommandError(_("There is no file %(file)s.") % {"file": file}, returncode=UNREADABLE)
    return path


def city_called(name: str) -> City:
    """Return the city of a code or slug. Raises CommandError."""
    city = City.objects.filter(Q(code=name) | Q(slug=name)).first()
    if city is None:
        raise CommandError(_("There is no city %(city)s.") % {"city": name}, returncode=UNREADABLE)
    return city


def period_called(code: str) -> ReportingPeriod:
    """Return the reporting period of a code. Raises CommandError."""
    period = ReportingPeriod.objects.filter(code=code).first()
    if period is None:
        raise CommandError(
            _("%(period)s is not a reporting period.") % {"period": code}, returncode=UNREADABLE
        )
    return period
