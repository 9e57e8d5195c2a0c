"""Both targets, from returns in the database to the verdict."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from clusters.models import CityReturn
from clusters.quarters import Quarter
from clusters.viewpoint import Viewpoint, end_of
from indicators.scorecard import result, scorecard
from indicators.standing import Standing
from tests.factories import (
    CITIES,
    PUBLISHED_AT,
    make_cities,
    make_city,
    make_city_return,
    make_clusters,
    make_enterprise,
    make_enterprise_return,
    make_period,
    make_plan,
    make_publication,
    make_target,
)

pytestmark = pytest.mark.django_db
SHARE, FIRMS = "cluster-output-share", "firms-over-100m"
LATER = PUBLISHED_AT + timedelta(days=10)


def seen(quarter="2025Q3", as_of=None):
    moment = end_of(as_of) if as_of else datetime(2026, 6, 1, tzinfo=UTC)
    return Viewpoint(Quarter.parse(quarter), as_of, moment)


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
    assert found.bounds is None


def test_fourteen_cities_name_the_silent_two_and_their_bounds_hold_the_later_share():
    report("2024Q3", c370600="300.00", c371300="200.00")
    report(silent=["370600", "371300"], each="110.00")
    found = result(SHARE, seen())
    assert found.value == Decimal(330) / Decimal(1540)
    assert [city.code for city in found.coverage.missing] == ["370600", "371300"]
    assert found.provisional
    later = Decimal(330) / Decimal(1540 + 330 + 220)
    assert found.bounds.low <= later <= found.bounds.high
    assert found.bounds.low < found.value
    assert [one.city.code for one in found.bounds.assumptions] == ["370600", "371300"]
    assert found.bounds.assumptions[0].ceiling == Decimal("330.00")


def test_a_silent_city_cannot_raise_the_share_unnoticed():
    make_target(SHARE, value="0.3")
    report("2024Q3")
    report(silent=["370400", "370500", "370600", "370700", "370800", "370900", "371000"])
    found = result(SHARE, seen())
    assert found.value > Decimal("0.3")
    assert found.standing is Standing.CANNOT_JUDGE
    assert found.bounds.low < Decimal("0.3")


def test_nothing_reported_is_none_and_not_zero():
    make_period()
    for found in scorecard(seen()):
        assert found.value is None
        assert found.bounds is None
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
    assert found.numerator == 0
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


def firm(city="370100", **by_quarter):
    enterprise = make_enterprise(make_city(city))
    for code, revenue in by_quarter.items():
        make_enterprise_return(enterprise, make_period(code), revenue=revenue)
    return enterprise


def test_exactly_100_million_is_not_over():
    firm(**{"2025Q4": "100000000.00"})
    firm(**{"2025Q4": "100000000.01"})
    assert result(FIRMS, seen("2025Q4")).value == 1


def test_each_enterprise_counts_once_though_two_cities_report_it():
    reported = firm(**{"2025Q4": "200000000.00"})
    old = reported.returns.get()
    old.superseded_at = LATER
    old.save()
    make_enterprise_return(
        reported,
        make_period("2025Q4"),
        city=make_city("370700"),
        revenue="210000000.00",
        published_at=LATER,
    )
    make_publication(published_at=LATER)
    found = result(FIRMS, seen("2025Q4"))
    assert found.value == 1
    by_city = {one.city.code: one.amount for one in found.contributions}
    assert by_city["370700"] == 1
    assert by_city["370100"] is None
    yesterday = result(FIRMS, seen("2025Q4", LATER.date() - timedelta(days=1)))
    assert {c.city.code: c.amount for c in yesterday.contributions}["370100"] == 1


def test_before_the_years_end_the_projection_is_judged():
    make_target(FIRMS, value="2", baseline_value="0", baseline_period="2022Q4")
    for city in CITIES:
        firm(city, **{"2025Q3": "1.00"})
    firm(**{"2025Q3": "100000000.01"})
    on_pace = firm(**{"2024Q3": "55.00", "2024Q4": "100.00", "2025Q3": "60000000.00"})
    near = firm(**{"2025Q3": "50000000.00"})
    found = result(FIRMS, seen())
    assert (found.value, found.secured, found.on_pace, found.near_miss) == (1, 1, 1, 1)
    assert found.out_of_reach == 16
    assert found.projection.value == 2
    assert found.judged == 2
    assert found.standing is Standing.ON_PACE
    assert [one.enterprise_id for one in found.near_misses] == [near.pk]
    assert [one.enterprise_id for one in found.prospects] == [on_pace.pk, near.pk]


def test_silent_cities_raise_only_the_high_bound_of_the_count():
    firm("370100", **{"2025Q4": "150000000.00"})
    firm("370200", **{"2025Q2": "60000000.00"})
    found = result(FIRMS, seen("2025Q4"))
    assert found.value == 1
    assert found.provisional
    # Fourteen cities have no record at all, so nothing bounds the count.
    assert found.bounds.high is None
    assert found.bounds.low == 1


def test_the_high_bound_counts_what_the_silent_city_last_had():
    for city in CITIES:
        firm(city, **{"2025Q3": "1.00"})
    firm("370600", **{"2025Q3": "60000000.00"})
    firm("370600", **{"2025Q3": "1000000.00"})
    for city in CITIES:
        if city != "370600":
            firm(city, **{"2025Q4": "150000000.00"})
    found = result(FIRMS, seen("2025Q4"))
    assert (found.value, found.bounds.low, found.bounds.high) == (15, 15, 16)
    assert [(a.city.code, a.ceiling) for a in found.bounds.assumptions] == [("370600", 1)]


def test_a_city_that_says_it_has_no_enterprises_is_not_silent():
    firm("370100", **{"2025Q4": "1.00"})
    make_city_return(make_city("370200"), make_period("2025Q4"), enterprises=0)
    found = result(FIRMS, seen("2025Q4"))
    assert [city.code for city in found.coverage.reporting] == ["370100", "370200"]


def test_a_day_before_everything_knows_nothing():
    report()
    found = result(SHARE, seen(as_of=date(2025, 1, 1)))
    assert found.value is None
    assert found.updated_at is None
