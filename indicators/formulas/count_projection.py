"""T2: how many enterprises will be over the line at the end of the year."""

from collections.abc import Collection
from decimal import Decimal

from foundation.quarters import Quarter
from indicators.formulas.error_samples import ErrorSamples
from indicators.formulas.firm_figures import Firms
from indicators.formulas.likely_count import (
    LEAST_WEIGHT,
    LikelyCount,
    NoCount,
    estimated_count,
    likely_count,
)


def projected_count(
    firms: Firms,
    quarter: Quarter,
    line: Decimal,
    *,
    silent: Collection[str] = (),
    weight: Decimal | None = None,
    least_weight: Decimal = LEAST_WEIGHT,
    unknown: Collection[str] = (),
) -> LikelyCount | NoCount:
    """
    Return how many enterprises will be over the line at the end of the quarter's year.

        projection of an enterprise = x(p) × L(Q4) / L(p)        counted if > line

    of every enterprise that is not over it yet: p is the quarter for those that have reported it,
    and the last accepted one for those of silent cities. x, L, silent, weight and unknown are as
    in likely_count, which a fourth quarter is left to.

    The ends rest on the same quarter of earlier years: how far its projection to the fourth
    quarter, by the year before that, was off. Without 8 such errors a figure without ends, which
    supports no verdict.
    """
    if quarter.is_year_end:
        return likely_count(
            firms,
            quarter,
            line,
            silent=silent,
            weight=weight,
            least_weight=least_weight,
            unknown=unknown,
        )
    if silent and (weight is None or weight < least_weight):
        return NoCount.LOW_COVERAGE
    if unknown:
        return NoCount.NO_EARLIER_FIGURE
    samples = ErrorSamples(firms, line, first=1)
    return estimated_count(firms, quarter, quarter.year_end, line, silent=silent, samples=samples)
