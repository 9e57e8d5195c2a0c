"""Reads a submission's original by the layout that it came with."""

from collections.abc import Generator
from pathlib import Path

from clusters.models import City
from submissions.models import FirmChoice, LayoutUse, Submission
from submissions.rules.context import FORMER_CITIES
from submissions.workbook.contents import Reading
from submissions.workbook.foreign.firms import with_codes
from submissions.workbook.foreign.foreign_sandbox import read_foreign
from submissions.workbook.foreign.slices import GivenPlace
from submissions.workbook.sandbox import ProgressStep


def use_of(submission: Submission) -> LayoutUse | None:
    """Return the layout that a submission is read by; None for our own workbook. One query."""
    return LayoutUse.objects.filter(submission=submission).select_related("layout").first()


def read_by_layout(
    submission: Submission, use: LayoutUse, path: Path
) -> Generator[ProgressStep, None, Reading]:
    """Return what a foreign file says of a submission's city and quarter, and yield progress."""
    reading = yield from read_foreign(
        path,
        submission.filename,
        use.layout.as_spec(),
        (submission.city.code, submission.period.code),
        city_codes(),
        given_of(use),
    )
    return with_codes(reading, chosen_firms(submission))


def given_of(use: LayoutUse) -> GivenPlace:
    """Return what a person gave that the file does not say."""
    return GivenPlace(use.given_city, use.given_year, use.given_quarter)


def city_codes() -> dict[str, str]:
    """
    Return the cities by name, to find them in texts: 济南市 -> 370100.

    Those that were joined to another come first, so that a code's last name is its own.
    """
    return FORMER_CITIES | dict(City.objects.values_list("name", "code"))


def chosen_firms(submission: Submission) -> dict[str, str]:
    """Return the name in the file -> the credit code chosen last, "" for one that stays open."""
    chosen = FirmChoice.objects.filter(submission=submission).order_by("pk")
    return dict(chosen.values_list("name", "credit_code"))
