"""A silent city's state has the same name wherever it is shown."""

from datetime import UTC, datetime

import pytest
import time_machine

from clusters.models import Plan
from tests.factories import make_city, make_plan
from tests.province import make_province
from tests.submissions.cast import make_submission

LIAOCHENG, YANTAI = "371500", "370600"
PAGES = ["/", "/cities/", "/cities/liaocheng/", "/submissions/", "/briefing/2025Q4/"]
CHINESE = {"accept-language": "zh-hans"}


@pytest.fixture(autouse=True)
def province(db):
    """Liaocheng's workbook was sent back on 19 January, Yantai's never came: due on 15 January."""
    quarter = make_province(period="2025Q4", silent=[LIAOCHENG, YANTAI])
    make_plan()
    with time_machine.travel("2026-11-30 04:00", tick=False):
        decided = datetime(2026, 1, 19, 7, tzinfo=UTC)
        make_submission(make_city(LIAOCHENG), quarter, status="sent_back", decided_at=decided)
        yield


@pytest.mark.parametrize("page", PAGES)
def test_one_that_was_sent_back_is_called_that(client, official, page):
    client.force_login(official)

    shown = client.get(page, headers=CHINESE).content.decode()
    assert 'data-status="sent_back"' in shown
    assert "已退回" in shown
    assert 'data-status="missing"' not in shown
    if page != "/submissions/":
        assert "退回后315天" in shown


@pytest.mark.parametrize("page", ["/", "/cities/", "/cities/yantai/", "/briefing/2025Q4/"])
def test_one_that_never_came_is_overdue_since_the_due_day(client, official, page):
    client.force_login(official)

    shown = client.get(page, headers=CHINESE).content.decode()
    assert "逾期未报" in shown
    # On paper the status alone says that it is overdue.
    assert ("逾期未报</span> 319天" if "briefing" in page else "逾期319天") in shown


def test_the_closing_assessment_says_it_in_the_same_words(client, official):
    client.force_login(official)

    shown = client.get("/assessment/311/", headers=CHINESE).content.decode()
    assert 'data-status="sent_back"' in shown
    assert 'data-status="overdue"' in shown


@pytest.mark.parametrize("page", ["/", "/cities/", "/cities/yantai/"])
def test_outside_every_plan_nobody_is_overdue(client, official, page):
    Plan.objects.update(first_year=2026, last_year=2030)
    client.force_login(official)

    shown = client.get(page + "?period=2025Q4", headers=CHINESE).content.decode()
    assert 'data-status="not_owed"' in shown
    assert 'data-status="overdue"' not in shown


def test_the_overview_says_that_nothing_is_owed(client, official):
    Plan.objects.update(first_year=2026, last_year=2030)
    client.force_login(official)

    shown = client.get("/?period=2025Q4", headers=CHINESE).content.decode()
    assert "2025年四季度不在规划期内，各市不需报送" in shown
