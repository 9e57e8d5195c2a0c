import pytest

from clusters.viewpoint import today
from foundation.quarters import Quarter
from submissions.papers.issuing import issue_briefing
from tests.factories import make_city, make_city_return, make_period, make_publication
from tests.province import make_province


@pytest.fixture
def issued(reviewer):
    make_province(silent=["370600"])
    return issue_briefing(today(Quarter(2025, 3)), by=reviewer)


def sheet_of(page):
    content = page.content.decode()
    return content[content.index("<article") : content.index("</article>")]


def test_it_stays_the_same_whatever_is_reported_later(client, official, issued):
    client.force_login(official)
    before = client.get(issued.get_absolute_url())
    assert "Nothing: every figure" in before.content.decode()
    make_city_return(make_city("370600"), make_period("2025Q3"), output_value="400000000.00")
    make_publication()

    after = client.get(issued.get_absolute_url())
    assert sheet_of(after) == sheet_of(before)
    assert issued.number in sheet_of(after)
    assert issued.sha256 in sheet_of(after)
    assert "data-watermark" not in sheet_of(after)
    assert "target:cluster-output-share:value" in {row["key"] for row in after.context["since"]}


def test_it_says_how_to_check_it(client, official, issued):
    client.force_login(official)

    page = client.get(issued.get_absolute_url()).content.decode()
    assert f"sha256sum {issued.number}.json" in page
    assert f"{issued.get_absolute_url()}json/" in page
    assert "made anew" in page


def test_under_another_period_or_number_there_is_none(client, official, issued):
    client.force_login(official)
    make_period("2025Q2")

    assert client.get(f"/briefing/2025Q2/{issued.number}/").status_code == 404
    assert client.get("/briefing/2025Q3/311-1999-01/").status_code == 404


def test_a_bureau_is_refused(client, officer, issued):
    client.force_login(officer)
    assert client.get(issued.get_absolute_url()).status_code == 403


def test_it_needs_few_queries(client, official, issued, django_assert_max_num_queries):
    client.force_login(official)
    client.get(issued.get_absolute_url())

    with django_assert_max_num_queries(11):
        client.get(issued.get_absolute_url())
