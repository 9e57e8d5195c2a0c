from datetime import UTC, date, datetime, timedelta

import pytest

from clusters.models import BlockReturn, BuildingBlock
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
    assert "Caught up late" in page.content.decode()


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

    with django_assert_max_num_queries(8):
        client.get(block.get_absolute_url())
