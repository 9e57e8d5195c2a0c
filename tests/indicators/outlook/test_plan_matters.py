"""What the plan owes in short lines: status, words, where to look."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from clusters.models import BlockReturn, Cluster, Plan
from clusters.viewpoint import Viewpoint, end_of
from foundation.quarters import Quarter
from indicators.data.snapshot_reader import snapshot
from indicators.outlook.plan_matters import plan_matters
from indicators.results.scorecard import results_in
from parks.models import Park
from tests.audit.rewritten import rewrite
from tests.factories import (
    CITIES,
    make_city,
    make_park,
    make_period,
    make_publication,
    make_target,
)
from tests.indicators.results.shown import seen
from tests.province import make_firms, make_province

pytestmark = pytest.mark.django_db
AFTER_THE_PLAN, IN_THE_PLAN = date(2026, 11, 29), date(2025, 10, 31)


def found(quarter="2025Q3", day=AFTER_THE_PLAN):
    of = snapshot(Viewpoint(Quarter.parse(quarter), day, end_of(day)))
    return plan_matters(of, Quarter.parse(quarter), results_in(of, Quarter.parse(quarter)))


def lines(status, *asked):
    return [one for one in found(*asked) if one.status == status]


def make_late_block(planned="2025-06-30"):
    """Qingdao's block is being built and was planned for a day."""
    returns = BlockReturn.objects.filter(block__category__cluster__slug="qingdao")
    rewrite(returns, status=BlockReturn.BlockStatus.BUILDING, planned_on=planned)
    make_publication()
    return returns.get().block


def make_things(kind, value):
    make_target(f"{kind}-built", kind="established", things=kind, unit="count", value=value)


def test_a_late_block_is_named_with_its_day_and_how_many_days_it_is_late():
    make_province(period="2025Q4")
    block = make_late_block("2025-12-31")

    [late] = lines("not_completed_in_time", "2025Q4")
    assert late.words == f"Qingdao: {block}"
    assert late.address == block.get_absolute_url()
    assert late.detail == "due on 31 December 2025 · 333 days late"


def test_while_the_plan_runs_a_late_block_is_past_its_date_and_not_yet_red():
    make_province()
    make_late_block()
    Plan.objects.update(last_year=AFTER_THE_PLAN.year)

    assert len(lines("past_date")) == 1
    assert lines("not_completed_in_time") == []


def test_a_block_whose_date_is_put_off_is_late_no_more():
    make_province()
    block = make_late_block()
    block.committed_on = timezone.localdate() + timedelta(days=31)
    block.save()

    of = snapshot(seen())
    statuses = [one.status for one in plan_matters(of, seen().quarter, ())]
    assert "not_completed_in_time" not in statuses
    assert "past_date" not in statuses


def test_after_the_deadline_each_cluster_and_the_parks_together_are_not_established_in_time():
    make_province(period="2025Q4")
    make_things("clusters", "3")
    make_things("parks", "10")
    Cluster.objects.filter(slug="zibo").update(not_established_on="2025-12-31")
    Park.objects.update(not_established_on="2025-12-31")
    make_park(make_city("371100"), not_established_on="2025-12-31")

    cluster, parks = lines("not_established_in_time", "2025Q4")
    assert (cluster.words, cluster.detail) == (
        str(Cluster.objects.get(slug="zibo")),
        "1 of 2 building blocks in operation",
    )
    assert parks.words.endswith(": Qingdao and Rizhao")


def test_before_the_deadline_what_is_not_established_is_no_matter_yet():
    make_province()
    make_things("parks", "10")
    Park.objects.update(not_established_on="2025-12-31")

    assert lines("not_established_in_time") == []
    assert lines("not_established_in_time", "2025Q3", IN_THE_PLAN) == []


def test_what_is_on_no_record_is_named_by_its_city():
    make_province()
    make_things("parks", "10")
    Park.objects.update(established_on="2024-05-01", established_evidence="文件")
    make_park(make_city("370400"))

    [unknown] = lines("not_known")
    assert unknown.words.endswith(": Zaozhuang")
    assert (unknown.address, unknown.anchor) == ("/indicators/parks-built/", "things")


def near(number):
    """The line of enterprises just short, with so many of them."""
    make_province(silent=CITIES)
    for code in list(CITIES)[:number]:
        make_firms(make_city(code), make_period("2025Q3"), 1)
    lower = {"value": "3", "unit": "count", "kind": "count", "measure": "revenue"}
    make_target("near", threshold="121000000", **lower)
    make_publication()
    of = snapshot(seen())
    every = plan_matters(of, seen().quarter, results_in(of, seen().quarter))
    return next(one for one in every if one.address == "/indicators/near/firms/")


def test_the_gap_of_near_misses_is_told_of_three_enterprises():
    line = near(3)
    assert line.words == "3 enterprises are expected to end just short"
    # 90 million in three quarters make 120 million a year: one million short, each.
    assert "3.00 million" in line.detail or "300.00" in line.detail
    assert line.query == "prospect=near_miss"


def test_the_gap_of_two_is_not_told():
    assert near(2).detail == ""


def test_after_the_year_nobody_can_be_brought_over_any_more():
    make_province(period="2025Q4")
    assert lines("near_miss", "2025Q4") == []


def test_a_quarter_without_a_plan_owes_nothing():
    assert plan_matters(snapshot(seen()), seen().quarter, ()) == ()
