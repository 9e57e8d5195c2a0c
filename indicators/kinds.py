"""
The kinds of indicators, and the reported figures that they are made of.

A kind is a member of Kind, its KindFacts here, and its Calculation in indicators.results.scorecard.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class IndicatorKind(StrEnum):
    """How an indicator is calculated."""

    SHARE = "share"
    COUNT = "count"
    ESTABLISHED = "established"
    LEVEL = "level"


class CountedFrom(StrEnum):
    """In which table of the cities' workbooks the figures of an indicator stand."""

    CITY_TOTALS = "city"
    ENTERPRISE_LINES = "enterprises"
    # In none: dates of establishment and titles, as the plan's own records have them.
    RECORDS = ""


class Measure(StrEnum):
    """Which reported figure it rests on: one never stands in for the other."""

    OUTPUT_VALUE = "output_value"
    REVENUE = "revenue"
    RD_EXPENDITURE = "rd_expenditure"
    EMPLOYEES = "employees"
    ENTERPRISES = "enterprises"


class Numerator(StrEnum):
    """Whose part of the province a share is: cities, as the plan of the quarter names them."""

    CLUSTER_CITIES = "cluster_cities"
    PARK_CITIES = "park_cities"


class CountedThings(StrEnum):
    """What a count of established things counts."""

    CLUSTERS = "clusters"
    PARKS = "parks"
    TITLE = "title"


# Things that are built; a title is held, so it counts as a figure does.
BUILT = (CountedThings.CLUSTERS, CountedThings.PARKS)


class Pace(StrEnum):
    """
    What a figure can be held against before the year's end.

    POINT       comparable at every quarter's end: held against the line itself
    CUMULATIVE  an amount that begins anew each 1 January: its projection of the year is held
                against the line at the year's end
    THRESHOLD   a count of enterprises over a yearly amount: likewise, each enterprise projected
    """

    POINT = "point"
    CUMULATIVE = "cumulative"
    THRESHOLD = "threshold"


PACE_WORDS: dict[Pace, Promise] = {
    Pace.POINT: _("at every quarter's end, as it is then"),
    Pace.CUMULATIVE: _(
        "at the year's end: it begins anew each January, so before that its projection of the "
        "year is held against the pace of the year's end"
    ),
    Pace.THRESHOLD: _(
        "at the year's end: few have passed the yearly threshold before, so until then the "
        "enterprises expected to pass it count too"
    ),
}


@dataclass(frozen=True)
class KindFacts:
    """
    What holds for every indicator of a kind.

    words         the kind, as an administrator chooses it for a target
    counted_from  in which table of the workbooks its figures stand
    unit          of its values: ratio, count; None is that of its measure, yuan or count
    is_split      whether what moved it can be split by city and cause
    formula       in words, with %(measure)s, %(numerator)s, %(line)s; None of established things
    divided_by    the measure that its own is divided by, if there is one
    """

    words: Promise
    counted_from: CountedFrom
    unit: str | None
    is_split: bool
    formula: Promise | None
    divided_by: Measure | None = None


KINDS: dict[IndicatorKind, KindFacts] = {
    IndicatorKind.SHARE: KindFacts(
        words=_("Share of the province's total"),
        counted_from=CountedFrom.CITY_TOTALS,
        unit="ratio",
        is_split=True,
        formula=_(
            "%(measure)s of %(numerator)s, divided by that of all cities of the province. Both "
            "from accepted city totals of the same quarter."
        ),
    ),
    IndicatorKind.COUNT: KindFacts(
        words=_("Number of enterprises over a threshold"),
        counted_from=CountedFrom.ENTERPRISE_LINES,
        unit="count",
        is_split=True,
        formula=_(
            "Number of enterprises whose environmental revenue of the year is %(line)s yuan. Each "
            "credit code counts once in the province. Before the year's end the target is judged "
            "by the projection of the year."
        ),
    ),
    IndicatorKind.ESTABLISHED: KindFacts(
        words=_("Number of established things"),
        counted_from=CountedFrom.RECORDS,
        unit="count",
        is_split=False,
        # What is counted has a formula of its own: THINGS_FORMULAS.
        formula=None,
    ),
    IndicatorKind.LEVEL: KindFacts(
        words=_("Total of the province"),
        counted_from=CountedFrom.CITY_TOTALS,
        unit=None,
        is_split=True,
        formula=_(
            "%(measure)s of all cities of the province, from accepted city totals. What begins "
            "anew each January is judged, before the year's end, by its projection of the year."
        ),
    ),
}

# Amounts of money, cumulative from 1 January; the other measures are numbers at the period's end.
AMOUNTS = frozenset({Measure.OUTPUT_VALUE, Measure.REVENUE, Measure.RD_EXPENDITURE})

MEASURE_WORDS: dict[Measure, Promise] = {
    Measure.OUTPUT_VALUE: _("Environmental output value"),
    Measure.REVENUE: _("Environmental revenue"),
    Measure.RD_EXPENDITURE: _("R&D expenditure"),
    Measure.EMPLOYEES: _("Employees"),
    Measure.ENTERPRISES: _("Environmental enterprises"),
}
NUMERATOR_WORDS: dict[Numerator, Promise] = {
    Numerator.CLUSTER_CITIES: _("the cities that build a cluster under the plan"),
    Numerator.PARK_CITIES: _("the cities that have a characteristic park under the plan"),
}

THINGS_FORMULAS: dict[CountedThings, Promise] = {
    CountedThings.CLUSTERS: _(
        "Number of the plan's clusters that were established by the quarter's end. A cluster "
        "counts once its record has a date of establishment; without any word of it, it is "
        "neither counted nor ruled out."
    ),
    CountedThings.PARKS: _(
        "Number of the plan's parks that were established by the quarter's end. A park counts "
        "once its record has a date of establishment; without any word of it, it is neither "
        "counted nor ruled out."
    ),
    CountedThings.TITLE: _(
        "Number of enterprises that held the title on the quarter's last day, by the dated "
        "awards of the register; each enterprise counts once."
    ),
}
