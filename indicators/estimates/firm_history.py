"""The enterprises that may count, by quarter, and the counts and estimates made from them."""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from enterprises.models import said_of_revenue
from enterprises.models.enterprise_return import Nil
from enterprises.thresholds import OVER_100M
from foundation.quarters import Quarter
from indicators.data.coverage import coverage, firms_reported
from indicators.data.firm_returns import FirmReturn, returns_of_large
from indicators.data.snapshot import Snapshot
from indicators.data.snapshot_cache import cached_by_snapshot
from indicators.formulas.certain_count import CertainCount, certain_count
from indicators.formulas.count_break_even import CountBreakEven, count_break_even, crossed_last_year
from indicators.formulas.count_errors import HALF, years_back
from indicators.formulas.count_projection import projected_count
from indicators.formulas.error_samples import EARLIER_YEARS
from indicators.formulas.firm_figures import FirmFigure, Firms
from indicators.formulas.likely_count import LEAST_WEIGHT, LikelyCount, NoCount, likely_count


@dataclass(frozen=True, eq=False)
class FirmHistory:
    """
    The inputs of a count and its estimates in one quarter.

    firms    by enterprise's key: its accepted figures, of those that may count (least_to_count)
    last_of  by silent city's code: the last quarter of this year or the last of which it
             reported enterprises; None if there is none
    weight   the reported cities' part of the count a year earlier: 0 to 1; None if a silent city
             did not report that, or nobody counted
    """

    quarter: Quarter
    line: Decimal
    firms: Firms
    last_of: Mapping[str, Quarter | None]
    weight: Decimal | None

    @property
    def silent(self) -> frozenset[str]:
        """The codes of the cities whose enterprises are not in force."""
        return frozenset(self.last_of)

    @property
    def unknown(self) -> frozenset[str]:
        """The silent cities that reported no enterprise in this year or the last."""
        return frozenset(code for code, last in self.last_of.items() if last is None)

    @property
    def certain(self) -> CertainCount:
        """Who is over the line by the newest accepted figure of the year."""
        return certain_count(self.firms, self.quarter, self.line)

    def but_for(self, left_out: Collection[Hashable]) -> "FirmHistory":
        """Return the same without some enterprises."""
        firms = {key: figures for key, figures in self.firms.items() if key not in left_out}
        return replace(self, firms=firms)

    def likely(self, least_weight: Decimal) -> LikelyCount | NoCount:
        """Return the estimated count of the complete quarter."""
        return likely_count(self.firms, self.quarter, self.line, **self._silence(least_weight))

    def projected(self, least_weight: Decimal) -> LikelyCount | NoCount:
        """Return the estimated count at the year's end."""
        return projected_count(self.firms, self.quarter, self.line, **self._silence(least_weight))

    def _silence(self, least_weight: Decimal) -> dict[str, Any]:
        """Return the arguments of an estimate that concern silent cities."""
        return {
            "silent": self.silent,
            "weight": self.weight,
            "least_weight": least_weight,
            "unknown": self.unknown,
        }


@cached_by_snapshot(maxsize=32)
def likely_of(
    snapshot: Snapshot,
    quarter: Quarter,
    line: Decimal = OVER_100M,
    least_weight: Decimal = LEAST_WEIGHT,
) -> LikelyCount | NoCount:
    """Return the estimated count over a line in the complete quarter, or why there is none."""
    return firm_history(snapshot, quarter, line).likely(least_weight)


@cached_by_snapshot(maxsize=32)
def projected_of(
    snapshot: Snapshot,
    quarter: Quarter,
    line: Decimal = OVER_100M,
    least_weight: Decimal = LEAST_WEIGHT,
) -> LikelyCount | NoCount:
    """Return the estimated count over a line at the year's end, or why there is none."""
    return firm_history(snapshot, quarter, line).projected(least_weight)


def break_even_of(
    snapshot: Snapshot,
    quarter: Quarter,
    target: Decimal,
    comparator: str,
    line: Decimal = OVER_100M,
) -> CountBreakEven | None:
    """Return how many more must come, and how many came in the same part of last year."""
    history = firm_history(snapshot, quarter, line)
    told = _told_last_year(snapshot, quarter)
    crossed = crossed_last_year(history.firms, quarter, line, history.last_of, told)
    at_least = history.certain.at_least
    return count_break_even(
        target=target, comparator=comparator, at_least=at_least, crossed=crossed
    )


@cached_by_snapshot(maxsize=16)
def crossed_last_year_by_city(
    snapshot: Snapshot, quarter: Quarter, line: Decimal = OVER_100M
) -> Mapping[str, int | None]:
    """Return for each silent city how many crossed the line in the same part of last year."""
    history = firm_history(snapshot, quarter, line)
    told = _told_last_year(snapshot, quarter)
    return {
        code: crossed_last_year(history.firms, quarter, line, {code: last}, told)
        for code, last in history.last_of.items()
    }


def _told_last_year(snapshot: Snapshot, quarter: Quarter) -> set[tuple[str, Quarter]]:
    """Return the cities and quarters of last year whose enterprises are reported."""
    return {
        (city.code, q)
        for city in snapshot.cities
        for q in snapshot.quarters
        if q.year == quarter.year - 1 and firms_reported(snapshot, city, q)
    }


