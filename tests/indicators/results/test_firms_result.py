"""The number of enterprises over 100 million, from returns in the database."""

from datetime import timedelta

import pytest

from indicators.results.scorecard import result
from indicators.verdict.goal import Standing
from indicators.verdict.standing import Reason
from tests.factories import (
    CITIES,
    make_cities,
    make_city,
    make_city_return,
    make_clusters,
    make_enterprise,
    make_enterprise_return,
    make_period,
    make_publication,
    make_target,
)
from tests.indicators.results.shown import FIRMS, LATER, seen

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def province(db):
    make_cities()
    make_clusters()


def firm(city="370100", **by_quarter):
    enterprise = make_enterprise(make_city(city))
    for code, revenue in by_quarter.items():
        make_enterprise_return(enterprise, make_period(code), revenue=revenue)
    return enterprise


def all_but(*cities):
    """The other cities have reported an enterprise far under the line."""
    for city in CITIES:
        if city not in cities:
            firm(city, **{"2025Q4": "1.00"})


def test_exactly_100_million_is_not_over():
    all_but("370100")
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
    assert (found.value, found.certain.low) == (None, 1)
    by_city = {one.city.code: one.amount for one in found.contributions}
    assert by_city["370700"] == 1
    assert by_city["370100"] is None
    yesterday = result(FIRMS, seen("2025Q4", LATER.date() - timedelta(days=1)))
    assert {c.city.code: c.amount for c in yesterday.contributions}["370100"] == 1


def test_before_the_years_end_a_projection_without_ends_gives_no_colour():
    make_target(FIRMS, value="2", baseline_value="0", baseline_period="2022Q4")
    for city in CITIES:
        firm(city, **{"2025Q3": "1.00"})
    firm(**{"2025Q3": "100000000.01"})
    on_pace = firm(**{"2024Q3": "55000000.00", "2024Q4": "100000000.00", "2025Q3": "60000000.00"})
    near = firm(**{"2025Q3": "50000000.00"})
    found = result(FIRMS, seen())
    assert (found.value, found.secured, found.on_pace, found.near_miss) == (1, 1, 1, 1)
    assert found.out_of_reach == 16
    assert (found.projection.low, found.projection.centre) == (None, 2)
    assert found.judged == 2
    assert found.standing is Standing.CANNOT_JUDGE
    assert found.verdict.reason is Reason.PROJECTION_WITHOUT_ENDS
    assert [one.enterprise_id for one in found.near_misses] == [near.pk]
    assert [one.enterprise_id for one in found.prospects] == [on_pace.pk, near.pk]


def test_what_was_over_earlier_in_the_year_is_certain():
    make_target(FIRMS, value="2")
    firm("370100", **{"2025Q4": "150000000.00"})
    firm("370200", **{"2025Q2": "101000000.00"})
    found = result(FIRMS, seen("2025Q4"))
    assert (found.value, found.reported_only, found.certain.low) == (None, 1, 2)
    assert found.certain.open == ("high",)
    # Two are certain already, whatever the others report.
    assert found.standing is Standing.ACHIEVED


def test_a_newer_figure_under_the_line_counts_and_a_missing_line_does_not():
    all_but("370100", "370200")
    fell = firm("370100", **{"2025Q3": "101000000.00", "2025Q4": "99000000.00"})
    firm("370100", **{"2025Q3": "101000000.00"})
    firm("370200", **{"2025Q4": "1.00"})
    found = result(FIRMS, seen("2025Q4"))
    assert not found.provisional
    assert found.value == 1
    assert fell.pk not in found.prospects


def test_a_firm_that_moved_counts_once_whichever_city_brought_it():
    all_but("370100")
    moved = firm("370100", **{"2025Q3": "101000000.00"})
    make_enterprise_return(
        moved, make_period("2025Q4"), city=make_city("370700"), revenue="120000000.00"
    )
    found = result(FIRMS, seen("2025Q4"))
    assert found.certain.low == 1
    assert {one.city.code: one.floor for one in found.silent} == {"370100": 0}


def test_how_many_more_must_come_is_told_while_cities_are_silent():
    make_target(FIRMS, value="3")
    all_but("370600")
    firm("370100", **{"2025Q4": "150000000.00"})
    firm("370600", **{"2025Q3": "101000000.00", "2024Q3": "90.00", "2024Q4": "110000000.00"})
    found = result(FIRMS, seen("2025Q4"))
    assert (found.break_even.firms, found.break_even.crossed) == (1, 1)
    assert found.break_even_words


def test_a_city_that_says_it_has_no_enterprises_is_not_silent():
    firm("370100", **{"2025Q4": "1.00"})
    make_city_return(make_city("370200"), make_period("2025Q4"), enterprises=0)
    found = result(FIRMS, seen("2025Q4"))
    assert [city.code for city in found.coverage.reporting] == ["370100", "370200"]
