"""The deliberate imperfections exist, and every act has its time."""

from datetime import timedelta

import pytest

from foundation.quarters import Quarter
from submissions.demonstration import story
from submissions.demonstration.province import LAST, PROFILES


@pytest.fixture(scope="module")
def versions():
    return story.versions(
        {quarter: quarter.last_day + timedelta(days=15) for quarter in story.quarters()}
    )


def test_thirteen_quarters_of_sixteen_cities_but_two_silent_and_two_more_versions(versions):
    assert len(story.quarters()) == 13
    assert len(versions) == 13 * 16 - 2 + 2


def test_yantai_and_linyi_are_silent_in_the_newest_quarter(versions):
    spoke = {version.city for version in versions if version.quarter == LAST}

    assert PROFILES.keys() - spoke == {"370600", "371300"}


def test_one_city_was_sent_back_and_has_not_answered(versions):
    decisions = {}
    for version in versions:
        decisions[version.city, version.quarter] = version.reason
    assert [slot for slot, reason in decisions.items() if reason] == [("371500", LAST)]


def test_one_restatement_changes_a_year_visibly(versions):
    restated = [
        v for v in versions if v.number == 2 and not story.SENT_BACK.get((v.city, v.quarter))
    ]
    before, after = (
        sum(line.output_value for line in story.lines("370700", Quarter(2024, 4), number))
        for number in (1, 2)
    )

    assert [(v.city, str(v.quarter)) for v in restated] == [("370700", "2024Q4")]
    assert before > after * 105 / 100


def test_the_idle_firm_reports_zero_with_a_reason():
    (line,) = [
        line
        for line in story.lines(story.IDLE_CITY, LAST, 1)
        if line.firm.number == story.idle_firm()
    ]

    assert line.revenue == line.output_value == line.total_revenue == 0
    assert "零填报" in line.remark


def test_every_remark_says_that_it_is_an_example():
    remarks = {
        line.remark
        for city in PROFILES
        for quarter in story.quarters()
        for line in story.truth(city, quarter)
    }

    assert all("示例数据" in text for text in (remarks - {""}) | set(story.SENT_BACK.values()))


def test_each_is_decided_after_it_was_due_and_after_it_was_submitted(versions):
    for version in versions:
        due_on = version.quarter.last_day + timedelta(days=15)
        assert version.submitted_at < version.decided_at
        assert version.decided_at.date() > due_on


def test_versions_come_in_the_order_of_their_decisions(versions):
    decided = [version.decided_at for version in versions]
    last = {}
    for version in versions:
        slot = version.city, version.quarter
        assert version.number == last.get(slot, 0) + 1
        last[slot] = version.number

    assert decided == sorted(decided)


def test_some_workbooks_come_late(versions):
    late = [
        version
        for version in versions
        if version.submitted_at.date() > version.quarter.last_day + timedelta(days=15)
    ]

    assert 3 <= len(late) <= 25