def _over(snapshot: Snapshot, quarter: Quarter, line: Decimal, cities: Iterable[str]) -> int:
    wanted = set(cities)
    return sum(code in wanted for code in snapshot.over_by_line[line].get(quarter, {}).values())


def firm_history(snapshot: Snapshot, quarter: Quarter, line: Decimal = OVER_100M) -> FirmHistory:
    """
    Return the inputs of a quarter's counts, without enterprises that a scenario leaves out.

    line is the revenue in yuan to be exceeded, one of those of the snapshot.
    """
    if snapshot.supposed is not None:
        return firm_history(snapshot.supposed.actual, quarter, line).but_for(
            snapshot.supposed.without
        )
    return _history(snapshot, quarter, line)


@cached_by_snapshot(maxsize=16)
def _history(snapshot: Snapshot, quarter: Quarter, line: Decimal) -> FirmHistory:
    last_of = _last_of_silent(snapshot, quarter)
    weight = count_weight(snapshot, quarter, line)
    return FirmHistory(quarter, line, _firms(snapshot, quarter, line, last_of), last_of, weight)


def count_weight(snapshot: Snapshot, quarter: Quarter, line: Decimal = OVER_100M) -> Decimal | None:
    """
    Return the reported cities' part of the count a year earlier, 0 to 1.

    1 if no city is silent. None if a silent city did not report that quarter, or none counted.
    """
    who = coverage(snapshot, quarter, firms_reported)
    if who.is_complete:
        return Decimal(1)
    then = quarter.year_earlier()
    every = len(snapshot.over_by_line[line].get(then, {}))
    if not every or not all(firms_reported(snapshot, city, then) for city in who.missing):
        return None
    return Decimal(_over(snapshot, then, line, [city.code for city in who.reporting])) / every


def _last_of_silent(snapshot: Snapshot, quarter: Quarter) -> dict[str, Quarter | None]:
    """Return each silent city's last reported quarter of this year or the last."""
    earlier = [q for q in reversed(snapshot.quarters) if q < quarter and q.year >= quarter.year - 1]
    return {
        city.code: next((q for q in earlier if firms_reported(snapshot, city, q)), None)
        for city in coverage(snapshot, quarter, firms_reported).missing
    }


def _firms(
    snapshot: Snapshot, quarter: Quarter, line: Decimal, last_of: Mapping[str, Quarter | None]
) -> dict[Hashable, dict[Quarter, FirmFigure]]:
    """Return the accepted figures of the enterprises that may count. One query."""
    bases = {q for q in last_of.values() if q}
    return by_firm(
        snapshot,
        returns_of_large(snapshot, _needed(quarter, bases), least_to_count(quarter, line)),
    )


def _needed(quarter: Quarter, bases: Collection[Quarter]) -> set[Quarter]:
    """
    Return the quarters that estimates rest on.

    Of this year all. Of the last all, if a silent city has reported nothing since. Of the years
    that errors are taken from, and the one before, those as far apart; none if nothing is
    estimated: in a complete fourth quarter.
    """
    is_estimated = bool(bases) or not quarter.is_year_end
    ends = {quarter, quarter.year_end} if is_estimated else set()
    this = {Quarter(quarter.year, n) for n in range(1, quarter.quarter + 1)}
    last = {Quarter(q.year, n) for q in bases if q.year < quarter.year for n in range(1, 5)}
    before = {
        years_back(q, years) for q in ends.union(bases) for years in range(1, EARLIER_YEARS + 2)
    }
    return this | last | before


def least_to_count(quarter: Quarter, line: Decimal) -> dict[Quarter, Decimal]:
    """
    Return from which revenue on an enterprise may count in a quarter, by quarter.

    At least half the line for a full year at the same rate, in a quarter of this year or at the
    end of the last.
    """
    year = [Quarter(quarter.year, n) for n in range(1, quarter.quarter + 1)]
    return {one: line * HALF * one.quarter / 4 for one in [*year, Quarter(quarter.year - 1, 4)]}


def by_firm(
    snapshot: Snapshot, rows: Iterable[FirmReturn]
) -> dict[Hashable, dict[Quarter, FirmFigure]]:
    """Return rows as each enterprise's figures."""
    code_of = {city.pk: city.code for city in snapshot.cities}
    quarter_of = {pk: quarter for quarter, pk in snapshot.period_ids.items()}
    found: dict[Hashable, dict[Quarter, FirmFigure]] = {}
    for row in rows:
        figures = found.setdefault(row.enterprise_id, {})
        figures[quarter_of[row.period_id]] = firm_figure(
            code_of[row.city_id], row.revenue, row.revenue_last_year, row.nil
        )
    return found


def firm_figure(
    city: str, revenue: Decimal | None, last_year: Decimal | None, nil: str
) -> FirmFigure:
    """Return a row's figure: without business is 0; closed or moved away, no more to come."""
    known = said_of_revenue(revenue, nil)
    return FirmFigure(city, known, last_year, nil in (Nil.CLOSED, Nil.MOVED))
