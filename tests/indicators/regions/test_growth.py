"""Growth on a comparable basis, read from the database."""

from decimal import Decimal
from fractions import Fraction

import pytest

from clusters.viewpoint import Viewpoint
from foundation.quarters import Quarter
from indicators.catalogue import Measure
from indicators.data.snapshot_reader import snapshot
from indicators.regions.growth import GrowthReason, growths, named_rows
from tests.factories import (
    PUBLISHED_AT,
    make_city,
    make_clusters,
    make_enterprise,
    make_enterprise_return,
    make_period,
)

pytestmark = pytest.mark.django_db
Q3 = Quarter(2025, 3)
JINAN, QINGDAO, WEIFANG, YANTAI = "370100", "370200", "370700", "370600"


def told(code, then, now, *, year_earlier=None):
    """An enterprise with its revenue last year and this; None is no line at all."""
    firm = make_enterprise(make_city(code))
    for period, revenue in (("2024Q3", then), ("2025Q3", now)):
        if revenue is not None:
            make_enterprise_return(
                firm,
                make_period(period),
                revenue=revenue,
                output_value=revenue,
                revenue_last_year=year_earlier if period == "2025Q3" else None,
            )
    return firm


@pytest.fixture
def province():
    """Jinan: one that stayed, one that joined, one filled in, one that left; Yantai silent."""
    make_clusters()
    make_city(WEIFANG), make_city(YANTAI)
    return {
        "stayed": told(JINAN, "100.00", "110.00"),
        "joined": told(JINAN, None, "50.00"),
        "filled": told(JINAN, None, "22.00", year_earlier="20.00"),
        "left": told(JINAN, "40.00", None),
        "elsewhere": told(WEIFANG, "200.00", "260.00"),
        "silent": told(YANTAI, "60.00", None),
    }


def places(measure=Measure.REVENUE):
    of = snapshot(Viewpoint(Q3, None, PUBLISHED_AT))
    return {place.key: place for place in growths(of, Q3, measure)}


def test_reported_and_comparable_growth_of_a_city_and_what_lies_between(province):
    jinan = places()["jinan"]

    assert (jinan.then, jinan.now) == (140, 182)
    assert jinan.reported == Decimal("30.00")
    assert jinan.comparable == Decimal("10.00")
    assert {row.enterprise_id: row.reason for row in jinan.rows} == {
        province["joined"].pk: GrowthReason.JOINED,
        province["filled"].pk: GrowthReason.FILLED_IN,
        province["left"].pk: GrowthReason.LEFT,
    }
    assert jinan.difference == sum(jinan.parts) == Decimal("20.00")
    assert jinan.part(GrowthReason.JOINED) == Decimal("35.72")  # 35.714, and the last place


def test_nothing_is_filled_in_for_output_value(province):
    jinan = places(Measure.OUTPUT_VALUE)["jinan"]

    assert jinan.part(GrowthReason.FILLED_IN) == 0
    assert {row.reason for row in jinan.rows} == {GrowthReason.JOINED, GrowthReason.LEFT}


def test_the_provinces_growth_is_of_the_cities_that_reported_both_quarters(province):
    whole = places()["province"]

    # Without Yantai, whose enterprises did not leave: 182 + 260 beside 140 + 200.
    assert (whole.then, whole.now) == (340, 442)
    assert whole.reported == Decimal("30.00")
    assert (whole.cities, whole.of) == (2, 5)
    assert whole.same_cities == "same 2 cities"
    assert province["silent"].pk not in {row.enterprise_id for row in whole.rows}


def test_a_city_without_both_quarters_has_no_growth(province):
    yantai = places()["yantai"]
    assert (yantai.then, yantai.now) == (60, None)
    assert (yantai.reported, yantai.comparable, yantai.difference) == (None, None, None)
    assert named_rows(yantai, make_city(JINAN)._meta.model.objects.all()).rows == ()


def test_the_clusters_together_are_their_cities(province):
    told(QINGDAO, "10.00", "20.00")

    clusters = places()["clusters"]

    assert (clusters.then, clusters.now) == (150, 202)
    assert clusters.in_cluster
    assert clusters.comparable == Decimal("16.92")  # (110 + 22 + 20) / (100 + 20 + 10)


def test_every_place_is_reconciled_exactly(province):
    for place in places().values():
        if place.difference is not None:
            exact = sum((one.part for one in place.exact.differences), Fraction(0))
            assert place.exact.reported - place.exact.comparable == exact
            assert place.comparable + sum(place.parts) == place.reported
            assert sum(row.part for row in place.rows) == place.difference


def test_names_the_readers_enterprises_and_adds_the_rest_up(province, officer, stranger):
    whole = places()["province"]

    jinans = named_rows(whole, make_city(JINAN)._meta.model.objects.filter(code=JINAN))

    assert {firm for firm, _row in jinans.rows} == {
        province["joined"], province["filled"], province["left"]
    }  # fmt: skip
    assert jinans.rest == 0
    assert sum(row.part for _f, row in jinans.rows) + jinans.rest_part == whole.difference
