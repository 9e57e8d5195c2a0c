"""Whether a certain range that was shown of a past moment has been contradicted since."""

from collections.abc import Callable
from dataclasses import replace

from clusters.viewpoint import Viewpoint
from foundation.quarters import Quarter
from indicators.catalogue import AMOUNTS, Indicator
from indicators.data import snapshot_reader
from indicators.data.snapshot import Snapshot
from indicators.formulas.certain_range import CertainRange

RangeOf = Callable[[Snapshot, Indicator, Quarter], CertainRange]


def or_withdrawn(
    found: CertainRange,
    snapshot: Snapshot,
    indicator: Indicator,
    quarter: Quarter,
    range_of: RangeOf,
) -> CertainRange:
    """
    Return a certain range, with withdrawn set if figures accepted since contradict it.

    Only a snapshot of a past moment can be contradicted. The ends, and the verdict that they gave,
    stay as they were shown then. range_of calculates the range from a snapshot.
    """
    now = current_snapshot(snapshot)
    if now is None or found.is_exact or len(found.open) == 2:
        return found
    contradicted = not found.contains(range_of(now, indicator, quarter))
    if contradicted or is_undercut(snapshot, now, indicator, quarter):
        return replace(found, withdrawn=True)
    return found


def is_undercut(then: Snapshot, now: Snapshot, indicator: Indicator, quarter: Quarter) -> bool:
    """
    Return whether a city's figure that a range rested on has been lowered since.

    Lowered: in force now, of the same or a later quarter of the year up to the one looked at,
    is less than was accepted then.
    """
    if indicator.measure not in AMOUNTS:
        return False
    of_year = Quarter.range(Quarter(quarter.year, 1), quarter)
    for city in then.cities:
        before = [(q, then.figure(city, q, indicator.measure)) for q in of_year]
        since = [(q, now.figure(city, q, indicator.measure)) for q in of_year]
        for q, was in before:
            later = [amount for at, amount in since if at >= q and amount is not None]
            if was is not None and any(amount < was for amount in later):
                return True
    return False


def current_snapshot(snapshot: Snapshot) -> Snapshot | None:
    """Return today's snapshot for one of a past day; None for any other, a scenario's too."""
    if snapshot.as_of is None or snapshot.supposed is not None or snapshot.is_ephemeral:
        return None
    quarter = snapshot.quarters[-1] if snapshot.quarters else Quarter.of(snapshot.as_of)
    return snapshot_reader.snapshot(Viewpoint(quarter, None, snapshot.moment))
