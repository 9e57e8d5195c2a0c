from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from clusters.models import BlockReturn, BuildingBlock
from tests.audit.rewritten import erase, rewrite
from tests.factories import PUBLISHED_AT, make_city, make_period, make_publication
from tests.province import make_province
from tests.submissions.cast import make_row, make_submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def block(db):
    """Jinan's second centre, planned for June 2025, moved to December, done in August."""
    make_province()
    block = BuildingBlock.objects.get(category__cluster__slug="jinan", content="中心2")
    said = [
        ("2025Q1", "building", date(2025, 6, 30), None, "按计划建设"),
        ("2025Q2", "building", date(2025, 12, 31), None, "延期，见《调整方案》"),
        ("2025Q3", "operating", date(2025, 12, 31), date(2025, 8, 1), "见《竣工验收报告》"),
    ]
    for code, status, planned, actual, remark in said:
        period = make_period(code)
        BlockReturn.objects.create(
            block=block,
            period=period,
            status=status,
            planned_on=planned,
            actual_on=actual,
            remark=remark,
            published_at=datetime.combine(period.due_on, datetime.min.time(), UTC),
        )
    make_publication(published_at=PUBLISHED_AT + timedelta(days=1))
    return block


def marks(client, block, query=""):
    return [mark.word for mark in client.get(block.get_absolute_url() + query).context["row"].marks]


def test_a_moved_plan_hides_no_miss_and_is_shown_itself(client, official, block):
    client.force_login(official)

    page = client.get(block.get_absolute_url() + "?period=2025Q3")
    row = page.context["row"]
    assert [mark.word for mark in row.marks] == ["date_ahead", "due_soon", "done_late"]
    assert row.held_to == date(2025, 6, 30)
    assert [(one.before, one.after) for one in row.changes] == [
        (None, date(2025, 6, 30)),
        (date(2025, 6, 30), date(2025, 12, 31)),
    ]
    assert row.evidence == ("《竣工验收报告》",)
    assert "Completed late" in page.content.decode()


def test_the_page_is_of_its_quarter_and_of_what_was_known(client, official, block):
    client.force_login(official)

    assert marks(client, block, "?period=2025Q2") == ["date_ahead", "due_soon"]
    assert marks(client, block, "?period=2025Q3&as_of=2025-06-30")[-2:] == ["missing", "missing"]


def test_two_quarters_without_a_word_are_stale(client, official, block):
    make_period("2026Q1")
    client.force_login(official)

    page = client.get(block.get_absolute_url() + "?period=2026Q1")
    assert page.context["row"].stale
    assert "Unconfirmed for two quarters" in page.content.decode()
    assert not client.get(block.get_absolute_url() + "?period=2025Q3").context["row"].stale


def test_what_the_province_keeps_of_it_is_shown(client, official, block):
    BuildingBlock.objects.filter(pk=block.pk).update(
        owner="济南市生态环境局", evidence="验收纪要，存档案室", committed_on=date(2025, 9, 30)
    )
    client.force_login(official)

    page = client.get(block.get_absolute_url() + "?period=2025Q3")
    for text in ("济南市生态环境局", "验收纪要", "set by the province"):
        assert text in page.content.decode()
    assert page.context["row"].marks[-1].word == "done_on_time"


def test_without_a_document_it_says_so(client, official, block):
    client.force_login(official)

    page = client.get(block.get_absolute_url() + "?period=2025Q1").content.decode()
    assert "No document is named" in page
    assert "not named yet" in page


def test_its_status_leads_to_the_cell(client, official, officer, block):
    period = make_period("2025Q3")
    published = datetime.combine(period.due_on, datetime.min.time(), UTC)
    submission = make_submission(
        make_city(), period, by=officer, status="accepted", published_at=published
    )
    row = make_row(submission, "blocks", "中心 2", sheet="集群建设", category="中心", status="在建")
    client.force_login(official)

    page = client.get(block.get_absolute_url() + "?period=2025Q3").content.decode()
    assert f"集群建设!{row.cells['status']}" in page
    assert f"/submissions/{submission.pk}/cells/" in page or "cell" in page
    cluster = client.get("/clusters/jinan/?period=2025Q3").content.decode()
    assert f"集群建设!{row.cells['status']}" in cluster


