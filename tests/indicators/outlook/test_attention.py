"""What of the figures needs attention, and how far it could move which target."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from clusters.models import BlockReturn
from clusters.viewpoint import Viewpoint, end_of
from indicators.data.snapshot_reader import snapshot
from indicators.outlook.attention import late_blocks, near_misses, reaches_of_silent, unrecorded
from indicators.results.scorecard import scorecard
from parks.models import Park
from tests.factories import (
    CITIES,
    make_city,
    make_city_return,
    make_park,
    make_period,
    make_publication,
    make_target,
)
from tests.indicators.results.shown import seen
from tests.province import make_firms, make_province

pytestmark = pytest.mark.django_db
YANTAI = "370600"


def province_with_yantai_silent():
    """A year's end whose last quarter Yantai has not reported; it had as much as the others."""
    make_province(period="2025Q3")
    for code in CITIES:
        make_city_return(make_city(code), make_period("2024Q4"), output_value="100000000.00")
    for code in CITIES:
        if code != YANTAI:
            made = {"output_value": "100000000.00"}
            make_city_return(make_city(code), make_period("2025Q4"), **made)
            make_firms(make_city(code), make_period("2025Q4"), 1)
    make_publication()


def test_a_silent_city_is_shown_with_its_part_of_last_years_figure():
    province_with_yantai_silent()
    results = scorecard(seen("2025Q4"))

    [(code, reaches)] = reaches_of_silent(results).items()
    assert code == YANTAI
    assert {one.result.code: one.part for one in reaches} == {
        "cluster-output-share": Decimal(1) / 16,
        # None of last year's enterprises was over the line: a part of nothing is unknown.
        "firms-over-100m": None,
    }
    assert [one.number for one in reaches] == [None, None]


def test_a_city_of_which_last_year_is_not_known_comes_first():
    make_province(silent=[YANTAI])

    reaches = reaches_of_silent(scorecard(seen()))[YANTAI]
    assert [one.part for one in reaches] == [None, None]
    assert reaches[0].weight > 10**9


def test_the_gap_of_near_misses_is_told_of_three_enterprises_and_not_of_two():
    make_province(silent=CITIES)
    for code in list(CITIES)[:2]:
        make_firms(make_city(code), make_period("2025Q3"), 1)
    lower = {"value": "3", "unit": "count", "kind": "count", "measure": "revenue"}
    make_target("near", threshold="121000000", **lower)

    def found():
        make_publication()
        return [one for one in near_misses(scorecard(seen())) if one.result.code == "near"]

    assert [(one.number, one.gap) for one in found()] == [(2, None)]
    make_firms(make_city("370300"), make_period("2025Q3"), 1)
    # 90 million in three quarters make 120 million a year: one million short, each.
    assert [(one.number, one.gap) for one in found()] == [(3, Decimal("3000000.00"))]


def test_after_the_year_nobody_can_be_brought_over_any_more():
    make_province(period="2025Q4")
    firms = next(one for one in scorecard(seen("2025Q4")) if one.code == "firms-over-100m")

    assert firms.near_miss == 16
    assert near_misses([firms]) == []


def test_what_is_on_no_record_is_named():
    make_province()
    make_target("parks", kind="established", things="parks", unit="count", value="10")
    Park.objects.update(established_on="2024-05-01", established_evidence="文件")
    silent = make_park(make_city("370400"))

    [found] = unrecorded(scorecard(seen()))
    assert [one.record for one in found.things] == [silent]


def test_late_blocks_are_counted_by_cluster_and_an_edit_of_one_counts_at_once():
    quarter = make_province()
    returns = BlockReturn.objects.filter(block__category__cluster__slug="qingdao")
    returns.update(status=BlockReturn.BlockStatus.BUILDING, planned_on="2025-06-30")
    make_publication()
    of = snapshot(seen())

    [late] = late_blocks(of, seen().quarter)
    assert (late.cluster.slug, late.overdue, late.stale) == ("qingdao", 1, 0)
    block = returns.get().block
    block.committed_on = timezone.localdate() + timedelta(days=31)
    block.save()
    assert late_blocks(snapshot(seen()), seen().quarter) == ()
    assert quarter.code == "2025Q3"


def test_a_quarter_without_a_plan_has_no_blocks():
    assert late_blocks(snapshot(seen()), seen().quarter) == ()


def test_a_late_block_says_by_how_many_days_on_the_day_that_is_looked_from():
    make_province()
    returns = BlockReturn.objects.filter(block__category__cluster__slug="qingdao")
    returns.update(status=BlockReturn.BlockStatus.BUILDING, planned_on="2025-12-31")
    make_publication()

    day = date(2026, 11, 29)
    of = snapshot(Viewpoint(seen().quarter, day, end_of(day)))
    [late] = late_blocks(of, seen().quarter)
    assert (late.overdue, late.longest) == (1, 333)
