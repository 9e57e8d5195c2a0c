"""The rule on the template of a file, which is checked before all others."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from submissions.rules.catalogue import Severity
from submissions.rules.context import Context
from submissions.rules.rule import Location, on_file, rule
from submissions.rules.template_signature import read_stamp
from submissions.workbook.contents import Reading
from submissions.workbook.layout import TEMPLATE_VERSION


@rule(
    "E136",
    Severity.MANDATORY,
    _(
        "The file was made from the template of %(found_city)s for %(found_period)s, version "
        "%(found_version)s; the right one is that of %(city)s for %(period)s, version %(version)s."
    ),
    _(
        "Download the template of %(city)s for %(period)s and copy the figures into it; or "
        "choose the period that the file is for."
    ),
)
def template_is_another(reading: Reading, context: Context) -> Iterator[Location]:
    """The template's stamp names another city or quarter, or a version that is no longer used."""
    found = read_stamp(reading.stamp)
    right = (context.city.code, str(context.period), TEMPLATE_VERSION)
    if found and (found.city, found.period, found.version) != right:
        names = {code: name for name, code in context.city_names.items()}
        names[context.city.code] = context.city.name
        yield on_file(
            found_city=names.get(found.city, found.city),
            found_period=found.period,
            found_version=found.version,
            city=context.city.name,
            period=context.period,
            version=TEMPLATE_VERSION,
        )


@rule(
    "W280",
    Severity.ADVISORY,
    _(
        "The template's stamp in the hidden sheet does not hold: it was changed, or the template "
        "is not this system's."
    ),
    _(
        "Nothing need be done. City and period were taken from your choice; check that both are "
        "right."
    ),
    trial=True,
)
def stamp_is_broken(reading: Reading, context: Context) -> Iterator[Location]:
    """The file has a stamp, and its signature is not ours."""
    if reading.stamp and read_stamp(reading.stamp) is None:
        yield on_file()
