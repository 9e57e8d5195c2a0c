from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from accounts.scope import cities_for
from clusters.viewpoint import Viewpoint
from enterprises.models import EnterpriseReturn
from foundation.quarters import Quarter
from indicators.data.disclosure import (
    NOBODY,
    everything,
    hidden_rows,
    known_to,
    park_is_withheld,
    sum_is_withheld,
)
from indicators.data.snapshot_reader import snapshot
from indicators.regions.regional_figures import park_row
from parks.models import Park, ParkReturn
from tests.audit.rewritten import rewrite
from tests.factories import (
    PUBLISHED_AT,
    make_cities,
    make_city,
    make_enterprise,
    make_enterprise_return,
    make_park,
    make_period,
    make_publication,
    make_user,
)

pytestmark = pytest.mark.django_db
Q2, Q3 = Quarter(2025, 2), Quarter(2025, 3)
JINAN, QINGDAO, ZIBO = "370100", "370200", "370300"


def read():
    return snapshot(Viewpoint(Q3, None, datetime(2026, 6, 1, tzinfo=UTC)))


def fill(code, amounts, *, park=None, period="2025Q3"):
    """Enterprises of a city that make these amounts, in a park or outside any."""
    for amount in amounts:
        firm = make_enterprise(make_city(code))
        make_enterprise_return(firm, make_period(period), revenue=amount, output_value=amount)
        if park:
            rewrite(EnterpriseReturn.objects.filter(enterprise=firm), park=park)


def told(park, period="2025Q3", *, output="900.00", firms=None):
    """What a city reports of its park."""
    ParkReturn.objects.create(
        park=park,
        period=make_period(period),
        output_value=output,
        firms=firms,
        published_at=PUBLISHED_AT,
    )


@pytest.fixture
def park():
    """Jinan's park of one enterprise, beside five outside it; Qingdao and Zibo have four each."""
    make_cities()
    park = make_park(make_city(JINAN), slug="jinan-park")
    fill(JINAN, ["900.00"], park=park)
    fill(JINAN, ["1000.00"] * 5)
    fill(QINGDAO, ["800.00"] * 4)
    fill(ZIBO, ["700.00"] * 4)
    told(park)
    make_publication(period=make_period("2025Q3"))
    return park


def test_a_park_is_withheld_from_readers_who_do_not_know_its_enterprises(park):
    of = read()

    assert park_is_withheld(of, Q3, park, NOBODY)
    assert park_is_withheld(of, Q3, park, frozenset({QINGDAO}))
    assert not park_is_withheld(of, Q3, park, frozenset({JINAN}))
    assert not park_is_withheld(of, Q3, park, everything(of))


def test_the_rest_of_the_city_is_withheld_with_it(park):
    assert hidden_rows(read(), Q3, "park", NOBODY).keys == {(JINAN, park.pk), (JINAN, None)}


def test_the_readers_own_city_hides_no_other_for_he_would_subtract_it(park):
    """Two cities of one enterprise hide each other, but not from the one of the two."""
    fill("371600", ["500.00"])
    fill("371700", ["400.00"])
    of = read()

    assert hidden_rows(of, Q3, "city", NOBODY).keys == {"371600", "371700", ZIBO}
    assert hidden_rows(of, Q3, "city", frozenset({"371600"})).keys == {"371700", ZIBO}


def test_a_park_of_which_the_city_itself_reports_two_enterprises_is_withheld():
    make_cities()
    few = make_park(make_city(QINGDAO), slug="few")
    more = make_park(make_city(ZIBO), slug="more")
    told(few, firms=2)
    told(more, firms=3)
    of = read()

    assert park_is_withheld(of, Q3, few, NOBODY)
    assert not park_is_withheld(of, Q3, more, NOBODY)


def test_one_withheld_park_is_not_in_a_sum_of_parks_and_two_large_ones_are(park):
    of = read()
    assert sum_is_withheld(of, Q3, [park], NOBODY)
    assert not sum_is_withheld(of, Q3, [park], everything(of))

    other = make_park(make_city(QINGDAO), slug="other")
    fill(QINGDAO, ["600.00", "600.00"], park=other)
    told(other, output="1200.00")
    make_publication(period=make_period("2025Q3"))
    assert not sum_is_withheld(read(), Q3, Park.objects.all(), NOBODY)


def test_a_park_that_is_withheld_for_the_rest_of_its_city_is_in_no_sum_either(park):
    """Weifang less its park would be one enterprise."""
    large = make_park(make_city("370700"), slug="large")
    fill("370700", ["600.00"] * 3, park=large)
    fill("370700", ["600.00"])
    told(large, output="1800.00")
    make_publication(period=make_period("2025Q3"))
    of = read()

    assert park_is_withheld(of, Q3, large, NOBODY)
    assert sum_is_withheld(of, Q3, [large], NOBODY)


def test_what_a_quarter_added_is_withheld_with_the_quarter_before(park):
    told(park, "2025Q4", output="1500.00")
    fill(JINAN, ["500.00"] * 3, park=park, period="2025Q4")
    fill(JINAN, ["900.00"] * 5, period="2025Q4")
    make_publication(period=make_period("2025Q4"))

    newest = park_row(read(), park, Quarter(2025, 4)).history[-1]

    assert (newest.cumulative, newest.withheld) == (Decimal("1500.00"), False)
    assert (newest.single, newest.single_withheld) == (None, True)


def test_a_quarter_is_withheld_with_the_one_that_it_is_reckoned_from(park):
    """In the first half there were three in the park: what Q3 added would tell of Q3."""
    fill(JINAN, ["200.00"] * 3, park=park, period="2025Q2")
    fill(JINAN, ["100.00"] * 5, period="2025Q2")
    told(park, "2025Q2", output="600.00")
    make_publication(period=make_period("2025Q2"))

    row = park_row(read(), park, Q3)
    points = {point.quarter: point for point in row.history}

    assert (row.withheld, row.reported, row.share) == (True, True, None)
    assert row.totals.output_value is None
    assert (points[Q2].cumulative, points[Q2].withheld) == (Decimal("600.00"), False)
    assert (points[Q3].cumulative, points[Q3].single) == (None, None)
    assert (points[Q3].withheld, points[Q3].single_withheld) == (True, True)
    shown = park_row(read(), park, Q3, frozenset({JINAN}))
    assert (shown.totals.output_value, shown.withheld) == (Decimal("900.00"), False)


@pytest.mark.parametrize(
    ("role", "codes"), [("bureau", {JINAN}), ("official", None), (None, set())]
)
def test_a_reader_knows_the_cities_that_he_may_see(role, codes):
    make_cities()
    request = RequestFactory().get("/")
    city = make_city(JINAN) if role == "bureau" else None
    request.user = make_user(role, city) if role else AnonymousUser()
    request.cities = cities_for(request.user)
    of = read()

    assert known_to(request) == (everything(of) if codes is None else codes)
