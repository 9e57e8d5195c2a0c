"""
Every finding there can be: its code, how grave it is, what it says and what to do about it.

One text serves the page, the API, the command line and the rule page. Texts are English source
strings; the Chinese that officials read is in config/locale. Fill-ins are %(name)s.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Severity(models.TextChoices):
    """Whether a finding must be mended, or may be explained."""

    MANDATORY = "mandatory", _("Mandatory")
    ADVISORY = "advisory", _("Advisory")


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of finding. `message` says what is wrong, `remedy` what to do."""

    code: str
    severity: Severity
    message: str | Promise
    remedy: str | Promise


CATALOGUE: dict[str, Entry] = {}


def enter(code: str, severity: Severity, message: str | Promise, remedy: str | Promise) -> Entry:
    """Add an entry to the catalogue and return it. Raises ValueError for a code used twice."""
    if code in CATALOGUE:
        raise ValueError(f"{code} is in the catalogue already.")
    CATALOGUE[code] = Entry(code, severity, message, remedy)
    return CATALOGUE[code]
