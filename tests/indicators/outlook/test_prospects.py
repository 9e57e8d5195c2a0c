from decimal import Decimal

import pytest

from clusters.models import City
from indicators.estimates.projections import FirmProspect
from indicators.formulas.firm_outlook import firm_outlook
from indicators.outlook import prospects
from indicators.outlook.prospects import named
from tests.factories import make_city, make_enterprise

pytestmark = pytest.mark.django_db


def near(enterprise, city=None):
    revenue = Decimal("90000000.00")
    outlook = firm_outlook(cumulative=revenue, quarter=4, threshold=Decimal("100000000"))
    return FirmProspect(enterprise.pk, city or enterprise.city.code, revenue, outlook)


def test_names_are_those_of_the_readers_cities_and_the_rest_a_number():
    here, there = make_enterprise(make_city()), make_enterprise(make_city("370700"))
    found = named([near(there), near(here)], City.objects.filter(code="370100"))
    assert [enterprise for enterprise, _ in found.rows] == [here]
    assert (found.more, found.elsewhere) == (0, 1)


def test_an_enterprise_that_has_moved_away_is_not_named():
    moved = make_enterprise(make_city("370700"))
    found = named([near(moved, "370100")], City.objects.filter(code="370100"))
    assert found.rows == []


def test_no_more_are_shown_than_somebody_can_visit(monkeypatch):
    monkeypatch.setattr(prospects, "SHOWN", 2)
    found = named([near(make_enterprise()) for _ in range(3)], City.objects.all())
    assert len(found.rows) == 2
    assert found.more == 1


def test_nobody_near_needs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert named([], City.objects.all()).rows == []
