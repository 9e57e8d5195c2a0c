"""Numbers have no gap when several people issue at once; what was seen is what is issued."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections
from django.utils import timezone

from clusters.viewpoint import Viewpoint, end_of, today
from foundation.frozen_data import canonical, sha256
from foundation.quarters import Quarter
from indicators.data.snapshot_reader import snapshot
from indicators.models import Assessment, Briefing
from submissions.papers import briefings
from submissions.papers.issuing import issue_assessment, issue_briefing
from submissions.refused import Refused
from tests.factories import make_city, make_city_return, make_period, make_plan, make_publication
from tests.province import make_province

QUARTER = Quarter(2025, 3)
JANUARY = datetime(2026, 1, 31, 2, tzinfo=UTC)


@pytest.fixture
def province(db):
    return make_province()


def drafted():
    seen = today(QUARTER)
    return briefings.draft_after([], snapshot(seen), seen)


def test_serials_run_within_plan_and_year(province, reviewer):
    moments = [JANUARY, JANUARY + timedelta(days=30), datetime(2027, 1, 4, tzinfo=UTC)]
    numbers = [issue_briefing(today(QUARTER), by=reviewer, issued_at=at).number for at in moments]
    assert numbers == ["311-2026-01", "311-2026-02", "311-2027-01"]


def test_a_new_year_begins_in_the_provinces_time(province, reviewer):
    at = datetime(2025, 12, 31, 17, tzinfo=UTC)
    assert issue_briefing(today(QUARTER), by=reviewer, issued_at=at).year == 2026


def test_assessments_count_by_themselves(province, reviewer):
    issue_briefing(today(QUARTER), by=reviewer)
    issued = issue_assessment(make_plan(), today(Quarter(2025, 4)), by=reviewer)

    assert issued.number == f"311-F-{timezone.localdate().year}-01"
    assert issued.is_intact


def test_what_is_frozen_names_number_time_person_and_unit(province, reviewer, settings):
    settings.ISSUING_UNIT = "某单位"
    issued = issue_briefing(today(QUARTER), by=reviewer, issued_at=JANUARY)

    told = {name: issued.data[name] for name in ("number", "issued_by", "issuing_unit")}
    assert told == {
        "number": "311-2026-01", "issued_by": "reviewer", "issuing_unit": "某单位"
    }  # fmt: skip
    assert issued.data["issued_at"] == JANUARY.isoformat()
    assert str(issued.publication) == issued.data["snapshot"]["publication"]


def test_only_what_was_seen_is_issued(province, reviewer):
    seen = sha256(canonical(drafted()))
    make_city_return(make_city("370100"), make_period("2025Q2"))
    make_publication()

    with pytest.raises(Refused, match="Look again"):
        issue_briefing(today(QUARTER), by=reviewer, seen=seen)
    assert not Briefing.objects.exists()


def test_a_second_click_is_told_and_issues_nothing(province, reviewer):
    seen = sha256(canonical(drafted()))
    issue_briefing(today(QUARTER), by=reviewer, seen=seen)

    with pytest.raises(Refused):
        issue_briefing(today(QUARTER), by=reviewer, seen=seen)
    assert Briefing.objects.count() == 1


def test_the_future_is_not_issued(province, reviewer):
    day = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Refused, match="day to come"):
        issue_briefing(Viewpoint(QUARTER, day, end_of(day)), by=reviewer)


def test_without_a_plan_there_is_nothing_to_issue(db, reviewer):
    make_period("2025Q3")
    with pytest.raises(Refused, match="no plan"):
        issue_briefing(today(QUARTER), by=reviewer)


@pytest.mark.parametrize("who", ["official", "officer"])
def test_whoever_reads_does_not_issue(province, request, who):
    reader = request.getfixturevalue(who)

    with pytest.raises(PermissionDenied):
        issue_briefing(today(QUARTER), by=reader)
    with pytest.raises(PermissionDenied):
        issue_assessment(make_plan(), today(QUARTER), by=reader)


def test_a_day_of_the_past_is_issued_as_it_was_known_then(province, reviewer):
    day = date(2026, 1, 1)
    issued = issue_briefing(Viewpoint(QUARTER, day, end_of(day)), by=reviewer)

    assert issued.as_of == end_of(day)
    assert issued.data["targets"][0]["value"] is None


@pytest.mark.django_db(transaction=True)
def test_two_at_once_get_a_number_each_and_leave_no_gap(reviewer):
    make_province()
    start = Barrier(4)

    def issue(_n):
        start.wait(10)
        try:
            return issue_briefing(today(QUARTER), by=reviewer, issued_at=JANUARY).serial
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        serials = list(pool.map(issue, range(4), timeout=90))
    assert sorted(serials) == [1, 2, 3, 4]
    # Each holds the hash of the one before it: they form one chain.
    every = {one.sha256: one for one in Briefing.objects.all()}
    before = [one.data["previous"] for one in every.values()]
    assert len({one["sha256"] for one in before if one}) == 3
    assert all(one["sha256"] in every for one in before if one)
    assert not Assessment.objects.exists()
