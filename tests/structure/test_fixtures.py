"""The reference data: counted as the final text counts, named only where a source names."""

import io
import json
from datetime import date

import pytest
from django.core.management import call_command

from clusters.models import (
    BlockCategory,
    BuildingBlock,
    City,
    Cluster,
    Plan,
    PlanMeasure,
    ReportingPeriod,
)
from config.deploy import reference_data
from enterprises.models import Enterprise, IndustryField, Tier
from indicators.models import Target
from measures.models import Department, Task
from parks.models import Park

MODELS = [
    *(Plan, Target, Cluster, BlockCategory, BuildingBlock, Park, PlanMeasure),
    *(City, ReportingPeriod, IndustryField, Tier, Department),
]


@pytest.fixture
def loaded(db):
    return reference_data.load()


@pytest.mark.parametrize(
    "path", sorted(reference_data.FIXTURES.glob("*.json")), ids=lambda p: p.name
)
def test_every_file_says_where_it_is_from(path):
    data = json.loads(path.read_text(encoding="utf-8"))

    assert "source" in json.dumps(data)
    assert path.name in {"cities.json", "calendar.json", "register.json", *reference_data.PLANS}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_row_is_valid(loaded, model):
    assert model.objects.exists()
    for row in model.objects.all():
        row.full_clean()


def test_parts_are_counted_as_the_final_text_counts_them(loaded):
    parts = {
        cluster.city.short_name: {
            category.name: (category.planned_count, category.blocks.count())
            for category in cluster.categories.all()
        }
        for cluster in Cluster.objects.all()
    }
    assert parts == {
        "济南": {"研究院": (1, 1), "中心": (2, 2), "专业园区": (3, 3)},
        "青岛": {"环保制造集聚区": (3, 3), "服务平台": (3, 3), "创新中心": (None, 0)},
        "淄博": {"中心": (1, 1), "产业链条": (3, 3), "特色产业基地": (5, 5)},
    }


def test_slogan_and_parts_agree(loaded):
    for cluster in Cluster.objects.all():
        said = [
            f"{category.planned_count or 'N'}个{category.name}"
            for category in cluster.categories.all()
        ]
        assert cluster.slogan == "、".join(said)


def test_the_rest_is_counted_right(loaded):
    assert Plan.objects.get().targets.count() == 2 + 3
    assert Park.objects.count() == 10
    assert PlanMeasure.objects.filter(kind="support").count() == 6
    assert PlanMeasure.objects.filter(kind="organisation").count() == 3
    assert IndustryField.objects.count() == 3
    assert Tier.objects.count() == 4


def test_only_the_departments_that_are_published_come_with_it_and_no_task(loaded):
    assert list(Department.objects.values_list("name", flat=True)) == [
        "省生态环境厅",
        "省发展改革委",
    ]
    assert not Task.objects.exists()


def test_no_enterprise_comes_with_it(loaded):
    assert not Enterprise.objects.exists()


def test_only_names_of_the_draft_are_given(loaded):
    named = BuildingBlock.objects.exclude(name="")

    assert named.count() == 3 + 3 + 5
    assert {block.provenance for block in named} == {"draft"}
    assert all("征求意见稿 2023-09" in block.source for block in named)
    assert not named.filter(category__cluster__slug="qingdao").exists()


def test_a_block_without_a_name_is_to_be_verified(loaded):
    unnamed = BuildingBlock.objects.filter(name="")

    assert {block.provenance for block in unnamed} == {"unverified"}
    assert all("待核实" in block.source for block in unnamed)


def test_every_statement_names_its_source(loaded):
    for model in (Plan, Target, Cluster, Park, BuildingBlock):
        assert not model.objects.filter(source="").exists()


def test_parks_bear_their_citys_name_until_somebody_knows_better(loaded):
    for park in Park.objects.all():
        assert park.name == f"{park.city.name}生态环保产业特色园区（名称待核实）"
        assert park.slug == park.city.slug
        assert park.provenance == "unverified"


