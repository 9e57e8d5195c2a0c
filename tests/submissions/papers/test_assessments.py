import pytest

from clusters.viewpoint import today
from foundation.quarters import Quarter
from indicators.data.snapshot_reader import snapshot
from submissions.papers import assessments
from submissions.papers.issuing import issue_assessment
from tests.factories import make_city, make_city_return, make_period, make_plan, make_publication
from tests.province import make_province
from tests.submissions.cast import make_submission

pytestmark = pytest.mark.django_db
LAST = Quarter(2025, 4)


def draft():
    seen = today(LAST)
    return assessments.draft_after(make_plan(), [], snapshot(seen), seen)


def test_every_city_has_its_workbook_with_the_hash_of_its_original_or_none():
    quarter = make_province(period="2025Q4", silent=["370600"])
    jinan = make_submission(make_city("370100"), quarter, status="accepted")

    evidence = {one["code"]: one for one in draft()["evidence"]}
    assert len(evidence) == 16
    assert evidence["370100"]["submission"]["sha256"] == jinan.sha256
    assert evidence["370100"]["submission"]["version"] == "1"
    assert evidence["370100"]["counts_for_share"] is True
    assert evidence["370600"]["submission"] is None
    assert evidence["370600"]["output_value"] is None
    assert evidence["370600"]["counts_for_firms"] is False


def test_what_differs_since_is_listed(reviewer):
    make_province(period="2025Q4", silent=["370600"])
    issued = issue_assessment(make_plan(), today(LAST), by=reviewer)
    assert assessments.since(issued) == []

    make_city_return(make_city("370600"), make_period("2025Q4"), output_value="400000000.00")
    make_publication()
    keys = {row["key"] for row in assessments.since(issued)}
    assert keys >= {"target:cluster-output-share:value", "target:cluster-output-share:accepted"}
    assert "target:firms-over-100m:value" not in keys


def test_the_next_one_names_the_one_before_and_the_differences(reviewer):
    make_province(period="2025Q4", silent=["370600"])
    first = issue_assessment(make_plan(), today(LAST), by=reviewer)
    make_city_return(make_city("370600"), make_period("2025Q4"), output_value="400000000.00")
    make_publication()

    second = issue_assessment(make_plan(), today(LAST), by=reviewer)
    assert second.data["previous"]["sha256"] == first.sha256
    assert second.data["changes"]
