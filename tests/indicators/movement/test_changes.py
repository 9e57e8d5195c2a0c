"""A change on the year: between the same cities and the same months, or none."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from clusters.models import Plan
from clusters.viewpoint import Viewpoint
from foundation.quarters import Quarter
from indicators.data.snapshot_reader import snapshot
from indicators.movement.changes import change
from indicators.results.scorecard import result_in
from tests.factories import (
    make_city,
    make_city_return,
    make_clusters,
    make_enterprise,
    make_enterprise_return,
    make_period,
    make_plan,
)

pytestmark = pytest.mark.django_db
SHARE, FIRMS = "cluster-output-share", "firms-over-100m"
JINAN, WEIFANG, YANTAI = "370100", "370700", "370600"


def on_the_year(code, quarter="2025Q3"):
    seen = Quarter.parse(quarter)
    of = snapshot(Viewpoint(seen, None, datetime(2026, 6, 1, tzinfo=UTC)))
    return change(of, result_in(of, of.indicator(code, seen), seen)).year


def told(quarter, **amounts):
    """Cities' output value of a quarter, each by its code."""
    for code, amount in amounts.items():
        make_city_return(make_city(code[1:]), make_period(quarter), output_value=amount)


def test_a_share_is_held_against_that_of_the_same_cities_a_year_earlier():
    make_clusters()
    told("2024Q3", _370100="100.00", _370700="300.00", _370600="600.00")
    told("2025Q2", _370100="100.00", _370700="400.00")
    told("2025Q3", _370100="100.00", _370700="100.00")

    year = on_the_year(SHARE)

    # Not Yantai, which is silent now; and not the quarter before, whose months are others.
    assert (year.since, year.cities) == (Quarter(2024, 3), 2)
    assert (year.before, year.now) == (Decimal("0.25"), Decimal("0.5"))
    assert year.difference == Decimal("0.25")


def test_a_count_is_held_against_the_same_months_of_the_same_cities():
    for city, revenues in {JINAN: ("1.00", "200000000.00"), YANTAI: ("200000000.00", None)}.items():
        firm = make_enterprise(make_city(city))
        for quarter, revenue in zip(("2024Q1", "2025Q1"), revenues, strict=True):
            if revenue:
                make_enterprise_return(firm, make_period(quarter), revenue=revenue)

    year = on_the_year(FIRMS, "2025Q1")

    assert (year.before, year.now, year.cities) == (0, 1, 1)


def test_what_was_not_reported_then_leaves_nothing_to_compare():
    make_city_return()
    assert on_the_year(SHARE) is None


def test_two_plans_are_not_compared():
    make_clusters()
    told("2024Q3", _370100="100.00", _370700="300.00")
    told("2025Q3", _370100="100.00", _370700="100.00")
    assert on_the_year(SHARE) is not None
    Plan.objects.update(first_year=2025)
    make_plan(code="earlier", first_year=2023, last_year=2024)
    assert on_the_year(SHARE) is None
