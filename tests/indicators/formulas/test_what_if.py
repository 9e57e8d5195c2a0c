"""Tests of what both targets would rest on."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from indicators.formulas.what_if import LeftOut, Scenario, scenario_outputs, scenario_over

OUTPUTS = {"370100": Decimal("100"), "370200": Decimal("50"), "370600": None}
amounts = st.decimals("0", "1e12", places=2)
outputs = st.dictionaries(st.sampled_from(list(OUTPUTS)), st.none() | amounts)
left = st.builds(LeftOut, st.integers(1, 5), st.sampled_from(list(OUTPUTS)), st.none() | amounts)


def test_nothing_supposed_changes_nothing():
    assert Scenario().is_empty
    assert scenario_outputs(OUTPUTS, Scenario()) == OUTPUTS
    assert not Scenario(without=(LeftOut(1, "370100", None),)).is_empty
    assert not Scenario(instead={"370100": Decimal(0)}).is_empty


def test_an_enterprise_left_out_takes_its_output_off_its_city():
    scenario = Scenario((LeftOut(1, "370100", Decimal("30")), LeftOut(2, "370100", Decimal("5"))))
    assert scenario_outputs(OUTPUTS, scenario) == OUTPUTS | {"370100": Decimal("65")}


def test_the_same_enterprise_is_left_out_once():
    one = LeftOut(1, "370100", Decimal("30"))
    assert scenario_outputs(OUTPUTS, Scenario((one, one)))["370100"] == 70


def test_a_city_never_makes_less_than_nothing():
    scenario = Scenario((LeftOut(1, "370200", Decimal("60")),))
    assert scenario_outputs(OUTPUTS, scenario)["370200"] == 0


def test_silence_and_an_unknown_output_stay_what_they_are():
    scenario = Scenario((LeftOut(1, "370600", Decimal("1")), LeftOut(2, "370100", None)))
    assert scenario_outputs(OUTPUTS, scenario) == OUTPUTS


def test_a_value_given_instead_stands_as_it_is_for_a_silent_city_too():
    scenario = Scenario(
        (LeftOut(1, "370100", Decimal("30")),), {"370100": Decimal("80"), "370600": Decimal("123")}
    )
    assert scenario_outputs(OUTPUTS, scenario) == OUTPUTS | {
        "370100": Decimal("80"),
        "370600": Decimal("123"),
    }


def test_an_enterprise_left_out_is_not_counted():
    over = {1: "370100", 2: "370200"}
    assert scenario_over(over, (LeftOut(2, "370200", None), LeftOut(9, "370100", None))) == {
        1: "370100"
    }


@given(outputs, st.lists(left))
def test_leaving_out_never_adds_and_never_makes_a_city_speak(made, without):
    result = scenario_outputs(made, Scenario(tuple(without)))
    assert result.keys() == made.keys()
    for city, amount in made.items():
        assert (result[city] is None) is (amount is None)
        assert amount is None or 0 <= result[city] <= amount
