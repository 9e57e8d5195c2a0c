"""Attainment (完成进度): the share of the way from baseline to target."""

from decimal import Decimal

from indicators.formulas.incomparable import Incomparable


def attainment(
    *, actual: Decimal | None, baseline: Decimal | None, target: Decimal
) -> Decimal | None:
    """
    Return which share of the way from baseline to target has been covered.

        attainment = (actual − baseline) / (target − baseline)

    All in the unit of the indicator. A fraction, not rounded: below 0 on the far side of the
    baseline, above 1 beyond the target. Targets below their baseline work alike.

    None if there is no actual, or no baseline: the way is not measured from zero instead.

    Raises Incomparable if baseline and target are equal: there is no way to go, and whether
    the target is met is for its comparator to say.
    """
    if actual is None or baseline is None:
        return None
    if baseline == target:
        raise Incomparable(f"baseline and target are both {target}")
    return (actual - baseline) / (target - baseline)
