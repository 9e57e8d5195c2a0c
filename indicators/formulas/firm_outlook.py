"""T2: the projection of one enterprise's year, and how it compares with the threshold."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from foundation.yuan import CENT
from indicators.formulas.firms_over import is_over

ZERO, ONE = Decimal("0"), Decimal("1")

# A firm that had made less than a twentieth of its year by then says too little of this year:
# its figure would be multiplied by more than twenty.
LEAST_SHARE = Decimal("0.05")

# From here up to the threshold a firm is a near miss (feature bar N2: 80 to 100 million).
NEAR_FROM = Decimal("0.80")


class Prospect(StrEnum):
    """How an enterprise's year compares with the threshold."""

    SECURED = "secured"
    ON_PACE = "on_pace"
    NEAR_MISS = "near_miss"
    OUT_OF_REACH = "out_of_reach"


class Basis(StrEnum):
    """Whose last year gives the share of a year that is over by this quarter."""

    ACTUAL = "actual"
    OWN = "own"
    CITY = "city"
    PROVINCE = "province"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Outlook:
    """
    The projection of an enterprise's year. Amounts in yuan.

    prospect    secured, on pace, near miss or out of reach
    projection  the projected year, to the cent; at the year's end the figure itself
    basis       whose last year was used
    share       the share of a year that is over by this quarter on that basis
    gap         what the projection lacks to the threshold; 0 if it does not fall short
    to_earn     what the cumulative figure still lacks to it; 0 if it does not
    low, high   the least and greatest projection by any known share of a year

    A gap of 0 is not yet over: the threshold must be passed, not reached.
    """

    prospect: Prospect
    projection: Decimal
    basis: Basis
    share: Decimal
    gap: Decimal
    to_earn: Decimal
    low: Decimal
    high: Decimal


def share_of_year(by_then: Decimal | None, whole_year: Decimal | None) -> Decimal | None:
    """
    Return which share of last year's figure had been reached by the same quarter.

        share = cumulative to the same quarter / cumulative to the fourth quarter

    Both of last year, of the same enterprise, city or province. None if either was not
    reported, or the share is unusable: under a twentieth (so also zero and
    negative ones) or over the whole.
    """
    if by_then is None or whole_year is None or whole_year <= 0:
        return None
    return _usable(by_then / whole_year)


def firm_outlook(
    *,
    cumulative: Decimal | None,
    quarter: int,
    threshold: Decimal,
    own: Decimal | None = None,
    city: Decimal | None = None,
    province: Decimal | None = None,
) -> Outlook | None:
    """
    Return the outlook of an enterprise's year; None if it has not reported.

        projection = cumulative / share of the year reached by this quarter last year

    The share is the enterprise's own, else its city's, else the province's (share_of_year
    gives each, None if unusable), else quarter / 4. In the fourth quarter the projection
    is the figure itself.

        low, high = the least and the greatest projection by any of the three shares; with
                    fewer than two of them also by quarter / 4

        secured       cumulative > threshold
        on pace       projection > threshold
        near miss     80 % of the threshold <= projection <= threshold
        out of reach  the rest

    Raises ValueError for a quarter outside 1 to 4.
    """
    if quarter not in (1, 2, 3, 4):
        raise ValueError(f"There is no quarter {quarter}.")
    if cumulative is None:
        return None
    shares = _shares(quarter, own=own, city=city, province=province)
    basis, share = shares[0]
    # The calendar's share only where there are not two others to make a range.
    ranged = shares[:-1] if len(shares) > 2 else shares
    projections = [_grown(cumulative, one) for _whose, one in ranged]
    projection = projections[0]
    return Outlook(
        prospect=_prospect(cumulative, projection, threshold),
        projection=projection,
        basis=basis,
        share=share,
        gap=max(threshold - projection, ZERO),
        to_earn=max(threshold - cumulative, ZERO),
        low=min(projections),
        high=max(projections),
    )


def _grown(cumulative: Decimal, share: Decimal) -> Decimal:
    """Return the projected year, to the cent."""
    return (cumulative / share).quantize(CENT, ROUND_HALF_UP)


def _usable(share: Decimal | None) -> Decimal | None:
    """Return a share if it is usable, else None."""
    return share if share is not None and LEAST_SHARE <= share <= 1 else None


def _shares(
    quarter: int, *, own: Decimal | None, city: Decimal | None, province: Decimal | None
) -> list[tuple[Basis, Decimal]]:
    """Return the usable shares of the year, each with whose it is; the calendar's is the last."""
    if quarter == 4:
        return [(Basis.ACTUAL, ONE)]
    known = ((Basis.OWN, own), (Basis.CITY, city), (Basis.PROVINCE, province))
    usable = [(basis, share) for basis, one in known if (share := _usable(one)) is not None]
    return [*usable, (Basis.CALENDAR, Decimal(quarter) / 4)]


def _prospect(cumulative: Decimal, projection: Decimal, threshold: Decimal) -> Prospect:
    """Return the word for a figure and its projection."""
    if is_over(cumulative, threshold):
        return Prospect.SECURED
    if is_over(projection, threshold):
        return Prospect.ON_PACE
    if projection >= NEAR_FROM * threshold:
        return Prospect.NEAR_MISS
    return Prospect.OUT_OF_REACH
