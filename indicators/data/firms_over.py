"""Which enterprises are over a line for certain, by the newest accepted figure of the year."""

from collections.abc import Mapping
from decimal import Decimal

from enterprises.thresholds import OVER_100M
from foundation.quarters import Quarter
from indicators.data.firm_returns import revenues_of
from indicators.data.snapshot import Snapshot
from indicators.data.snapshot_cache import cached_by_snapshot


def firms_over(
    snapshot: Snapshot, quarter: Quarter, line: Decimal = OVER_100M
) -> Mapping[int, str]:
    """
    Return the enterprises over a line of a year's revenue, with the city that reported it last.

    A cumulative figure does not fall: an enterprise that was over it in an earlier quarter of
    the year still is, unless a newer accepted figure is lower. A line that is missing later is
    not reported. One query for each quarter with such a line, else none.
    """
    if snapshot.supposed is not None:
        known = firms_over(snapshot.supposed.actual, quarter, line)
        return {firm: code for firm, code in known.items() if firm not in snapshot.supposed.without}
    return _firms_over(snapshot, quarter, line)


@cached_by_snapshot(maxsize=128)
def _firms_over(snapshot: Snapshot, quarter: Quarter, line: Decimal) -> Mapping[int, str]:
    over: dict[int, str] = {}
    for at in Quarter.range(Quarter(quarter.year, 1), quarter):
        now = snapshot.over_by_line[line].get(at, {})
        if gone := over.keys() - now.keys():
            for firm, revenue in revenues_of(snapshot, at, gone).items():
                if revenue is not None:
                    del over[firm]
        over |= now
    return over
