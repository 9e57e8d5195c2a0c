from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from clusters.blocks import categories_of_plan
from clusters.models import BlockReturn, BuildingBlock
from clusters.viewpoint import Viewpoint, today
from foundation.quarters import Quarter
from indicators.data import notes
from indicators.data.snapshot_reader import snapshot
from indicators.models import Target
from indicators.results.scorecard import scorecard
from submissions.papers.assessment_figures import facts, figures, judgement, last_quarter
from tests.audit.rewritten import rewrite
from tests.factories import make_plan
from tests.province import make_province

pytestmark = pytest.mark.django_db
LAST = Quarter(2025, 4)
AFTER = date(2026, 2, 1)


def found(day=AFTER):
    seen, plan = today(LAST), make_plan()
    return facts(snapshot(seen), plan, categories_of_plan(plan, seen), day)


def judgements(day=AFTER):
    return [judgement(one, day) for one in scorecard(today(LAST))]


def goals(share, firms):
    for code, value in (("cluster-output-share", share), ("firms-over-100m", firms)):
        Target.objects.filter(indicator=code).update(value=Decimal(value))


def test_a_plan_is_closed_at_the_end_of_its_last_year():
    assert last_quarter(make_plan()) == LAST


def test_with_all_cities_a_target_is_met_or_missed():
    make_province(period="2025Q4")
    goals(share="0.1", firms="300")
    assert judgements() == ["target_met", "target_missed"]


def test_where_the_silent_could_change_it_nothing_is_judged():
    make_province(period="2025Q4", silent=["370600"])
    goals(share="0.19", firms="300")
    assert judgements() == ["cannot_judge", "cannot_judge"]


def test_where_nobody_has_reported_nothing_is_judged():
    make_province(period="2025Q3")
    make_province_ready = found()["targets"]
    assert [one["value"] for one in make_province_ready] == [None, None]
    assert {one["judgement"] for one in make_province_ready} == {"cannot_judge"}


def test_before_the_plans_last_day_is_over_nothing_is_judged():
    make_province(period="2025Q4")
    goals(share="0.1", firms="300")

    assert judgements(date(2025, 12, 31)) == ["cannot_judge", "cannot_judge"]
    said = [one["en"] for one in found(date(2025, 12, 31))["missing"]]
    assert "The plan runs until 2025-12-31: nothing is final before." in said


def test_it_says_plainly_what_is_missing():
    make_province(period="2025Q4", silent=["370600"])

    said = [one["en"] for one in found()["missing"]]
    assert "Cluster share: no baseline has been published." in said
    assert "Cluster share: not reported by Yantai." in said
    assert "Firms over 100 million: not reported by Yantai." in said
    assert "Building blocks whose state nobody has reported: 3." in said


def test_it_lists_the_blocks_that_are_not_in_operation():
    make_province(period="2025Q4")

    for cluster in found()["clusters"]:
        [part] = cluster["categories"]
        assert (part["planned"], part["operating"]) == ("2", "1")
        assert [(one["name"], one["status"]) for one in part["unmet"]] == [("中心2", None)]


def test_every_figure_has_a_key_of_its_own():
    make_province(period="2025Q4")
    every = figures(found())
    assert len({one.key for one in every}) == len(every)


def test_a_block_that_is_not_in_operation_says_by_how_many_days_it_is_overdue():
    make_province(period="2025Q4")
    rewrite(BlockReturn.objects, status="building", planned_on="2025-12-31")

    moment = datetime(2026, 11, 29, 4, tzinfo=UTC)
    blocks = categories_of_plan(make_plan(), Viewpoint(LAST, None, moment))
    data = facts(snapshot(today(LAST)), make_plan(), blocks, moment.date())
    for cluster in data["clusters"]:
        unmet = {one["name"]: one["light"] for one in cluster["categories"][0]["unmet"]}
        assert unmet == {
            "中心1": {
                "status": "past_date",
                "held_to": "2025-12-31",
                "days_late": "333",
                "at_least": False,
                "days_left": None,
            },
            "中心2": None,
        }


def test_what_is_in_operation_without_evidence_is_counted_apart():
    make_province(period="2025Q4")
    zibo = BuildingBlock.objects.filter(category__cluster__slug="zibo")
    zibo.update(evidence="验收纪要")

    parts = {one["slug"]: one["categories"][0] for one in found()["clusters"]}
    assert {slug: (one["operating"], one["evidenced"]) for slug, one in parts.items()} == {
        "jinan": ("1", "0"), "qingdao": ("1", "0"), "zibo": ("1", "1")
    }  # fmt: skip


def test_the_notes_on_its_figures_are_on_it(reviewer):
    quarter = make_province(period="2025Q4")
    notes.write("city:370100", quarter, "新投产一座焚烧厂。", by=reviewer)

    [note] = found()["notes"]
    assert (note["name"]["zh-hans"], note["text"]) == ("济南市", "新投产一座焚烧厂。")
