"""The signed stamp in a template's hidden sheet: city, period and version."""

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
    """Return the signed stamp of the current template of a city and period."""
    return Signer(salt=SALT).sign_object([city.code, period.code, TEMPLATE_VERSION])


def read_stamp(text: str | None) -> Stamp | None:
    """
    Return the content of a stamp; None without one, or if its signature is not ours.

    A broken stamp is no offence: a workbook without one is accepted as well.
    """
    try:
        city, period, version = Signer(salt=SALT).unsign_object(text or "")
        return Stamp(str(city), str(period), int(version))
    except (BadSignature, ValueError, TypeError):
        return None
