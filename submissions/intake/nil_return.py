"""The workbook of a city that has nothing to report, written by the system on its word."""

import io

from django.utils.translation import gettext as _

from clusters.models import City, ReportingPeriod
from foundation.language import quarter_name
from submissions.intake.background import receive_and_check
from submissions.intake.prefill import facts_for
from submissions.models import Submission
from submissions.workbook.template.writer import template


def receive_nil_return(city: City, period: ReportingPeriod, reason: str, *, by) -> Submission:
    """
    Store the template with the reason in its cell as the city's next version, to be checked.

    It goes the way of every workbook, and the same rules hold. The same declaration again makes
    no new version. Raises Refused if it cannot be stored.
    """
    content = template(facts_for(city, period, nil=reason))
    name = _("%(city)s, %(period)s, no data") % {
        "city": city.name,
        "period": quarter_name(period.quarter),
    }
    return receive_and_check(
        io.BytesIO(content), city=city, period=period, by=by, filename=f"{name}.xlsx"
    )
