from datetime import UTC, datetime
from decimal import Decimal

import pytest

from clusters.quarters import Quarter
from clusters.viewpoint import Viewpoint
from indicators.changes import change
from indicators.scorecard import result
from tests.factories import (
    make_city,
    make_city_return,
    make_clusters,
    make_enterprise,
    make_enterprise_return,
    make_period,
)

pytestmark = pytest.mark.django_db


def seen(code):
    return Viewpoint(Quarter.parse(code), None, datetime(2026, 6, 1, tzinfo=UTC))


def test_a_share_beside_last_quarters_and_last_years():
    make_clusters()
    for code, elsewhere in [("2024Q3", "300.00"), ("2025Q2", "400.00"), ("2025Q3", "100.00")]:
        make_city_return(make_city(), make_period(code), output_value="100.00")
        make_city_return(make_city("370700"), make_period(code), output_value=elsewhere)
    found = change(result("cluster-output-share", seen("2025Q3")))
    assert found.difference == Decimal("0.3")
    assert found.year_difference == Decimal("0.25")


def test_a_count_is_not_held_against_the_year_before_where_it_begins_anew():
    firm = make_enterprise()
    for code, revenue in [("2024Q4", "200000000.00"), ("2025Q1", "30000000.00")]:
        make_enterprise_return(firm, make_period(code), revenue=revenue)
    found = change(result("firms-over-100m", seen("2025Q1")))
    assert found.before is None
    assert found.difference is None


def test_what_was_not_reported_then_leaves_no_difference():
    make_city_return()
    found = change(result("cluster-output-share", seen("2025Q3")))
    assert found.difference is None
    assert found.year_before is None
