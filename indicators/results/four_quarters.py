"""A share of the last four quarters together, by quarter: so a new year is no jump."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from foundation.quarters import Quarter
from indicators.catalogue import AMOUNTS, Indicator, IndicatorKind
from indicators.data.snapshot import Snapshot
from indicators.data.snapshot_cache import cached_by_snapshot
from indicators.estimates.city_outputs import outputs
from indicators.formulas.city_output import CityOutput
from indicators.formulas.cumulative import rolling_year
from indicators.formulas.likely_range import LikelyRange
from indicators.results.indicator_result import IndicatorResult
from indicators.results.share_result import figure_of_cities, numerator_cities

ZERO = Decimal("0")
CitySeries = Mapping[str, Mapping[Quarter, Decimal | None]]


@dataclass(frozen=True, eq=False)
class FourQuarters:
    """
    A share of the four quarters up to each quarter, a fraction.

    values  of the quarters of which every city is known, and only those
    likely  the range of the page's quarter while a city is silent; None if there is none
    """

    values: Mapping[Quarter, Decimal]
    likely: LikelyRange | None


def is_of_four_quarters(indicator: Indicator) -> bool:
    """Return whether an indicator is a share of amounts, which grow within the year."""
    return indicator.kind is IndicatorKind.SHARE and indicator.measure in AMOUNTS


@cached_by_snapshot(maxsize=32)
def four_quarters(snapshot: Snapshot, result: IndicatorResult) -> FourQuarters:
    """Return a share's series up to its quarter. Cached as long as its snapshot."""
    values = rolling_values(snapshot, result)
    if result.quarter in values or result.estimate is None:
        return FourQuarters(values, None)
    part = numerator_cities(snapshot, result.indicator, result.quarter)
    return FourQuarters(values, _likely(result, rolling_series(snapshot, result.indicator), part))


def rolling_values(snapshot: Snapshot, result: IndicatorResult) -> dict[Quarter, Decimal]:
    """
    Return a share, or a total in yuan, of the four quarters up to each of its history.

    Only of the quarters of which every city is known, and where a share can be told.
    """
    series = rolling_series(snapshot, result.indicator)
    part = numerator_cities(snapshot, result.indicator, result.quarter)
    values = {}
    for quarter in snapshot.with_figures(result.quarter):
        made = {code: rolling_year(one, quarter) for code, one in series.items()}
        known = {code: amount for code, amount in made.items() if amount is not None}
        if len(known) == len(made):
            values[quarter] = figure_of_cities(result.indicator, known, part)
    return {quarter: value for quarter, value in values.items() if value is not None}


def rolling_series(snapshot: Snapshot, indicator: Indicator) -> CitySeries:
    """Return each city's cumulative figures by quarter, by its code."""
    assert indicator.measure is not None
    every = outputs(snapshot, frozenset(), indicator.measure)
    return {one.city: with_years_before(one) for one in every}


def with_years_before(city: CityOutput) -> dict[Quarter, Decimal | None]:
    """Return a city's figures; what was not accepted of a year before, by its own 上年同期."""
    return {
        **{q.year_earlier(): figure for q, figure in city.year_earlier.items()},
        **{q: figure for q, figure in city.amounts.items() if figure is not None},
    }


def _likely(
    result: IndicatorResult, series: CitySeries, part: frozenset[str]
) -> LikelyRange | None:
    """Return the likely range of the four quarters up to now; None where a city has none."""
    likely = {one.city.code: one.likely for one in result.silent}
    ends: dict[str, tuple[Decimal, Decimal, Decimal]] = {}
    for code, one in series.items():
        three = [one.get(result.quarter)] * 3
        if code in likely:
            range_of = likely[code]
            three = [range_of.low, range_of.centre, range_of.high] if range_of else [None] * 3
        rolled = [rolling_year({**one, result.quarter: figure}, result.quarter) for figure in three]
        if any(figure is None for figure in rolled):
            return None
        ends[code] = (rolled[0] or ZERO, rolled[1] or ZERO, rolled[2] or ZERO)

    def share(of_part: int, of_others: int) -> Decimal | None:
        mine = sum((ends[code][of_part] for code in part), ZERO)
        others = sum((ends[code][of_others] for code in ends if code not in part), ZERO)
        return mine / (mine + others) if mine + others else None

    centre = share(1, 1)
    return None if centre is None else LikelyRange(share(0, 2), centre, share(2, 0))
