"""Loads what a city's firms reported in the last nine quarters. One query."""

from datetime import datetime

from django.db.models import FloatField
from django.db.models.functions import Cast

from clusters.models import City
from enterprises.models import EnterpriseReturn
from foundation.quarters import Quarter
from submissions.rules.plausibility.past import FIELDS, QUARTERS, Past


def firms_past(
    city: City, quarter: Quarter, moment: datetime, code_of: dict[int, str]
) -> dict[str, Past]:
    """
    Return credit code -> what the firm reported before a quarter, as of a moment.

    code_of: primary key -> credit code, of the firms that are asked about.
    """
    back_of = {str(Quarter.from_ordinal(quarter.ordinal - n)): n for n in range(1, QUARTERS + 1)}
    figures = [Cast(name, FloatField()) for name in FIELDS]
    rows = EnterpriseReturn.objects.as_of(moment).filter(city=city, period__code__in=back_of)
    found: dict[str, Past] = {}
    number = quarter.quarter
    for period, firm, *given in rows.values_list("period__code", "enterprise_id", *figures):
        if code := code_of.get(firm):
            past = found.get(code)
            if past is None:
                past = found[code] = Past(number)
            past.put(back_of[period], given)
    return found
