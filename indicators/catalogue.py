"""Every indicator: what it is called, what it counts, in what unit, by which formula."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from enterprises.thresholds import OVER_100M


class Kind(StrEnum):
    """How an indicator is reckoned."""

    SHARE = "share"
    COUNT = "count"


class Measure(StrEnum):
    """Which reported amount it rests on: one never stands in for the other."""

    OUTPUT_VALUE = "output_value"
    REVENUE = "revenue"


@dataclass(frozen=True)
class Indicator:
    """
    One indicator of the plan.

    unit       ratio (a fraction, shown in percent) or count
    scope      what is counted in (口径); series of different scope are never joined
    rising     whether more is better
    formula    in words, for the page of the indicator
    threshold  of a count, in yuan: what must be exceeded; None for a share
    source     where the plan says so
    """

    code: str
    name: str | Promise
    short_name: str | Promise
    unit: str
    scope: str | Promise
    rising: bool
    kind: Kind
    measure: Measure
    formula: str | Promise
    source: str | Promise
    threshold: Decimal | None = None


CLUSTER_OUTPUT_SHARE = Indicator(
    code="cluster-output-share",
    name=_("Clusters' share of the province's environmental output value"),
    short_name=_("Cluster share"),
    unit="ratio",
    scope=_(
        "Environmental output value of the eco-environmental industry, as the cities report it"
    ),
    rising=True,
    kind=Kind.SHARE,
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
    scope=_("Environmental revenue of enterprises of the eco-environmental industry"),
    rising=True,
    kind=Kind.COUNT,
    measure=Measure.REVENUE,
    formula=_(
        "Number of enterprises whose environmental revenue of the year is over 100 million yuan; "
        "exactly 100 million is not over. Each credit code counts once in the province. Before "
        "the year's end the target is judged by the projection of the year."
    ),
    source=_("311 plan, targets for 2025"),
    threshold=OVER_100M,
)
INDICATORS = {one.code: one for one in (CLUSTER_OUTPUT_SHARE, FIRMS_OVER_100M)}
