"""What of the figures needs attention, and how far each matter could move which target."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from clusters.models import Cluster
from clusters.quarters import Quarter
from indicators.block_counts import cluster_blocks
from indicators.catalogue import Kind
from indicators.formulas.share_reach import share_reach
from indicators.results import Assumption, IndicatorResult, Thing
from indicators.snapshot import Snapshot

# Of fewer the gap would be an enterprise's own figure.
FEWEST_FOR_A_GAP = 3
UNBOUNDED = Decimal("Infinity")


@dataclass(frozen=True)
class Reach:
    """
    How far one matter alone could move one target.

    change  with its sign, in the target's unit; None if nothing on record bounds it
    """

    result: IndicatorResult
    change: Decimal | None

    @property
    def weight(self) -> Decimal:
        """The change as a part of the target, so that targets of all units compare."""
        if self.change is None:
            return UNBOUNDED
        target = self.result.target.value if self.result.target else None
        return abs(self.change / target) if target else Decimal(0)


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
    """Return what each silent city could move alone, by its code, the farthest first."""
    found: dict[str, list[Reach]] = defaultdict(list)
    for result in results:
        for one in result.bounds.assumptions if result.bounds else ():
            change = _change(result, one)
            if change != 0:
                found[one.city.code].append(Reach(result, change))
    return {code: tuple(sorted(known, key=_farthest)) for code, known in found.items()}


def near_misses(results: Iterable[IndicatorResult]) -> list[NearMisses]:
    """Return the near misses of each target while the year lasts; later they are past help."""
    found = []
    for result in results:
        lacking = [one.outlook.gap for one in result.near_misses]
        if lacking and not result.quarter.is_year_end:
            gap = sum(lacking, Decimal(0)) if len(lacking) >= FEWEST_FOR_A_GAP else None
            found.append(NearMisses(result, len(lacking), gap))
    return found


def unrecorded(results: Iterable[IndicatorResult]) -> list[Unrecorded]:
    """Return what nothing on record tells of, for each target that counts such things."""
    found = [
        Unrecorded(result, tuple(one for one in result.things if one.is_established is None))
        for result in results
    ]
    return [one for one in found if one.things]


def late_blocks(of: Snapshot, quarter: Quarter) -> tuple[LateBlocks, ...]:
    """
    Return the clusters of a quarter's plan that have blocks to see to, by city.

    Overdue on the day that is looked from.
    """
    return tuple(
        LateBlocks(one.cluster, one.counts.overdue, one.counts.stale, one.counts.longest)
        for one in cluster_blocks(of, quarter)
        if one.counts.overdue or one.counts.stale
    )


def _change(result: IndicatorResult, assumed: Assumption) -> Decimal | None:
    """Return by how much one silent city could change a value; None if nothing bounds it."""
    if assumed.ceiling is None or result.indicator.kind is not Kind.SHARE:
        return assumed.ceiling
    assert result.numerator is not None
    assert result.denominator is not None
    return share_reach(
        clusters=result.numerator,
        province=result.denominator,
        ceiling=assumed.ceiling,
        in_cluster=assumed.in_cluster,
    )


def _farthest(one: Reach) -> Decimal:
    return -one.weight
