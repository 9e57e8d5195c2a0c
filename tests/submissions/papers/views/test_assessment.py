import pytest
from django.utils.html import strip_tags

from clusters.models import BlockReturn
from clusters.viewpoint import today
from foundation.quarters import Quarter
from indicators.data import notes
from indicators.models import Note, Target
from submissions.papers.issuing import issue_assessment
from tests.audit.rewritten import rewrite
from tests.factories import make_city, make_period, make_plan
from tests.province import make_province
from tests.submissions.cast import make_submission

URL = "/assessment/311/"


@pytest.fixture(autouse=True)
def province(db):
    quarter = make_province(period="2025Q4", silent=["370600"])
    return make_submission(make_city("370100"), quarter, status="accepted")


@pytest.mark.parametrize(
    ("role", "status"), [("official", 200), ("reviewer", 200), ("admin", 200), ("officer", 403)]
)
def test_who_may_read_it(client, request, role, status):
    client.force_login(request.getfixturevalue(role))
    assert client.get(URL).status_code == status


def test_it_shows_evidence_and_what_is_missing_and_judges_nothing_it_cannot(
    client, official, province
):
    # Twenty per cent of sixteen: what Yantai says decides.
    Target.objects.filter(indicator="cluster-output-share").update(value="0.19")
    client.force_login(official)

    answer = client.get(URL, headers={"accept-language": "zh-hans"})
    page = answer.content.decode()
    assert province.sha256 in page
    assert "过1亿元企业数：烟台市未上报。" in page
    assert [one["judgement"] for one in answer.context["sheet"]["targets"]] == [
        "cannot_judge", "cannot_judge"
    ]  # fmt: skip
    assert 'data-status="target_met"' not in page
    assert 'data-status="target_missed"' not in page


def test_a_past_day_shows_what_was_known_then(client, official):
    client.force_login(official)

    sheet = client.get(URL + "?as_of=2025-12-01").context["sheet"]
    assert [one["value"] for one in sheet["targets"]] == [None, None]
    assert client.get(URL + "?as_of=soon").status_code == 404


def test_of_another_plan_there_is_none(client, official):
    client.force_login(official)
    assert client.get("/assessment/312/").status_code == 404


@pytest.mark.parametrize("issued", [0, 3])
def test_it_needs_few_queries_whatever_has_been_issued(
    client, reviewer, issued, django_assert_max_num_queries
):
    for _ in range(issued):
        issue_assessment(make_plan(), today(Quarter(2025, 4)), by=reviewer)
    client.force_login(reviewer)
    client.get(URL)

    with django_assert_max_num_queries(12):
        client.get(URL)


def test_it_says_by_how_many_days_a_block_is_overdue_and_what_explains_a_figure(
    client, official, reviewer
):
    rewrite(BlockReturn.objects, status="building", planned_on="2025-12-31")
    notes.write("target:firms-over-100m", make_period("2025Q4"), "两家企业合并。", by=reviewer)
    Note.objects.update(written_at="2026-03-01T00:00Z")
    client.force_login(official)

    page = client.get(URL + "?as_of=2026-11-29", headers={"accept-language": "zh-hans"})
    shown = " ".join(strip_tags(page.content.decode()).split())
    assert "在建" in shown
    assert "逾期未完成 333天" in shown
    assert "过1亿元企业数：两家企业合并。（reviewer，2026年3月1日）" in shown


def test_the_assessment_without_a_plan_in_the_address_is_the_viewpoints(client, official, officer):
    client.force_login(official)
    assert client.get("/assessment/").url == URL
    assert client.get("/assessment/?as_of=2026-01-31").url == f"{URL}?as_of=2026-01-31"

    client.force_login(officer)
    assert client.get("/assessment/").status_code == 403
