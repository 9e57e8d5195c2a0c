"""The stamp in a template's hidden sheet: whose it is, for when, of which version; signed."""

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer

from submissions.workbook.layout import TEMPLATE_VERSION

SALT = "submissions.template"


@dataclass(frozen=True, slots=True)
class Stamp:
    """City (GB/T 2260 code), period (2025Q3) and version that a template was made for."""

    city: str
    period: str
    version: int


def stamp(city, period) -> str:
    """Return the stamp of today's template of a city and a period."""
    return Signer(salt=SALT).sign_object([city.code, period.code, TEMPLATE_VERSION])


def read_stamp(text: str | None) -> Stamp | None:
    """
    Return what a stamp says; None for none, or for one that was not signed here.

    Nobody gains by breaking a stamp: a workbook without one is as good as any.
    """
    try:
        city, period, version = Signer(salt=SALT).unsign_object(text or "")
        return Stamp(str(city), str(period), int(version))
    except (BadSignature, ValueError, TypeError):
        return None
