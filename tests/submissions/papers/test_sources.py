from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from foundation.quarters import Quarter
from submissions.papers.sources import evidence
from tests.factories import make_city, make_city_return, make_period, make_plan
from tests.submissions.cast import make_submission

pytestmark = pytest.mark.django_db
LAST = Quarter(2025, 4)
FIRST_AT = datetime(2026, 1, 20, 8, tzinfo=UTC)
THEN_AT = FIRST_AT + timedelta(days=30)
NOW = FIRST_AT + timedelta(days=60)


@pytest.fixture
def restated():
    """Jinan's last quarter, in force in two versions one after the other."""
    city, period = make_city(), make_period("2025Q4")
    make_submission(city, period, status="superseded", published_at=FIRST_AT, superseded_at=THEN_AT)
    make_city_return(
        city, period, output_value="100.00", published_at=FIRST_AT, superseded_at=THEN_AT
    )
    make_city_return(city, period, output_value="90.00", published_at=THEN_AT)
    return make_submission(city, period, status="accepted", published_at=THEN_AT)


def test_the_version_in_force_is_the_evidence(restated):
    found = evidence(make_plan(), LAST, NOW)
    assert found.in_force == {"370100": restated}
    then = evidence(make_plan(), LAST, FIRST_AT + timedelta(days=1)).in_force["370100"]
    assert then.version == 1


def test_a_restatement_has_what_was_before_and_after(restated):
    [one] = evidence(make_plan(), LAST, NOW).restatements
    assert (one.submission, one.before, one.after) == (restated, Decimal("100"), Decimal("90"))
    assert evidence(make_plan(), LAST, FIRST_AT + timedelta(days=1)).restatements == []


def test_what_is_not_of_the_plan_or_not_in_force_is_no_evidence():
    for code in ("2022Q4", "2026Q1"):
        make_submission(make_city(), make_period(code), status="accepted")
    make_submission(make_city(), make_period("2025Q4"), status="submitted")

    found = evidence(make_plan(), LAST, NOW)
    assert (found.in_force, found.restatements) == ({}, [])


def test_one_query_whatever_the_number_of_versions(restated, django_assert_num_queries):
    for code in ("2025Q1", "2025Q2", "2025Q3"):
        make_submission(make_city(), make_period(code), status="accepted")
    plan = make_plan()
    with django_assert_num_queries(1):
        evidence(plan, LAST, NOW)
