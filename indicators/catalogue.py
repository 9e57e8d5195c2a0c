"""
Every indicator: what it is called, what it counts, in what unit, by which formula.

Two are part of the public contract and defined here. Any other is defined by the record of its
target (indicators.models.Target), which an administrator enters: `defined_by`.
"""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

from enterprises.thresholds import OVER_100M
from foundation.language import in_chinese

CENT = Decimal("0.01")


class IndicatorKind(StrEnum):
    """How an indicator is calculated."""

    SHARE = "share"
    COUNT = "count"
    ESTABLISHED = "established"
    LEVEL = "level"


class Measure(StrEnum):
    """The reported figure that an indicator rests on; none replaces another."""

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


class Pace(StrEnum):
    """
    What a figure is judged against before the year's end.

    POINT       comparable at every quarter's end: judged against the line itself
    CUMULATIVE  an amount that begins anew each 1 January: its projection of the year is judged
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

# Amounts of money, cumulative from 1 January; the other measures are numbers at the period's end.
AMOUNTS = frozenset({Measure.OUTPUT_VALUE, Measure.REVENUE, Measure.RD_EXPENDITURE})


@dataclass(frozen=True)
class Indicator:
    """
    One indicator. Two are equal if they compute the same, whatever they are called.

    unit       ratio (a fraction, shown in percent), count, or yuan
    scope      what is counted in (口径); series of different scope are never joined
    rising     whether more is better
    measure    None for a count of established things
    formula    in words, for the page of the indicator
    source     where the plan says so
    threshold  of a count, in yuan; None for any other
    strict     whether the threshold itself is left out (过) or counted in (以上)
    numerator  of a share: whose part it is
    things     of a count of established things: what; tier_id the title, if it is one
    """

    code: str
    name: str | Promise = field(compare=False)
    short_name: str | Promise = field(compare=False)
    unit: str
    scope: str | Promise = field(compare=False)
    rising: bool
    kind: IndicatorKind
    measure: Measure | None
    formula: str | Promise = field(compare=False)
    source: str | Promise = field(compare=False)
    threshold: Decimal | None = None
    strict: bool = True
    numerator: Numerator = Numerator.CLUSTER_CITIES
    things: CountedThings | None = None
    tier_id: int | None = None

    @property
    def line(self) -> Decimal:
        """
        The revenue in yuan that an enterprise must exceed to count.

        Amounts have two places: to reach a threshold is to exceed what lies a cent below it.
        """
        assert self.threshold is not None
        return self.threshold if self.strict else self.threshold - CENT

    @property
    def pace(self) -> Pace:
        """How it is judged against its pace."""
        if self.kind is IndicatorKind.COUNT:
            return Pace.THRESHOLD
        if self.kind is IndicatorKind.LEVEL and self.measure in AMOUNTS:
            return Pace.CUMULATIVE
        return Pace.POINT


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
AS_REPORTED = _(
    "Environmental output value of the eco-environmental industry, as the cities report it"
)
COUNTED = _("Environmental revenue of enterprises of the eco-environmental industry")

CLUSTER_OUTPUT_SHARE = Indicator(
    code="cluster-output-share",
    name=_("Clusters' share of the province's environmental output value"),
    short_name=_("Cluster share"),
    unit="ratio",
    scope=AS_REPORTED,
    rising=True,
    kind=IndicatorKind.SHARE,
    measure=Measure.OUTPUT_VALUE,
    formula=_(
        "Output value of the cluster cities, divided by the output value of all cities of the "
        "province. Both from accepted city totals, cumulative to the end of the same quarter."
    ),
    source=_("311 plan, targets for 2025"),
)
FIRMS_OVER_100M = Indicator(
    code="firms-over-100m",
    name=_("Enterprises with environmental revenue over 100 million yuan"),
    short_name=_("Firms over 100 million"),
    unit="count",
    scope=COUNTED,
    rising=True,
    kind=IndicatorKind.COUNT,
    measure=Measure.REVENUE,
    formula=_(
        "Number of enterprises whose environmental revenue of the year is over 100 million yuan; "
        "exactly 100 million is not over. Each credit code counts once in the province. Before "
        "the year's end the target is judged by the projection of the year."
    ),
    source=_("311 plan, targets for 2025"),
    threshold=OVER_100M,
)
# The codes of the contract. What they mean is fixed; a record of the same code adds the goal.
INDICATORS = {one.code: one for one in (CLUSTER_OUTPUT_SHARE, FIRMS_OVER_100M)}


def defined_by(target: Any) -> Indicator:
    """
    Return the indicator that a target is about, from its record; asks the database nothing.

    The meaning of a code of the contract is fixed; the record gives its name and source.
    """
    fixed = INDICATORS.get(target.indicator)
    rising = target.comparator not in ("<", "<=")
    source = target.source or (fixed.source if fixed else "")
    if fixed is not None:
        name = _own_words(target.name, target.name_en, fixed.name)
        short = _own_words(target.short_name, target.short_name_en, fixed.short_name)
        return replace(fixed, name=name, short_name=short, rising=rising, source=source)
    kind = IndicatorKind(target.kind)
    name = _own_words(target.name, target.name_en, target.indicator)
    return Indicator(
        code=target.indicator,
        name=name,
        short_name=_own_words(target.short_name, target.short_name_en, name),
        unit=unit_of(kind, target.measure),
        scope=_scope(kind, target),
        rising=rising,
        kind=kind,
        measure=Measure(target.measure) if target.measure else None,
        formula=_formula(kind, target),
        source=source,
        threshold=target.threshold,
        strict=target.strict,
        numerator=Numerator(target.numerator or Numerator.CLUSTER_CITIES),
        things=CountedThings(target.things) if target.things else None,
        tier_id=target.tier_id,
    )


def unit_of(kind: IndicatorKind, measure: str) -> str:
    """Return the unit in which an indicator's values are kept and computed."""
    if kind is IndicatorKind.SHARE:
        return "ratio"
    if kind is IndicatorKind.LEVEL and measure in AMOUNTS:
        return "yuan"
    return "count"


