"""Tests of the three completions of the silent cities."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusters.quarters import Quarter
from indicators.formulas.city_output import CityOutput
from indicators.formulas.incomparable import Incomparable
from indicators.formulas.share_bounds import share_bounds
from indicators.formulas.share_scenarios import Scenario, Supposed, share_scenarios
from tests.indicators.formulas.test_share_bounds import (
    A_YEAR_AGO,
    BEFORE,
    NOW,
    city,
    provinces,
)

NOTHING, LAST, TREND = Scenario


def completions(*cities):
    """The completions by scenario."""
    return {one.scenario: one for one in share_scenarios(cities, NOW)}


def test_with_everybody_heard_there_is_nothing_to_suppose():
    assert share_scenarios([city("370100", "60"), city("370400", "40")], NOW) == ()


def test_a_silent_city_at_nothing_as_last_and_with_the_trend():
    found = completions(
        city("370100", now="60", a_year_ago="50"),
        city("370400", now="50", a_year_ago="50"),
        city("370600", before="15", a_year_ago="20"),
    )
    assert [one.supposed for one in found.values()] == [
        (Supposed("370600", False, Decimal("0")),),
        (Supposed("370600", False, Decimal("15"), BEFORE),),
        (Supposed("370600", False, Decimal("22.00"), A_YEAR_AGO, Decimal("1.1")),),
    ]
    assert [(one.clusters, one.province) for one in found.values()] == [
        (60, 110),
        (60, 125),
        (60, 132),
    ]
    assert [one.share for one in found.values()] == [
        Decimal(60) / 110,
        Decimal("0.48"),
        Decimal(60) / 132,
    ]


def test_a_silent_cluster_city_counts_on_both_sides():
    found = completions(
        city("370100", now="60"), city("370400", now="40"), city("370300", None, "20")
    )
    assert (found[LAST].clusters, found[LAST].province) == (80, 120)
    assert found[LAST].supposed[0].in_cluster


def test_without_a_figure_of_this_year_the_last_is_that_of_the_same_quarter_last_year():
    found = completions(city("370100", "60"), city("370600", a_year_ago="20"))
    assert found[LAST].supposed == (Supposed("370600", False, Decimal("20"), A_YEAR_AGO),)


def test_without_a_figure_of_last_year_the_trend_is_that_since_the_last_quarter():
    found = completions(city("370100", now="90", before="60"), city("370600", before="20"))
    assert found[TREND].supposed == (
        Supposed("370600", False, Decimal("30.00"), BEFORE, Decimal("1.5")),
    )


def test_the_whole_of_last_year_is_never_taken_for_a_quarter():
    silent = CityOutput("370600", False, {Quarter(2024, 4): Decimal("99")})
    found = completions(city("370100", now="90", before="60"), silent)
    assert found[LAST].supposed[0].amount is None


def test_the_trend_is_of_cities_with_both_quarters_and_of_all_of_them_together():
    found = completions(
        city("370100", now="100", a_year_ago="50"),
        city("370200", now="100", a_year_ago="150"),
        city("370300", now="500"),
        city("370400", now="500", a_year_ago="0"),
        city("370600", a_year_ago="10.01"),
    )
    assert found[TREND].supposed[0].amount == Decimal("10.01")
    assert found[TREND].supposed[0].trend == 1


def test_the_trend_may_fall():
    found = completions(city("370100", "50", a_year_ago="100"), city("370600", a_year_ago="3.33"))
    assert found[TREND].supposed[0].amount == Decimal("1.67")


def test_without_a_record_there_is_no_share_and_no_zero_in_its_place():
    found = completions(city("370100", "60"), city("370400", "40"), city("370600"))
    assert found[NOTHING].share == Decimal("0.6")
    for scenario in (LAST, TREND):
        one = found[scenario]
        assert (one.clusters, one.province, one.share) == (None, None, None)
        assert one.supposed == (Supposed("370600", False, None),)


def test_a_province_that_made_nothing_has_no_share():
    found = completions(city("370100", "0"), city("370600"))
    assert (found[NOTHING].clusters, found[NOTHING].province) == (0, 0)
    assert found[NOTHING].share is None


def test_no_trend_without_a_city_that_has_both_quarters():
    found = completions(city("370100", "60", a_year_ago="0"), city("370600", a_year_ago="20"))
    assert found[TREND].supposed[0].amount is None
    assert found[LAST].supposed[0].amount == 20


@pytest.mark.parametrize("cities", [[city("370100", "-1")], [city("370100"), city("370100")]])
def test_what_cannot_be_a_province_is_refused(cities):
    with pytest.raises(Incomparable):
        share_scenarios(cities, NOW)


@given(provinces())
def test_the_bounds_hold_all_three_and_nothing_is_the_share_of_the_accepted(province):
    cities, _ = province
    bounds = share_bounds(cities, NOW)
    ceilings = {one.city: one.ceiling for one in bounds.assumptions}
    for one in share_scenarios(cities, NOW):
        assert one.share is None or bounds.low <= one.share <= bounds.high
        assert one.scenario is not NOTHING or one.share == bounds.value
        for supposed in one.supposed:
            ceiling = ceilings[supposed.city]
            assert supposed.amount is None or supposed.amount >= 0
            assert supposed.amount is None or ceiling is None or supposed.amount <= ceiling


@given(provinces(), st.randoms())
def test_the_order_of_the_cities_is_of_no_account(province, random):
    cities, _ = province
    shuffled = random.sample(cities, len(cities))
    for one, other in zip(
        share_scenarios(cities, NOW), share_scenarios(shuffled, NOW), strict=True
    ):
        assert (one.share, set(one.supposed)) == (other.share, set(other.supposed))
