"""What enterprises reported in two quarters, added up by the database where they stayed."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusters.models import ReportingPeriod
from clusters.viewpoint import Viewpoint
from enterprises.models import EnterpriseReturn
from foundation.quarters import Quarter
from indicators.data.firm_returns import paired_amounts
from indicators.data.snapshot_reader import forget, snapshot
from tests.audit.rewritten import erase
from tests.factories import (
    PUBLISHED_AT,
    make_city,
    make_enterprise,
    make_enterprise_return,
    make_period,
)

pytestmark = pytest.mark.django_db
NOW, THEN = Quarter(2025, 3), Quarter(2024, 3)
JINAN, QINGDAO = "370100", "370200"


def pairs(measure="revenue", as_of=None):
    forget()
    return paired_amounts(snapshot(Viewpoint(NOW, as_of, PUBLISHED_AT)), NOW, measure)


def tell(firm, period, amount, city=None, **more):
    make_enterprise_return(
        firm, make_period(period), revenue=amount, city=city or firm.city, **more
    )


def test_those_that_one_city_reported_both_times_are_one_row_however_many():
    make_period("2024Q3")
    for number in range(1, 6):
        firm = make_enterprise(make_city(JINAN))
        tell(firm, "2024Q3", f"{number}.01")
        tell(firm, "2025Q3", f"{number}0.02", revenue_last_year="9.00")

    [row] = pairs()
    assert (row.enterprise_id, row.firms) == (None, 5)
    assert (row.city_now, row.city_then) == (JINAN, JINAN)
    assert (row.now, row.then) == (Decimal("150.10"), Decimal("15.05"))
    assert row.year_earlier is None


def test_one_that_another_city_reported_then_stands_for_itself():
    firm = make_enterprise(make_city(QINGDAO))
    tell(firm, "2024Q3", "1.00", city=make_city(JINAN))
    tell(firm, "2025Q3", "2.00")

    [row] = pairs()
    assert (row.enterprise_id, row.city_now, row.city_then) == (firm.pk, QINGDAO, JINAN)


def test_what_is_not_in_force_does_not_count():
    firm = make_enterprise(make_city(JINAN))
    tell(firm, "2024Q3", "1.00")
    tell(firm, "2025Q3", "2.00", published_at=PUBLISHED_AT + timedelta(days=1))

    [row] = pairs(as_of=PUBLISHED_AT.date())
    assert (row.enterprise_id, row.now, row.then) == (firm.pk, None, Decimal("1.00"))


def test_a_quarter_that_there_is_not_has_no_amounts():
    firm = make_enterprise(make_city(JINAN))
    tell(firm, "2025Q3", "2.00", revenue_last_year="1.50", output_value=None)
    assert not ReportingPeriod.objects.filter(code="2024Q3").exists()

    [row] = pairs()
    assert (row.city_then, row.then, row.year_earlier) == (None, None, Decimal("1.50"))
    assert pairs("output_value") == []


amounts = st.none() | st.integers(0, 10**12).map(lambda cents: Decimal(cents) / 100)
told = st.tuples(amounts, amounts, st.sampled_from([JINAN, QINGDAO]))


@given(st.lists(told, max_size=6))
def test_nothing_is_lost_by_adding_up(every):
    erase(EnterpriseReturn.objects)
    cities = [make_city(JINAN), make_city(QINGDAO)]
    for then, now, city in every:
        firm = make_enterprise(cities[0])
        tell(firm, "2024Q3", then)
        tell(firm, "2025Q3", now, city=make_city(city))

    found = pairs()
    for code in (JINAN, QINGDAO):
        assert sum(one.now or 0 for one in found if one.city_now == code) == sum(
            now or 0 for _then, now, city in every if city == code
        )
    assert sum(one.then or 0 for one in found) == sum(then or 0 for then, _now, _city in every)
    known = [one for one in every if one[0] is not None or one[1] is not None]
    assert sum(one.firms for one in found) == len(known)
