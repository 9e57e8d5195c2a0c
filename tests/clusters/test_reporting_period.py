"""Which quarters are owed: those of the plans' years that are on record."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clusters.models import Plan, ReportingPeriod
from foundation.quarters import Quarter
from tests.depth import examples
from tests.factories import make_period, make_plan

pytestmark = pytest.mark.django_db
CALENDAR = Quarter.range(Quarter(2022, 4), Quarter(2026, 4))


def owed():
    return [str(period) for period in ReportingPeriod.objects.owed()]


def test_the_quarters_of_the_plans_years_are_owed_and_those_beside_them_are_not():
    for quarter in CALENDAR:
        make_period(str(quarter))
    make_plan()

    assert owed() == [str(q) for q in CALENDAR if 2023 <= q.year <= 2025]
    is_owed = {str(one): one.is_owed for one in ReportingPeriod.objects.with_owed()}
    assert (is_owed["2022Q4"], is_owed["2023Q1"]) == (False, True)
    assert (is_owed["2025Q4"], is_owed["2026Q1"]) == (True, False)


def test_the_next_plan_makes_its_years_owed():
    make_period("2026Q1")
    make_plan()
    assert owed() == []

    make_plan(code="next", first_year=2026, last_year=2030)
    assert owed() == ["2026Q1"]


def test_before_the_first_period_on_record_nothing_is_owed():
    make_plan()
    make_period("2025Q2")
    assert owed() == ["2025Q2"]


def test_while_no_plan_is_on_record_the_calendar_alone_decides():
    make_period("2026Q1")
    assert owed() == ["2026Q1"]


@settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    first=st.integers(1990, 2040), years=st.integers(1, 9), quarter=st.sampled_from(CALENDAR[1:])
)
def test_a_quarter_is_owed_exactly_if_its_year_is_one_of_the_plans(first, years, quarter):
    Plan.objects.all().delete()
    ReportingPeriod.objects.all().delete()
    make_plan(first_year=first, last_year=first + years - 1)
    make_period(str(quarter))

    assert owed() == ([str(quarter)] if first <= quarter.year < first + years else [])
