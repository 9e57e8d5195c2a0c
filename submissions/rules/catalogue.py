"""
The catalogue of findings: code, severity, message and remedy of each.

One text serves the page, the API, the command line and the rule page. Texts are English source
strings; the Chinese that officials read is in config/locale. Fill-ins are %(name)s.
"""

import re
from dataclasses import dataclass, replace

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.language import in_chinese, quarter_name
from foundation.quarters import Quarter

QUARTER = re.compile(r"20[0-9]{2}Q[1-4]").fullmatch


class Severity(models.TextChoices):
    """Whether a finding must be corrected or explained."""

    MANDATORY = "mandatory", _("Must be corrected")
    ADVISORY = "advisory", _("Must be explained")


@dataclass(frozen=True, slots=True)
class FindingKind:
    """
    One kind of finding.

    message    what is wrong
    remedy     what to do
    trial      whether it is on trial: shown, but no answer needed
    rationale  why there is such a rule, for the rule page
    example    a case of it, for the rule page
    """

    code: str
    severity: Severity
    message: str | Promise
    remedy: str | Promise
    trial: bool = False
    rationale: str | Promise = ""
    example: str | Promise = ""

    @property
    def general_message(self) -> str:
        """Return the message with … for every parameter."""
        return str(self.message) % FillIns()

    @property
    def general_remedy(self) -> str:
        """Return the remedy with … for every parameter."""
        return str(self.remedy) % FillIns()


class FillIns(dict):
    """
    Parameters of a text; a missing one is …, since a stored finding outlives its wording.

    A quarter is named as the reader's language names it: 2025年三季度 for 2025Q3 in Chinese.
    """

    def __getitem__(self, name: str) -> object:
        """Return a parameter as it stands in a sentence."""
        value = super().__getitem__(name)
        if in_chinese() and QUARTER(str(value)):
            return quarter_name(Quarter.parse(str(value)))
        return value

    def __missing__(self, name: str) -> str:
        """Return an ellipsis."""
        return "…"


CATALOGUE: dict[str, FindingKind] = {}


def register(
    code: str,
    severity: Severity,
    message: str | Promise,
    remedy: str | Promise,
    *,
    trial: bool = False,
) -> FindingKind:
    """
    Add an entry to the catalogue and return it.

    Raises ValueError for a code used twice, and for a mandatory finding on trial: a trial never
    blocks a submission.
    """
    if code in CATALOGUE:
        raise ValueError(f"{code} is in the catalogue already.")
    if trial and severity != Severity.ADVISORY:
        raise ValueError(f"{code} is on trial and cannot be mandatory.")
    CATALOGUE[code] = FindingKind(code, severity, message, remedy, trial)
    return CATALOGUE[code]


def rationale(code: str, reason: str | Promise, example: str | Promise) -> None:
    """Set the rationale and an example of a rule. Raises KeyError for an unknown code."""
    CATALOGUE[code] = replace(CATALOGUE[code], rationale=reason, example=example)