def test_a_block_that_was_never_reported_has_a_page_too(client, official, block):
    silent = BuildingBlock.objects.get(category__cluster__slug="zibo", content="中心2")
    client.force_login(official)

    assert marks(client, silent) == ["missing"]


def test_a_block_is_not_found_under_another_cluster(client, official, block):
    client.force_login(official)
    assert client.get(f"/clusters/zibo/blocks/{block.pk}/").status_code == 404
    assert client.get("/clusters/jinan/blocks/999999/").status_code == 404


def test_needs_few_queries(client, official, block, django_assert_max_num_queries):
    client.force_login(official)
    client.get(block.get_absolute_url())

    with django_assert_max_num_queries(11):
        client.get(block.get_absolute_url())


def unfinished(block):
    """Let it be planned for the end of 2025 and be built still."""
    erase(BlockReturn.objects.filter(block=block))
    BlockReturn.objects.create(
        block=block,
        period=make_period("2025Q3"),
        status="building",
        planned_on=date(2025, 12, 31),
        published_at=datetime(2025, 10, 15, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("as_of", "stand", "days"),
    [
        ("2025-11-20", "date_ahead", ""),
        ("2025-12-21", "due_soon", "10 days left"),
        ("2026-11-29", "past_date", "333 days"),
    ],
)
def test_it_is_judged_on_the_day_that_is_looked_from(client, official, block, as_of, stand, days):
    unfinished(block)
    client.force_login(official)

    page = client.get(f"{block.get_absolute_url()}?period=2025Q3&as_of={as_of}")
    assert page.context["row"].stand == stand
    assert days in page.content.decode()
    assert [mark.word for mark in page.context["row"].marks] == ["date_ahead"]
    cluster = client.get(f"/clusters/jinan/?period=2025Q3&as_of={as_of}").content.decode()
    assert f'data-status="{stand}"' in cluster
    assert days in cluster
    overdue = client.get(f"/clusters/?period=2025Q3&as_of={as_of}").context["clusters"]
    assert overdue[0][1].data[0].overdue == (stand == "past_date")


def test_today_is_the_day_if_no_other_is_named(client, official, block):
    unfinished(block)
    client.force_login(official)

    with time_machine.travel("2026-01-04 16:30Z", tick=False):
        page = client.get(block.get_absolute_url() + "?period=2025Q3")
    # Half past midnight of the fifth in the province.
    assert page.context["row"].days_overdue == 5


def test_an_earlier_quarters_page_knows_what_was_said_later(client, official, block):
    client.force_login(official)

    row = client.get(block.get_absolute_url() + "?period=2025Q1").context["row"]
    assert (row.stand, row.light.days_late) == ("done_late", 32)
    assert [mark.word for mark in row.marks] == ["date_ahead"]
    assert row.latest.status == "building"
    assert not row.operating


def test_a_document_named_once_stays_evidence_and_one_of_before_shows_nothing(
    client, official, block
):
    client.force_login(official)
    later = make_period("2025Q4")
    BlockReturn.objects.create(
        block=block, period=later, status="operating", remark="运行正常", published_at=PUBLISHED_AT
    )

    page = client.get(block.get_absolute_url() + "?period=2025Q4")
    assert page.context["row"].evidence == ("《竣工验收报告》",)
    assert page.context["row"].evidenced
    rewrite(BlockReturn.objects.filter(remark="见《竣工验收报告》"), remark="竣工")
    row = client.get(block.get_absolute_url() + "?period=2025Q4").context["row"]
    assert (row.evidence, row.evidenced) == ((), False)
    BuildingBlock.objects.filter(pk=block.pk).update(evidence="验收纪要")
    assert client.get(block.get_absolute_url() + "?period=2025Q4").context["row"].evidenced
