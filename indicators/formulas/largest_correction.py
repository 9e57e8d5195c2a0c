"""The largest correction of a complete quarter: its first figure, and the one in force."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from foundation.quarters import Quarter
from indicators.formulas.city_output import ZERO
from indicators.formulas.estimate_trials import DatedAmount


@dataclass(frozen=True, slots=True)
class Correction:
    """What a quarter's figure was when every city had first reported, and what it is now."""

    quarter: Quarter
    first: Decimal
    now: Decimal

    @property
    def size(self) -> Decimal:
        """By how much it was corrected, without sign, in the figure's unit."""
        return abs(self.now - self.first)


def largest_correction(
    rows: Iterable[DatedAmount],
    cities: Sequence[str],
    in_cluster: Collection[str],
    *,
    share: bool,
) -> Correction | None:
    """
    Return the largest correction of a complete quarter, the newest of equal ones.

    first is made of what was in force when the last city's first figure was accepted, now of
    what is in force; share is True of a share of the clusters, False of a total. Its size is 0
    where no complete quarter was ever corrected. None if no quarter was complete, or nothing
    was made in it.
    """
    by_quarter: dict[Quarter, list[DatedAmount]] = {}
    for row in rows:
        if row.amount is not None and row.city in cities:
            by_quarter.setdefault(row.quarter, []).append(row)
    found = [
        one
        for quarter, some in sorted(by_quarter.items())
        if (one := _of_quarter(quarter, some, cities, in_cluster, share)) is not None
    ]
    return max(found, key=lambda one: (one.size, one.quarter), default=None)


def _of_quarter(
    quarter: Quarter,
    rows: Sequence[DatedAmount],
    cities: Sequence[str],
    in_cluster: Collection[str],
    share: bool,
) -> Correction | None:
    arrived: dict[str, datetime] = {}
    for row in rows:
        arrived[row.city] = min(arrived.get(row.city, row.since), row.since)
    if len(arrived) < len(cities):
        return None
    complete = max(arrived.values())
    at_first = {r.city: r.amount for r in rows if _in_force(r, complete)}
    in_force = {r.city: r.amount for r in rows if r.until is None}
    first = _figure(at_first, cities, in_cluster, share)
    now = _figure(in_force, cities, in_cluster, share)
    return None if first is None or now is None else Correction(quarter, first, now)


def _in_force(row: DatedAmount, moment: datetime) -> bool:
    return row.since <= moment and (row.until is None or row.until > moment)


def _figure(
    amounts: dict[str, Decimal | None],
    cities: Sequence[str],
    in_cluster: Collection[str],
    share: bool,
) -> Decimal | None:
    """Return the total, or the clusters' part of it; None where a city is missing."""
    if len(amounts) < len(cities):
        return None
    whole = sum((amount or ZERO for amount in amounts.values()), ZERO)
    if not share:
        return whole
    part = sum((amounts[city] or ZERO for city in amounts if city in in_cluster), ZERO)
    return part / whole if whole else None