def test_twelve_cities_have_a_cluster_or_a_park(loaded):
    cities = set(City.objects.filter(clusters__isnull=False)) | set(
        City.objects.filter(parks__isnull=False)
    )

    assert len(cities) == 12
    left = set(City.objects.values_list("short_name", flat=True)) - {c.short_name for c in cities}
    assert left == {"东营", "威海", "临沂", "菏泽"}


def test_targets_are_the_plans_and_have_no_baseline(loaded):
    share = Target.objects.get(indicator="cluster-output-share")
    firms = Target.objects.get(indicator="firms-over-100m")

    assert (str(share.value), share.comparator, share.period) == ("0.500000", ">=", "2025Q4")
    assert (str(firms.value), firms.comparator, firms.period) == ("300.000000", ">=", "2025Q4")
    for target in (share, firms):
        assert target.baseline_value is None
        assert target.baseline_period == target.baseline_source == ""


def test_the_plans_counts_are_targets_and_about_a_hundred_is_a_band_that_we_assume(loaded):
    counts = {one.things: one for one in Target.objects.filter(kind="established")}

    assert {things: (one.comparator, int(one.value)) for things, one in counts.items()} == {
        "clusters": (">=", 3),
        "parks": (">=", 10),
        "title": ("about", 100),
    }
    leading = counts["title"]
    assert leading.tier.code == "leading"
    assert (int(leading.band_low), int(leading.band_high)) == (90, 110)
    assert "假定" in leading.band_source


def test_of_no_cluster_and_no_park_is_it_said_that_it_is_established(loaded):
    for model in (Cluster, Park):
        for one in model.objects.all():
            assert (one.established_on, one.not_established_on) == (None, None)
            assert one.established_evidence == ""


def test_tai_an_is_written_three_ways(loaded):
    taian = City.objects.get(code="370900")

    assert (taian.slug, taian.name, taian.name_en) == ("taian", "泰安市", "Tai'an")


def test_a_quarter_is_due_fifteen_days_after_its_end(loaded):
    assert ReportingPeriod.objects.count() == 17
    assert ReportingPeriod.objects.get(code="2022Q4").due_on == date(2023, 1, 15)
    assert ReportingPeriod.objects.get(code="2025Q1").due_on == date(2025, 4, 15)


def test_due_days_are_a_setting(db, settings):
    settings.RETURN_DUE_DAYS = 20
    reference_data.load()

    assert ReportingPeriod.objects.get(code="2026Q4").due_on == date(2027, 1, 20)


def test_loading_again_adds_nothing(loaded):
    before = {model: model.objects.count() for model in MODELS}

    assert loaded.total() == sum(before.values())
    assert reference_data.load().total() == 0
    assert {model: model.objects.count() for model in MODELS} == before


def test_what_an_administrator_changed_survives(loaded):
    Park.objects.filter(slug="taian").update(
        name="泰山环保园", name_en="Taishan", provenance="final"
    )
    BlockCategory.objects.filter(name="研究院").update(name="产业研究院")
    BuildingBlock.objects.filter(content="中心2").delete()
    Target.objects.filter(indicator="firms-over-100m").update(value="320")
    ReportingPeriod.objects.filter(code="2026Q4").update(due_on=date(2027, 2, 1))

    assert reference_data.load().total() == 0
    assert Park.objects.get(slug="taian").name == "泰山环保园"
    assert BlockCategory.objects.filter(cluster__slug="jinan").count() == 3
    assert not BuildingBlock.objects.filter(content="中心2").exists()
    assert Target.objects.get(indicator="firms-over-100m").value == 320
    assert ReportingPeriod.objects.get(code="2026Q4").due_on == date(2027, 2, 1)


def test_the_command_says_what_it_did(db):
    first, second = io.StringIO(), io.StringIO()
    call_command("setup", stdout=first)
    call_command("setup", stdout=second)

    assert "building blocks 21" in first.getvalue()
    assert "nothing changed" in second.getvalue()
