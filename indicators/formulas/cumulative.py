"""From year-to-date figures to the quarter and the year. The only place that converts them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from foundation.quarters import Quarter

Series = Mapping[Quarter, Decimal | None]


@dataclass(frozen=True, slots=True)
class Single:
    """
    What a quarter added by itself, in the unit of the series.

    amount is None if it is unknown, and may be negative: see is_fall.
    """

    quarter: Quarter
    amount: Decimal | None

    @property
    def is_fall(self) -> bool:
        """Whether the cumulative figure went down: a correction, or an error to be explained."""
        return self.amount is not None and self.amount < 0


def single_quarter(ytd: Series, quarter: Quarter, *, stock: bool = False) -> Single:
    """
    Return what one quarter added.

        first quarter: YTD(q)
        others:        YTD(q) − YTD(q−1)
        a stock:       the figure itself

    ytd holds figures cumulative from 1 January. A quarter that is missing or None was not
    reported: the amount is None then, for that quarter and for the one after it. Half a
    year's figure is never split.

    Output value, revenue and R&D are flows. Firms and staff are stocks, counted at the end
    of the period: they are neither differenced nor added.

    Source: README (累计核算倒减).
    """
    now = ytd.get(quarter)
    if stock or quarter.quarter == 1:
        return Single(quarter, now)
    return Single(quarter, _difference(now, ytd.get(quarter.previous())))


def single_quarters(
    ytd: Series, quarters: Iterable[Quarter], *, stock: bool = False
) -> list[Single]:
    """Return what each of several quarters added, in their order."""
    return [single_quarter(ytd, quarter, stock=stock) for quarter in quarters]


def year_to_date(singles: Series, quarter: Quarter, *, stock: bool = False) -> Decimal | None:
    """
    Return the cumulative figure of a quarter from what the year's quarters added by themselves.

        first quarter: single(Q1)
        others:        single(Q1) + … + single(q)
        a stock:       the figure itself

    The inverse of single_quarter. None if one of them is missing or not reported.
    """
    first = quarter if stock else Quarter(quarter.year, 1)
    total = Decimal(0)
    for one in Quarter.range(first, quarter):
        amount = singles.get(one)
        if amount is None:
            return None
        total += amount
    return total


def falls(ytd: Series, quarters: Iterable[Quarter]) -> list[Single]:
    """Return the quarters in which a cumulative figure went down: each is to be explained."""
    return [one for one in single_quarters(ytd, quarters) if one.is_fall]


def rolling_year(ytd: Series, quarter: Quarter, *, stock: bool = False) -> Decimal | None:
    """
    Return the sum of the four quarters that end with this one.

        fourth quarter: YTD(q)
        others:         YTD(q) + (YTD(Q4 last year) − YTD(same quarter last year))
        a stock:        the figure itself

    That is the sum of the four single quarters, term by term, so a quarter in between may be
    missing. None if one of the figures named was not reported.
    """
    now = ytd.get(quarter)
    if stock or quarter.is_year_end:
        return now
    a_year_earlier = quarter.year_earlier()
    rest = _difference(ytd.get(a_year_earlier.year_end), ytd.get(a_year_earlier))
    return None if now is None or rest is None else now + rest


def year_total(ytd: Series, year: int) -> Decimal | None:
    """
    Return a year's figure: the fourth quarter's cumulative one, never the sum of four.

    None if the fourth quarter was not reported, whatever is known of the others. Right for
    stocks too: the figure at the year's end.
    """
    return ytd.get(Quarter(year, 4))


def _difference(later: Decimal | None, earlier: Decimal | None) -> Decimal | None:
    """Return the difference of two cumulative figures; None if either is not reported."""
    return None if later is None or earlier is None else later - earlier