def _own_words(chinese: str, english: str, otherwise: str | Promise) -> str | Promise:
    """Return a name in the reader's language; the other one where it is missing."""
    if not chinese and not english:
        return otherwise
    return _bilingual(chinese or english, english or chinese)


def _in_language(chinese: str, english: str) -> str:
    return chinese if in_chinese() else english


_bilingual = lazy(_in_language, str)


def _scope(kind: IndicatorKind, target: Any) -> str | Promise:
    """Return what is counted in."""
    if kind is IndicatorKind.COUNT:
        return COUNTED
    if kind is IndicatorKind.ESTABLISHED:
        return _("The plan's own records: dates of establishment and titles, with their evidence")
    return _joined_words(
        MEASURE_WORDS[Measure(target.measure)],
        _("as the cities report it in their accepted totals (城市汇总)"),
    )


FORMULAS: dict[IndicatorKind, Promise] = {
    IndicatorKind.SHARE: _(
        "%(measure)s of %(numerator)s, divided by that of all cities of the province. Both from "
        "accepted city totals of the same quarter."
    ),
    IndicatorKind.COUNT: _(
        "Number of enterprises whose environmental revenue of the year is %(line)s yuan. Each "
        "credit code counts once in the province. Before the year's end the target is judged by "
        "the projection of the year."
    ),
    IndicatorKind.LEVEL: _(
        "%(measure)s of all cities of the province, from accepted city totals. What begins anew "
        "each January is judged, before the year's end, by its projection of the year."
    ),
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


def _formula(kind: IndicatorKind, target: Any) -> str | Promise:
    """Return how it is calculated, in words."""
    if kind is IndicatorKind.ESTABLISHED:
        return THINGS_FORMULAS[CountedThings(target.things)]
    return _filled(
        FORMULAS[kind],
        measure=MEASURE_WORDS.get(target.measure, ""),
        numerator=NUMERATOR_WORDS.get(target.numerator, ""),
        line=_line_words(target.threshold, target.strict) if kind is IndicatorKind.COUNT else "",
    )


def _fill(text: Promise, **parts: object) -> str:
    return str(text) % parts


def _join(one: Promise, other: Promise) -> str:
    return str(_("%(what)s, %(how)s")) % {"what": one, "how": other}


def _say_line(threshold: Decimal, strict: bool) -> str:
    words = _("over %(amount)s") if strict else _("at least %(amount)s")
    return str(words) % {"amount": f"{threshold.normalize():,f}"}


_filled = lazy(_fill, str)
_joined_words = lazy(_join, str)
_line_words = lazy(_say_line, str)
