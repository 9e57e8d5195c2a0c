"""Whether the quarters of one city follow on from each other. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from foundation.quarters import Quarter

FALLS, GAP, APPEARS, VANISHES = "falls", "gap", "appears", "vanishes"

# key of a line -> field -> amount, which counts from January; None is not reported
Figures = Mapping[str, Mapping[str, Decimal | None]]


@dataclass(frozen=True, slots=True)
class Break:
    """
    A place where a quarter does not follow on from the one before.

    kind           FALLS: a cumulative figure is lower; GAP: the quarter has no workbook;
                   APPEARS, VANISHES: a line is only in the later or the earlier of two quarters
    quarter        the later of the two; of a gap, the one that is missing
    key, field     of the line; "" for a gap, field "" for a line that appears or vanishes
    before, after  the two figures; None where there is none
    """

    kind: str
    quarter: Quarter
    key: str = ""
    field: str = ""
    before: Decimal | None = None
    after: Decimal | None = None


def breaks(quarters: Mapping[Quarter, Figures]) -> list[Break]:
    """Return every break between the quarters of a city, the earliest first."""
    if not quarters:
        return []
    every = Quarter.range(min(quarters), max(quarters))
    found = [Break(GAP, quarter) for quarter in every if quarter not in quarters]
    for earlier, later in pairwise(sorted(quarters)):
        found += _joins(quarters[earlier], quarters[later], later)
        if earlier.year == later.year:
            found += _falls(quarters[earlier], quarters[later], later)
    return sorted(found, key=lambda one: one.quarter)


def _falls(before: Figures, after: Figures, quarter: Quarter) -> Iterator[Break]:
    """Yield each figure that is lower than earlier in the year."""
    for key in before.keys() & after.keys():
        for field, now in after[key].items():
            was = before[key].get(field)
            if was is not None and now is not None and now < was:
                yield Break(FALLS, quarter, key, field, was, now)


def _joins(before: Figures, after: Figures, quarter: Quarter) -> Iterator[Break]:
    """Yield each line that only one of two quarters has."""
    for key in sorted(after.keys() - before.keys()):
        yield Break(APPEARS, quarter, key)
    for key in sorted(before.keys() - after.keys()):
        yield Break(VANISHES, quarter, key)
