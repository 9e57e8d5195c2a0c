from datetime import UTC, datetime
from decimal import Decimal

import pytest

from clusters.viewpoint import Viewpoint
from foundation.quarters import Quarter
from indicators.data.snapshot_reader import snapshot
from indicators.estimates.projections import firm_projections
from indicators.formulas.firm_outlook import Basis, Prospect
from tests.factories import make_city, make_enterprise, make_enterprise_return, make_period

pytestmark = pytest.mark.django_db
Q3 = Quarter(2025, 3)


def read():
    return snapshot(Viewpoint(Q3, None, datetime(2026, 6, 1, tzinfo=UTC)))


def firm(city="370100", **by_quarter):
    enterprise = make_enterprise(make_city(city))
    for code, revenue in by_quarter.items():
        make_enterprise_return(enterprise, make_period(code), revenue=revenue)
    return enterprise


def test_whose_year_is_taken_the_firms_own_then_its_citys_then_the_provinces():
    own = firm(**{"2024Q3": "60.00", "2024Q4": "100.00", "2025Q3": "60000000.01"})
    city = firm(**{"2025Q3": "60000000.01"})
    province = firm("370700", **{"2025Q3": "60000000.01"})
    found = {one.enterprise_id: one.outlook for one in firm_projections(read(), Q3).open}
    assert found[own.pk].basis is Basis.OWN
    assert found[city.pk].basis is Basis.CITY
    assert found[province.pk].basis is Basis.PROVINCE
    assert all(one.prospect is Prospect.ON_PACE for one in found.values())


def test_the_least_that_could_come_near_is_still_looked_at():
    slow = firm(**{"2024Q3": "5.00", "2024Q4": "100.00", "2025Q3": "4000000.00"})
    [found] = firm_projections(read(), Q3).open
    assert found.enterprise_id == slow.pk
    assert found.outlook.projection == Decimal("80000000.00")
