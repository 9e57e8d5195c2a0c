from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from clusters.models import BlockCategory, BlockReturn, BuildingBlock, CityReturn
from enterprises.models import Enterprise, EnterpriseReturn
from parks.models import ParkReturn
from submissions.refused import Refused
from submissions.review.actions import accept
from submissions.review.publishing import put_in_force
from submissions.review.staged_values import amount, number
from tests.factories import (
    make_city,
    make_clusters,
    make_enterprise,
    make_enterprise_return,
    make_park,
    make_period,
    make_user,
)
from tests.submissions.cast import make_row, make_submission


@pytest.fixture
def submission(city, period, officer):
    """Jinan's, submitted, without rows yet."""
    return make_submission(city, period, by=officer, status="submitted")


@pytest.fixture
def publish(submission, reviewer):
    """Accept the submission."""
    return lambda: accept(submission, by=reviewer)


def test_amounts_are_decimals_to_the_cent_and_silence_is_none(submission, publish):
    make_row(submission, output_value="0.1", revenue="1234.565", employees=None)
    make_row(submission, "city", "output_value", sheet="城市汇总", this_year="0", last_year=None)
    make_row(submission, "city", "enterprises", sheet="城市汇总", this_year="12", last_year="11")
    publish()

    figures = EnterpriseReturn.objects.get()
    assert (figures.output_value, figures.revenue) == (Decimal("0.10"), Decimal("1234.57"))
    assert figures.employees is None
    total = CityReturn.objects.get()
    assert total.output_value == 0
    assert total.output_value_last_year is None
    assert (total.enterprises, total.enterprises_last_year) == (12, 11)
    assert total.revenue is None


def test_a_workbook_without_totals_leaves_the_city_silent(submission, publish):
    make_row(submission)
    publish()

    assert not CityReturn.objects.exists()


def test_a_known_firm_keeps_its_entry_in_the_register(submission, publish):
    firm = make_enterprise(submission.city, name="老名字")
    make_row(submission, key=firm.credit_code, name="新名字")
    publish()

    firm.refresh_from_db()
    assert (firm.name, firm.status) == ("老名字", Enterprise.RegisterStatus.CONFIRMED)
    assert EnterpriseReturn.objects.get().enterprise == firm


def test_a_firm_stands_in_the_park_its_line_names(submission, publish):
    park = make_park(submission.city, name="明水 园区")
    make_row(submission, park="明水园区")
    make_row(submission, park="别处")
    publish()

    assert [r.park for r in EnterpriseReturn.objects.order_by("pk")] == [park, None]
    assert Enterprise.objects.filter(park=park).count() == 1


def test_a_demonstrations_firms_are_marked(submission, publish):
    submission.uploaded_by.is_demonstration = True
    submission.uploaded_by.save()
    make_row(submission)
    publish()

    assert Enterprise.objects.get().is_demonstration


def test_only_the_citys_own_figures_of_the_period_are_superseded(submission, publish, city):
    elsewhere = make_enterprise_return(make_enterprise(make_city("370200")), submission.period)
    earlier = make_enterprise_return(make_enterprise(city), make_period("2025Q2"))
    old = make_enterprise_return(make_enterprise(city), submission.period, revenue="5.00")
    publish()

    for kept in (elsewhere, earlier):
        kept.refresh_from_db()
        assert kept.superseded_at is None
    old.refresh_from_db()
    submission.refresh_from_db()
    assert old.superseded_at == submission.published_at
    assert old.revenue == 5


def test_parks_report_and_are_superseded(submission, publish, reviewer):
    park = make_park(submission.city)
    make_row(submission, "parks", park.name, sheet="园区进展", firms="5", investment="7.5")
    publish()

    figures = ParkReturn.objects.get()
    assert (figures.park, figures.firms, figures.investment) == (park, 5, Decimal("7.50"))
    assert figures.output_value is None
    accept(make_submission(submission.city, submission.period, status="submitted"), by=reviewer)
    figures.refresh_from_db()
    assert figures.superseded_at


def test_a_park_outside_the_plan_counts_nowhere(submission, publish):
    park = make_park(submission.city)
    make_row(submission, "parks", "别处", sheet="园区进展", park="别处")
    make_row(submission, "parks", park.name, sheet="园区进展", park=park.name)
    publish()

    assert ParkReturn.objects.get().park == park


def test_a_block_of_a_city_without_a_cluster_counts_nowhere(submission, publish):
    make_row(submission, "blocks", "别的", sheet="集群建设", content="别的")
    publish()

    assert not BlockReturn.objects.exists()


@pytest.fixture
def categories(city):
    """Two categories of Jinan's cluster: parks, of which there are three, and bases, of N."""
    cluster = make_clusters()[0]
    closed = BlockCategory.objects.create(
        cluster=cluster, position=1, name="专业园区", name_en="Parks", planned_count=3
    )
    open_ended = BlockCategory.objects.create(
        cluster=cluster, position=2, name="示范基地", name_en="Bases", planned_count=None
    )
    return closed, open_ended


def block_row(submission, content, **values):
    return make_row(
        submission, "blocks", content, sheet="集群建设", **{"content": content} | values
    )


def test_a_block_reports_its_progress(submission, publish, categories):
    block = BuildingBlock.objects.create(category=categories[0], content="专业园区1")
    block_row(
        submission,
        "专业园区1",
        status="在建",
        planned_on="2025-12-31",
        remark="主体完工",
        name="明水",
    )
    publish()

    figures = BlockReturn.objects.get()
    assert (figures.block, figures.status, figures.name) == (block, "building", "明水")
    assert (figures.planned_on, figures.actual_on) == (date(2025, 12, 31), None)
    assert figures.remark == "主体完工"


def test_an_unknown_word_for_a_status_is_stored_as_text(submission, publish, categories):
    BuildingBlock.objects.create(category=categories[0], content="专业园区1")
    block_row(submission, "专业园区1", status="看情况", remark="主体完工")
    publish()

    figures = BlockReturn.objects.get()
    assert (figures.status, figures.remark) == ("", "看情况\n主体完工")


def test_a_new_block_joins_an_open_ended_category_with_its_history(
    submission, publish, categories, reviewer
):
    block_row(submission, "示范基地9", category="示范基地", name="黄河基地")
    publish()

    block = BuildingBlock.objects.get()
    assert (block.category, block.name, block.provenance) == (
        categories[1],
        "黄河基地",
        "unverified",
    )
    assert block.history.get().history_user == reviewer
    assert block.history.get().history_change_reason.startswith("submission ")


@pytest.mark.parametrize("category", ["专业园区", "别的", None])
def test_a_new_block_counts_nowhere_where_the_plan_counts(
    submission, publish, categories, category
):
    block_row(submission, "专业园区4", category=category)
    publish()

    assert not BuildingBlock.objects.exists()
    assert not BlockReturn.objects.exists()


@pytest.mark.parametrize(
    ("take", "text"),
    [
        (amount, "1000000000000000000"),
        (number, "1.5"),
        (number, "-1"),
        (number, "99999999999"),
    ],
)
def test_a_value_that_no_field_can_hold_is_refused_with_its_cell(submission, take, text):
    row = make_row(submission, revenue=text)

    with pytest.raises(Refused, match="企业明细!"):
        take(row, "revenue")


def test_the_register_is_looked_up_at_once_however_many_firms(
    submission, django_assert_max_num_queries
):
    for _ in range(30):
        make_row(submission)
    submission.decided_by = make_user("reviewer")

    with django_assert_max_num_queries(24):
        put_in_force(submission, at=timezone.now(), recorded_at=timezone.now())
