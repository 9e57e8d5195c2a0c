"""Matters of the figures that need attention, and how far each could change which target."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from clusters.models import Cluster
from foundation.quarters import Quarter
from indicators.data.snapshot import Snapshot
from indicators.estimates.figures import SilentCity, Thing
from indicators.regions.block_counts import cluster_blocks
from indicators.results.indicator_result import IndicatorResult

# With fewer, the gap would show a single enterprise's figure.
FEWEST_FOR_A_GAP = 3
UNKNOWN = Decimal("Infinity")


@dataclass(frozen=True)
class Reach:
    """
    What one matter means for one target.

    number  of enterprises or things that could still count; None for a silent city
    part    a silent city's part of the province's figure a year earlier, a fraction; None if
            that is unknown, and for everything else
    """

    result: IndicatorResult
    number: Decimal | None = None
    part: Decimal | None = None

    @property
    def weight(self) -> Decimal:
        """The number as a part of the target, or the part: comparable between matters."""
        if self.number is None:
            return UNKNOWN if self.part is None else self.part
        target = self.result.target.value if self.result.target else None
        return abs(self.number / target) if target else Decimal(0)


@dataclass(frozen=True)
class NearMisses:
    """
    Enterprises whose year is expected to end just short of a target's threshold.

    gap  what their projections lack to it altogether, in yuan; None of fewer than three
    """

    result: IndicatorResult
    number: int
    gap: Decimal | None


@dataclass(frozen=True)
class Unrecorded:
    """Clusters or parks of which nothing on record says whether they are established."""

    result: IndicatorResult
    things: tuple[Thing, ...]


@dataclass(frozen=True)
class LateBlocks:
    """
    A cluster with building blocks overdue, or unconfirmed for two quarters: how many.

    longest  by how many days the one longest overdue is; None if none is
    """

    cluster: Cluster
    overdue: int
    stale: int
    longest: int | None = None


def reaches_of_silent(results: Iterable[IndicatorResult]) -> dict[str, tuple[Reach, ...]]:
    """Return what each silent city is of each target, by its code, the largest part first."""
    found: dict[str, list[Reach]] = defaultdict(list)
    for result in results:
        for one in result.silent:
            found[one.city.code].append(Reach(result, part=_part(result, one)))
    return {code: tuple(sorted(known, key=_largest_first)) for code, known in found.items()}


def near_misses(results: Iterable[IndicatorResult]) -> list[NearMisses]:
    """Return the near misses of each target; none once the year is over."""
    found = []
    for result in results:
        lacking = [one.outlook.gap for one in result.near_misses]
        if lacking and not result.quarter.is_year_end:
            gap = sum(lacking, Decimal(0)) if len(lacking) >= FEWEST_FOR_A_GAP else None
            found.append(NearMisses(result, len(lacking), gap))
    return found


def unrecorded(results: Iterable[IndicatorResult]) -> list[Unrecorded]:
    """Return the things with nothing on record, for each target that counts such things."""
    found = [
        Unrecorded(result, tuple(one for one in result.things if one.is_established is None))
        for result in results
    ]
    return [one for one in found if one.things]


def late_blocks(snapshot: Snapshot, quarter: Quarter) -> tuple[LateBlocks, ...]:
    """
    Return the clusters of a quarter's plan with late or unconfirmed blocks, by city.

    Overdue on the viewpoint's day.
    """
    return tuple(
        LateBlocks(one.cluster, one.counts.overdue, one.counts.stale, one.counts.longest)
        for one in cluster_blocks(snapshot, quarter)
        if one.counts.overdue or one.counts.stale
    )


def _part(result: IndicatorResult, city: SilentCity) -> Decimal | None:
    """Return a silent city's part of last year's figure; None if unknown of any city."""
    missing = [one.last_year for one in result.silent]
    known = [amount for amount in missing if amount is not None]
    if city.last_year is None or len(known) < len(missing) or result.weight is None:
        return None
    together = sum(known, Decimal(0))
    return (1 - result.weight) * city.last_year / together if together else None


def _largest_first(one: Reach) -> Decimal:
    return -one.weight
