import json

import pytest
from django.template.loader import render_to_string

from clusters.viewpoint import today
from foundation.frozen_data import canonical
from foundation.quarters import Quarter
from submissions.papers.issuing import issue_assessment
from submissions.papers.paper_sheet import assessment_sheet
from tests.factories import make_city, make_city_return, make_period, make_plan, make_publication
from tests.province import make_province


@pytest.fixture
def issued(reviewer):
    make_province(period="2025Q4", silent=["370600"])
    return issue_assessment(make_plan(), today(Quarter(2025, 4)), by=reviewer)


def sheet_of(page):
    content = page.content.decode()
    return content[content.index("<article") : content.index("</article>")]


def test_it_stays_the_same_and_lists_what_differs_since(client, official, issued):
    client.force_login(official)
    before = client.get(issued.get_absolute_url())
    assert before.context["since"] == []
    make_city_return(make_city("370600"), make_period("2025Q4"), output_value="400000000.00")
    make_publication()

    after = client.get(issued.get_absolute_url())
    assert sheet_of(after) == sheet_of(before)
    assert "target:cluster-output-share:value" in {row["key"] for row in after.context["since"]}
    assert f"sha256sum {issued.number}.json" in after.content.decode()


def test_a_bureau_is_refused_and_another_number_is_not_there(client, official, officer, issued):
    client.force_login(officer)
    assert client.get(issued.get_absolute_url()).status_code == 403
    client.force_login(official)
    assert client.get("/assessment/311/311-F-1999-01/").status_code == 404


def test_it_needs_few_queries(client, official, issued, django_assert_max_num_queries):
    client.force_login(official)
    client.get(issued.get_absolute_url())

    with django_assert_max_num_queries(12):
        client.get(issued.get_absolute_url())


def test_one_that_was_issued_before_evidence_and_notes_were_kept_is_shown_as_it_was(
    client, official, issued
):
    old = json.loads(canonical(issued.data))
    del old["notes"]
    for part in (part for one in old["clusters"] for part in one["categories"]):
        del part["evidenced"]
        for block in part["unmet"]:
            del block["light"]

    page = render_to_string("submissions/_assessment_sheet.html", {"sheet": assessment_sheet(old)})
    assert "1 of 2 in operation" in page
    assert "with evidence" not in page
    assert "Explanations of figures" not in page
