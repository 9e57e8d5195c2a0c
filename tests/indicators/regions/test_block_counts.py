"""Blocks counted by cluster: in operation, of which with evidence, overdue on the day."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from clusters.models import BlockReturn, BuildingBlock
from clusters.viewpoint import Viewpoint, end_of
from foundation.quarters import Quarter
from indicators.data.snapshot_reader import snapshot
from indicators.regions.block_counts import BlockCounts, cluster_blocks, together, written_counts
from tests.audit.rewritten import rewrite
from tests.factories import make_publication
from tests.province import make_province

pytestmark = pytest.mark.django_db
QUARTER = Quarter(2025, 3)


def counts(as_of=None):
    of = snapshot(Viewpoint(QUARTER, as_of, end_of(as_of or date(2026, 1, 1))))
    return {one.cluster.slug: one.counts for one in cluster_blocks(of, QUARTER)}


@pytest.fixture(autouse=True)
def province(db):
    """Qingdao's block is late for the end of 2025; of Zibo's in operation a document is kept."""
    make_province()
    late = BlockReturn.objects.filter(block__category__cluster__slug="qingdao")
    rewrite(late, status="building", planned_on="2025-12-31")
    rewrite(BlockReturn.objects, published_at=datetime(2025, 10, 15, tzinfo=UTC))
    zibo = BuildingBlock.objects.filter(category__cluster__slug="zibo", content="中心1")
    zibo.update(evidence="验收纪要")
    make_publication()


def test_a_block_becomes_overdue_by_the_day_alone():
    assert counts(date(2025, 12, 31))["qingdao"] == BlockCounts(2, 0, 0, 0, None, 0)
    assert counts(date(2026, 11, 29))["qingdao"] == BlockCounts(2, 0, 0, 1, 333, 0)


def test_a_snapshot_that_outlives_its_day_counts_anew():
    with time_machine.travel("2025-12-31 04:00Z", tick=False):
        assert counts()["qingdao"].overdue == 0
    with time_machine.travel("2026-01-02 04:00Z", tick=False):
        assert counts()["qingdao"].longest == 2


def test_what_is_in_operation_with_evidence_is_part_of_what_is_in_operation():
    found = counts(date(2026, 11, 29))
    assert [(found[slug].operating, found[slug].evidenced) for slug in ("jinan", "zibo")] == [
        (1, 0), (1, 1)
    ]  # fmt: skip


def test_all_clusters_together_are_a_papers_line():
    of = snapshot(Viewpoint(QUARTER, date(2026, 11, 29), end_of(date(2026, 11, 29))))
    assert written_counts(together(cluster_blocks(of, QUARTER))) == {
        "blocks": "6", "operating": "2", "evidenced": "1", "overdue": "1", "longest": "333"
    }  # fmt: skip


def test_without_a_plan_there_is_nothing_to_count():
    assert together([]) == BlockCounts(0, 0, 0, 0, None, 0)
