from datetime import UTC, datetime

import pytest

from clusters.viewpoint import Viewpoint
from foundation.quarters import Quarter
from indicators.catalogue import Measure
from indicators.data.disclosure import NOBODY, everything
from indicators.data.snapshot_reader import snapshot
from indicators.regions.growth_disclosure import growths_for
from tests.factories import (
    make_cities,
    make_city,
    make_clusters,
    make_enterprise,
    make_enterprise_return,
    make_period,
    make_publication,
)

pytestmark = pytest.mark.django_db
Q3 = Quarter(2025, 3)
ALL = frozenset({"sums", "comparable", "parts"})


def stayed(code, number=4):
    for _n in range(number):
        firm = make_enterprise(make_city(code))
        for period in ("2024Q3", "2025Q3"):
            make_enterprise_return(
                firm, make_period(period), revenue="100.00", output_value="90.00"
            )


def joined(code, number=1):
    for _n in range(number):
        firm = make_enterprise(make_city(code))
        make_enterprise_return(firm, make_period("2025Q3"), revenue="50.00", output_value="40.00")


def left(code, number=1):
    for _n in range(number):
        firm = make_enterprise(make_city(code))
        make_enterprise_return(firm, make_period("2024Q3"), revenue="50.00", output_value="40.00")


def withheld(known=NOBODY):
    make_publication(period=make_period("2025Q3"))
    of = snapshot(Viewpoint(Q3, None, datetime(2026, 6, 1, tzinfo=UTC)))
    known = everything(of) if known is None else known
    places = growths_for(of, Q3, Measure.REVENUE, known)
    return {place.key: place.withheld for place in places if place.withheld}


@pytest.fixture(autouse=True)
def province():
    make_cities()
    make_clusters()
    for code in ("370100", "370200", "370400", "370700"):
        stayed(code)


def test_nothing_is_withheld_where_nobody_joined_or_left():
    assert withheld() == {}


def test_one_newcomer_is_withheld_with_the_total_that_would_show_it():
    joined("370400")

    assert withheld() == {
        key: {"comparable", "parts"} for key in ("zaozhuang", "province", "clusters")
    }


def test_three_newcomers_are_shown():
    joined("370400", 3)

    assert withheld() == {}


def test_newcomers_of_several_cities_stand_in_the_total_only():
    for code in ("370400", "370700"):
        joined(code, 2)

    assert withheld() == {key: {"comparable", "parts"} for key in ("zaozhuang", "weifang")}


def test_the_clusters_are_withheld_where_one_city_on_a_side_would_be_known():
    joined("370100")
    joined("370400", 2)

    assert withheld() == {
        key: {"comparable", "parts"} for key in ("jinan", "zaozhuang", "clusters")
    }


def test_what_is_alone_in_its_column_is_not_told_by_the_provinces_row():
    """Zaozhuang's leavers alone are withheld, with its newcomer: the column's total is theirs."""
    joined("370400")
    left("370400", 3)
    joined("370700", 2)

    found = withheld()

    assert found["zaozhuang"] == found["weifang"] == {"comparable", "parts"}
    assert found["province"] == {"parts"}


def test_who_knows_the_enterprises_sees_them():
    joined("370400")

    assert withheld(frozenset({"370400"})) == {}
    assert withheld(None) == {}


def test_a_city_whose_lines_are_hidden_has_no_sums_either():
    stayed("370300", 2)

    assert withheld()["zibo"] == ALL


def test_the_provinces_sum_is_withheld_where_a_silent_city_hides_another_in_the_table_of_all():
    # Of last year's table Weihai, a single enterprise, is withheld and a second city with it. Both
    # quarters were not reported by all: without the silent ones the province's sum would tell.
    stayed("371000", 1)
    left("371300", 4)

    found = withheld()

    assert "sums" in found["weihai"]
    assert "sums" in found["province"]
