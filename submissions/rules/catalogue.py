"""
Every finding there can be: its code, how grave it is, what it says and what to do about it.

One text serves the page, the API, the command line and the rule page. Texts are English source
strings; the Chinese that officials read is in config/locale. Fill-ins are %(name)s.
"""

from dataclasses import dataclass, replace

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Severity(models.TextChoices):
    """Whether a finding must be corrected, or may be explained."""

    MANDATORY = "mandatory", _("Mandatory")
    ADVISORY = "advisory", _("Advisory")


@dataclass(frozen=True, slots=True)
class FindingKind:
    """
    One kind of finding.

    message  what is wrong
    remedy   what to do
    trial    whether it is only tried out: shown, but nobody need answer it
    why      why there is such a rule, for the rule page
    example  a case of it, for the rule page
    """

    code: str
    severity: Severity
    message: str | Promise
    remedy: str | Promise
    trial: bool = False
    why: str | Promise = ""
    example: str | Promise = ""

    @property
    def general_message(self) -> str:
        """Return what is wrong with … in place of every fill-in."""
        return str(self.message) % FillIns()

    @property
    def general_remedy(self) -> str:
        """Return what to do with … in place of every fill-in."""
        return str(self.remedy) % FillIns()


class FillIns(dict):
    """Fill-ins of a text. One that is not there is …: a stored finding outlives its wording."""

    def __missing__(self, name: str) -> str:
        """Return the sign for something left out."""
        return "…"


CATALOGUE: dict[str, FindingKind] = {}


def enter(
    code: str,
    severity: Severity,
    message: str | Promise,
    remedy: str | Promise,
    *,
    trial: bool = False,
) -> FindingKind:
    """
    Add an entry to the catalogue and return it.

    Raises ValueError for a code used twice, and for a mandatory finding on trial: what is only
    tried out never blocks.
    """
    if code in CATALOGUE:
        raise ValueError(f"{code} is in the catalogue already.")
    if trial and severity != Severity.ADVISORY:
        raise ValueError(f"{code} is on trial and cannot be mandatory.")
    CATALOGUE[code] = FindingKind(code, severity, message, remedy, trial)
    return CATALOGUE[code]


def because(code: str, why: str | Promise, example: str | Promise) -> None:
    """Say why there is a rule, and give a case of it. Raises KeyError for an unknown code."""
    CATALOGUE[code] = replace(CATALOGUE[code], why=why, example=example)
