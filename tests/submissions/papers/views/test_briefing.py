import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from clusters.models import Plan
from clusters.viewpoint import today
from foundation.quarters import Quarter
from submissions.papers.issuing import issue_briefing
from submissions.papers.paper_sheet import briefing_sheet
from tests.province import make_province

URL = "/briefing/2025Q3/"


@pytest.fixture(autouse=True)
def province(db):
    return make_province(silent=["370600", "371300"])


@pytest.mark.parametrize(
    ("role", "status"), [("official", 200), ("reviewer", 200), ("admin", 200), ("officer", 403)]
)
def test_who_may_read_it(client, request, role, status):
    client.force_login(request.getfixturevalue(role))
    assert client.get(URL).status_code == status


def test_the_briefing_without_a_period_is_the_viewpoints_as_of_the_same_day(client, official):
    client.force_login(official)
    assert client.get("/briefing/").url == URL
    assert client.get("/briefing/?as_of=2025-11-30&period=2025Q3").url == f"{URL}?as_of=2025-11-30"


def test_only_who_may_read_briefings_is_led_to_one(client, officer):
    client.force_login(officer)
    assert client.get("/briefing/").status_code == 403


def test_the_draft_says_so_and_shows_targets_laggards_and_completeness(client, official):
    client.force_login(official)

    page = client.get(URL, headers={"accept-language": "zh-hans"}).content.decode()
    assert 'data-watermark="草稿"' in page
    for words in ("烟台市", "临沂市", "逾期未报", "不高于21.5%", "暂无法判定", "已报14/16市"):
        assert words in page
    assert "签发本简报" not in page


@pytest.mark.parametrize("role", ["reviewer", "admin"])
def test_whoever_may_issue_it_finds_the_button_with_what_is_seen(client, request, role):
    client.force_login(request.getfixturevalue(role))

    answer = client.get(URL)
    assert f'name="seen" value="{answer.context["seen"]}"' in answer.content.decode()
    assert "Issue this briefing" in answer.content.decode()


def test_the_issued_ones_of_the_period_are_listed_with_number_and_hash(client, reviewer):
    issued = issue_briefing(today(Quarter(2025, 3)), by=reviewer)
    client.force_login(reviewer)

    page = client.get(URL).content.decode()
    assert issued.get_absolute_url() in page
    assert issued.sha256 in page


def test_a_past_day_shows_what_was_known_then(client, official):
    client.force_login(official)

    sheet = client.get(URL + "?as_of=2025-12-01").context["sheet"]
    assert [one["value"] for one in sheet["targets"]] == [None, None]
    assert len(sheet["laggards"]) == 16


def test_the_bar_leads_to_another_periods_briefing(client, official):
    client.force_login(official)

    answer = client.get(URL + "?period=2025Q2&as_of=2026-02-01")
    assert answer["Location"] == "/briefing/2025Q2/?as_of=2026-02-01"
    assert client.get(URL + "?period=2025Q3").status_code == 200


@pytest.mark.parametrize("period", ["2025Q5", "2031Q1", "spring", "2025Q3?as_of=soon"])
def test_what_is_no_period_or_day_is_not_there(client, official, period):
    client.force_login(official)
    where = f"/briefing/{period}" if "?" in period else f"/briefing/{period}/"

    assert client.get(where.replace("?", "/?")).status_code == 404


def test_overview_and_targets_lead_here_for_whoever_may_read_it(client, official, officer):
    for page in ("/", "/indicators/cluster-output-share/"):
        client.force_login(official)
        content = client.get(f"{page}?period=2025Q3").content.decode()
        assert reverse("briefing:briefing", args=["2025Q3"]) in content
        assert reverse("assessment:assessment", args=["311"]) in content
        client.force_login(officer)
        assert "/briefing/" not in client.get(page).content.decode()


@pytest.mark.parametrize("issued", [0, 5])
def test_it_needs_few_queries_whatever_has_been_issued(
    client, reviewer, issued, django_assert_max_num_queries
):
    for _ in range(issued):
        issue_briefing(today(Quarter(2025, 3)), by=reviewer)
    client.force_login(reviewer)
    client.get(URL)

    with django_assert_max_num_queries(12):
        client.get(URL)


def test_of_a_quarter_that_is_not_owed_no_city_is_wanting(client, official, province):
    Plan.objects.update(first_year=2026, last_year=2030)
    client.force_login(official)

    answer = client.get(URL, headers={"accept-language": "zh-hans"})
    assert answer.context["sheet"]["laggards"] == []
    assert "该季度不在规划期内，各市不需报送" in answer.content.decode()


def test_a_paper_that_says_only_a_number_of_days_is_shown_as_it_was_issued(client, reviewer):
    issued = issue_briefing(today(Quarter(2025, 3)), by=reviewer)
    sheet = briefing_sheet(issued.data)
    assert {one["since"] for one in sheet["laggards"]} == {"due"}

    for one in sheet["laggards"]:
        del one["since"]
    del sheet["owed"]
    shown = render_to_string("submissions/_briefing_sheet.html", {"sheet": sheet})
    assert f"{sheet['laggards'][0]['days']} days</li>" in shown
