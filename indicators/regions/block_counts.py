"""Counts of each cluster's building blocks: in operation, with evidence, overdue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from clusters.blocks import BlockRow, categories_of_plan
from clusters.models import Cluster
from clusters.viewpoint import Viewpoint, end_of
from foundation.frozen_data import Data
from foundation.quarters import Quarter
from indicators.data.snapshot import Snapshot
from indicators.data.snapshot_cache import cached_by_snapshot


@dataclass(frozen=True)
class BlockCounts:
    """
    The building blocks of one cluster, or of several together.

    blocks     how many are on record
    operating  how many are reported in operation
    evidenced  how many of these a document shows
    overdue    how many are overdue on the viewpoint's day
    longest    by how many days the one longest overdue is; None if none is
    stale      how many have been unconfirmed for two quarters
    """

    blocks: int
    operating: int
    evidenced: int
    overdue: int
    longest: int | None
    stale: int


@dataclass(frozen=True)
class ClusterBlocks:
    """A cluster with the counts of its building blocks, and those that are overdue."""

    cluster: Cluster
    counts: BlockCounts
    late: tuple[BlockRow, ...] = ()


def cluster_blocks(snapshot: Snapshot, quarter: Quarter) -> tuple[ClusterBlocks, ...]:
    """
    Return the clusters of a quarter's plan with their blocks counted, by city.

    Judged on the snapshot's as_of, or today. Two queries; cached by snapshot and day, because a
    snapshot of today outlives the day if nothing is published.
    """
    return _cluster_blocks(snapshot, quarter, snapshot.as_of or timezone.localdate())


@cached_by_snapshot(maxsize=32)
def _cluster_blocks(snapshot: Snapshot, quarter: Quarter, day: date) -> tuple[ClusterBlocks, ...]:
    if (plan := snapshot.plan_for(quarter)) is None:
        return ()
    known_then = snapshot.recorded_by is not None
    seen = Viewpoint(quarter, snapshot.as_of, end_of(day), known_then)
    rows = categories_of_plan(plan, seen)
    return tuple(
        _of_cluster(cluster, [block for row in rows.get(cluster.pk, ()) for block in row.blocks])
        for cluster in snapshot.clusters_of(plan)
    )


def _of_cluster(cluster: Cluster, blocks: list[BlockRow]) -> ClusterBlocks:
    late = tuple(row for row in blocks if row.days_overdue is not None)
    for row in late:
        # Their addresses have the cluster's name.
        row.block.category.cluster = cluster
    return ClusterBlocks(cluster, counted(blocks), late)


def counted(blocks: Iterable[BlockRow]) -> BlockCounts:
    """Return the counts of some blocks."""
    rows = list(blocks)
    late = [row.days_overdue for row in rows if row.days_overdue is not None]
    return BlockCounts(
        blocks=len(rows),
        operating=sum(row.operating for row in rows),
        evidenced=sum(row.evidenced for row in rows),
        overdue=len(late),
        longest=max(late, default=None),
        stale=sum(row.stale for row in rows),
    )


def together(every: Iterable[ClusterBlocks]) -> BlockCounts:
    """Return the summed counts of several clusters."""
    parts = [one.counts for one in every]
    return BlockCounts(
        blocks=sum(one.blocks for one in parts),
        operating=sum(one.operating for one in parts),
        evidenced=sum(one.evidenced for one in parts),
        overdue=sum(one.overdue for one in parts),
        longest=max((one.longest for one in parts if one.longest is not None), default=None),
        stale=sum(one.stale for one in parts),
    )


def written_counts(counts: BlockCounts) -> Data:
    """Return counts in a paper's frozen form."""
    return {
        "blocks": str(counts.blocks),
        "operating": str(counts.operating),
        "evidenced": str(counts.evidenced),
        "overdue": str(counts.overdue),
        "longest": None if counts.longest is None else str(counts.longest),
    }


def written_light(row: BlockRow) -> Data | None:
    """
    Return a block's status on the viewpoint's day, in a paper's frozen form.

    None without a report of its city, or without a planned date.
    """
    light = row.light
    if light is None or row.held_to is None:
        return None
    return {
        "status": row.stand,
        "held_to": row.held_to.isoformat(),
        "days_late": None if light.days_late is None else str(light.days_late),
        "at_least": light.at_least,
        "days_left": None if light.days_left is None else str(light.days_left),
    }
