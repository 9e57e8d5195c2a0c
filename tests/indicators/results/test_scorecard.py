"""Both targets, from returns in the database to the verdict."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from clusters.models import CityReturn, Plan
from foundation.quarters import Quarter
from indicators.formulas.likely_range import NoEstimate
from indicators.results.indicator_result import DataStatus, FigureState, NoValue
from indicators.results.scorecard import result, scorecard
from indicators.verdict.goal import Standing
from tests.factories import (
    CITIES,
    make_cities,
    make_city,
    make_city_return,
    make_clusters,
    make_period,
    make_plan,
    make_publication,
    make_target,
)
from tests.indicators.results.shown import LATER, SHARE, seen

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def province(db):
    make_cities()
    make_clusters()


def report(code="2025Q3", *, silent=(), each="100.00", **given):
    """Every city reports the same output value, but for those given and the silent ones."""
    for city in CITIES:
        if city not in silent:
            amount = given.get(f"c{city}", each)
            make_city_return(make_city(city), make_period(code), output_value=amount)
    make_publication(period=make_period(code))


def test_share_of_sixteen_cities():
    report(c370100="500.00")
    found = result(SHARE, seen())
    assert found.numerator == Decimal("700.00")
    assert found.denominator == Decimal("2000.00")
    assert found.value == Decimal("0.35")
    assert (found.coverage.accepted, found.coverage.expected) == (16, 16)
    assert not found.provisional
    assert found.certain.is_exact
    assert (found.reported_only, found.estimate, found.silent) == (None, None, ())


def test_fourteen_cities_name_the_silent_two_and_their_ranges_hold_the_later_share():
    report("2024Q2")
    report("2024Q3", each="150.00")
    report("2025Q2", each="110.00")
    report(silent=["370600", "371300"], each="165.00")
    found = result(SHARE, seen())
    assert (found.value, found.provisional) == (None, True)
    assert found.reported_only == Decimal(495) / Decimal(2310)
    assert [city.code for city in found.coverage.missing] == ["370600", "371300"]
    assert found.weight == Decimal(14) / 16
    # The two have made at least what is accepted of them, and likely what their growth says.
    assert found.certain.low is None
    assert round(found.certain.high - Decimal(495) / Decimal(2310 + 220), 20) == 0
    later = Decimal(495) / Decimal(2310 + 330)
    assert found.estimate.low < later < found.estimate.high
    assert abs(found.estimate.centre - later) < Decimal("1e-20")
    yantai, linyi = found.silent
    assert [one.city.code for one in (yantai, linyi)] == ["370600", "371300"]
    assert (yantai.floor, yantai.since, yantai.last_year) == (110, Quarter(2025, 2), 150)


def test_with_too_few_cities_nothing_is_estimated_and_no_share_is_given():
    report("2024Q3")
    report(silent=list(CITIES)[2:])
    found = result(SHARE, seen())
    assert (found.value, found.estimate) == (None, None)
    assert found.no_estimate is NoEstimate.LOW_COVERAGE
    assert found.state == FigureState(DataStatus.MISSING, NoValue.LOW_COVERAGE)


def test_the_least_weight_is_a_field_of_the_plan():
    report("2024Q2")
    report("2024Q3", each="150.00")
    report("2025Q2", each="110.00")
    report(silent=list(CITIES)[9:], each="165.00")
    assert result(SHARE, seen()).no_estimate is NoEstimate.LOW_COVERAGE
    plan = Plan.objects.get()
    plan.least_weight = Decimal("0.5")
    plan.save()
    assert result(SHARE, seen()).estimate is not None


def test_a_silent_city_cannot_raise_the_share_unnoticed():
    make_target(SHARE, value="0.3")
    report("2024Q3")
    report(silent=["370400", "370500", "370600", "370700", "370800", "370900", "371000"])
    found = result(SHARE, seen())
    assert found.reported_only > Decimal("0.3")
    assert found.standing is Standing.CANNOT_JUDGE
    assert found.certain.open == ("low",)


def test_what_is_certain_without_the_silent_is_judged():
    make_target(SHARE, value="0.3")
    report(silent=["370600"])
    found = result(SHARE, seen("2025Q3"))
    assert found.certain.high == Decimal("0.2")
    # Before the deadline without a baseline it is not judged, at the deadline it is missed.
    assert found.standing is Standing.CANNOT_JUDGE
    report("2025Q4", silent=["370600"])
    at_deadline = result(SHARE, seen("2025Q4"))
    assert (at_deadline.value, at_deadline.standing) == (None, Standing.BEHIND)


def test_a_correction_downwards_withdraws_the_range_of_an_earlier_day():
    report("2025Q2")
    report(silent=["370600"], each="165.00")
    day = LATER.date() - timedelta(days=1)
    assert not result(SHARE, seen(as_of=day)).certain.withdrawn
    old = CityReturn.objects.get(city__code="370600", period__code="2025Q2")
    old.superseded_at = LATER
    old.save()
    make_city_return(
        make_city("370600"), make_period("2025Q2"), output_value="90.00", published_at=LATER
    )
    make_publication(published_at=LATER)
    then, now = result(SHARE, seen(as_of=day)), result(SHARE, seen())
    assert then.certain.withdrawn
    assert round(then.certain.high - Decimal(495) / Decimal(2475 + 100), 20) == 0
    assert not now.certain.withdrawn
    assert round(now.certain.high - Decimal(495) / Decimal(2475 + 90), 20) == 0


def test_a_quarter_that_comes_in_under_its_floor_withdraws_it_too():
    report("2025Q2")
    report(silent=["370600"], each="165.00")
    make_city_return(
        make_city("370600"), make_period("2025Q3"), output_value="99.00", published_at=LATER
    )
    make_publication(published_at=LATER)
    day = LATER.date() - timedelta(days=1)
    assert result(SHARE, seen(as_of=day)).certain.withdrawn


def test_what_comes_in_as_it_must_withdraws_nothing():
    report("2025Q2")
    report(silent=["370600"], each="165.00")
    make_city_return(
        make_city("370600"), make_period("2025Q3"), output_value="100.00", published_at=LATER
    )
    make_publication(published_at=LATER)
    day = LATER.date() - timedelta(days=1)
    assert not result(SHARE, seen(as_of=day)).certain.withdrawn


def test_a_complete_figure_is_open_to_correction_until_the_next_is_complete():
    report("2025Q2")
    report("2025Q3")
    assert result(SHARE, seen("2025Q3")).state.status is DataStatus.COMPLETE
    assert result(SHARE, seen("2025Q2")).state.status is DataStatus.SETTLED


def test_a_target_changed_after_the_quarter_was_shown_bears_a_mark():
    target = make_target(SHARE, value="0.3")
    report()
    assert result(SHARE, seen()).changed_target is None
    target.value = Decimal("0.26")
    target.save()
    found = result(SHARE, seen())
    assert (found.changed_target.before, found.changed_target.after) == (
        Decimal("0.3"),
        Decimal("0.26"),
    )
    assert found.changed_target.version == 2
    assert "30%" in found.changed_target_words
    assert "26%" in found.changed_target_words


def test_another_wording_is_no_other_target():
    target = make_target(SHARE, value="0.3")
    report()
    target.wording = "其他"
    target.save()
    assert result(SHARE, seen()).changed_target is None


def test_nothing_reported_is_none_and_not_zero():
    make_period()
    for found in scorecard(seen()):
        assert found.value is None
        assert found.certain.open == ("low", "high")
        assert found.estimate is None
        assert found.attainment is None
        assert all(one.amount is None for one in found.contributions)
        assert found.coverage.accepted == 0
    assert found.secured is None


def test_a_city_that_reports_revenue_only_is_silent_for_the_share():
    report(silent=["370700"])
    make_city_return(make_city("370700"), output_value=None, revenue="900.00")
    found = result(SHARE, seen())
    assert [city.code for city in found.coverage.missing] == ["370700"]


def test_a_restatement_changes_todays_share_and_not_yesterdays():
    report(c370100="500.00")
    before = result(SHARE, seen()).value
    old = CityReturn.objects.get(city__code="370100")
    old.superseded_at = LATER
    old.save()
    make_city_return(make_city("370100"), output_value="900.00", published_at=LATER)
    make_publication(published_at=LATER)
    assert result(SHARE, seen()).value == Decimal(1100) / Decimal(2400)
    the_day_before = result(SHARE, seen(as_of=LATER.date() - timedelta(days=1)))
    assert the_day_before.value == before
    assert the_day_before.as_of == LATER.date() - timedelta(days=1)


def test_a_quarter_outside_any_plan_still_has_its_value():
    make_target(SHARE)
    report("2026Q1")
    found = result(SHARE, seen("2026Q1"))
    assert found.value == Decimal("300") / 1600
    assert found.target.value == Decimal("0.5")


def test_which_cities_are_clusters_is_what_the_plan_of_the_quarter_says():
    make_plan(code="next", title="next", first_year=2026, last_year=2030)
    report("2026Q1")
    found = result(SHARE, seen("2026Q1"))
    # A share of no clusters is none, and never 0.
    assert (found.numerator, found.value, found.reported_only) == (None, None, None)
    assert found.state.why_none is NoValue.NO_CLUSTER
    assert not any(one.in_cluster for one in found.contributions)


def test_without_a_target_nothing_is_judged_and_the_page_says_so():
    report()
    found = result(SHARE, seen())
    assert found.target is None
    assert found.standing is Standing.CANNOT_JUDGE
    assert "no target" in found.explanation


def test_without_a_baseline_there_is_no_attainment():
    make_target(SHARE)
    report()
    found = result(SHARE, seen())
    assert found.attainment is None
    assert found.pace_value is None


def test_attainment_against_the_pace():
    make_target(SHARE, baseline_value="0.1", baseline_period="2022Q4")
    report("2025Q4", c370100="1000.00")
    found = result(SHARE, seen("2025Q4"))
    assert found.value == Decimal("0.48")
    assert found.attainment == Decimal("0.95")
    assert found.due_share == 1
    assert found.standing is Standing.BEHIND
    assert "48" in found.explanation


def test_history_leaves_gaps_where_nobody_reported():
    report("2025Q1")
    make_period("2025Q2")
    report("2025Q3")
    points = {str(p.quarter): p.value for p in result(SHARE, seen()).history}
    assert points == {
        "2025Q1": Decimal("0.1875"),
        "2025Q2": None,
        "2025Q3": Decimal("0.1875"),
    }


def test_a_day_before_everything_knows_nothing():
    report()
    found = result(SHARE, seen(as_of=date(2025, 1, 1)))
    assert found.value is None
    assert found.updated_at is None
