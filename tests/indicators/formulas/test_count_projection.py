from decimal import Decimal

import pytest

from foundation.quarters import Quarter
from indicators.formulas.count_projection import projected_count
from indicators.formulas.likely_count import NoCount, likely_count
from tests.indicators.formulas.made_firms import LINE, firm, reported

Q2 = Quarter(2025, 2)


def projected(*firms, quarter=Q2, **given):
    return projected_count(dict(enumerate(firms)), quarter, LINE, **given)


def half_year(by_june, city="here"):
    return firm(city, **{"2024Q2": 40, "2024Q4": 80, "2025Q2": by_june})


def test_every_enterprise_goes_on_as_it_did_last_year():
    found = projected(half_year(50), half_year("50.01"), half_year(101), half_year(10))
    assert (found.centre, found.over) == (2, {1: "here", 2: "here"})


def test_in_the_first_year_by_what_the_returns_say_of_the_year_before():
    first = firm(**{"2022Q4": 80, "2023Q2": ("50.01", 40)})
    found = projected(first, quarter=Quarter(2023, 2))
    assert (found.low, found.centre, found.high) == (None, 1, None)


def test_its_ends_are_by_how_far_last_years_projection_was_off():
    """From June 2024 all were expected to double, and came to a tenth less."""
    past = [
        firm("there", **{"2023Q2": 50, "2023Q4": 100, "2024Q2": 50, "2024Q4": 90})
        for _n in range(20)
    ]
    found = projected(*past, *[half_year(52)] * 10)
    assert found.errors == {1: 20}
    assert (found.low, found.centre, found.high) == (0, 10, 10)


def test_silent_cities_start_from_what_they_last_reported():
    silent = firm("silent", **{"2024Q1": 20, "2024Q4": 80, "2025Q1": 26})
    assert projected(silent, half_year(10), silent={"silent"}, weight=Decimal("0.8")).centre == 1


def test_not_while_too_few_have_reported():
    few = projected(half_year(60), silent={"silent"}, weight=Decimal("0.5"))
    assert few is NoCount.LOW_COVERAGE
    assert projected(half_year(60), silent={"silent"}) is NoCount.LOW_COVERAGE
    nothing = projected(silent={"silent"}, weight=Decimal(1), unknown={"silent"})
    assert nothing is NoCount.NO_EARLIER_FIGURE


def test_just_enough_is_enough():
    found = projected(half_year(60), silent={"silent"}, weight=Decimal("0.6"))
    assert found.centre == 1


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"least_weight": Decimal("0.95")}, NoCount.LOW_COVERAGE),
        ({"unknown": {"here"}}, NoCount.NO_EARLIER_FIGURE),
    ],
)
def test_nor_is_a_fourth_quarter_estimated_from_less(asked, reason):
    q4, silent = Quarter(2025, 4), {"here"}
    found = projected_count(reported(9), q4, LINE, silent=silent, weight=Decimal("0.9"), **asked)
    assert found is reason


@pytest.mark.parametrize("silent", [(), ("here",)])
def test_in_the_fourth_quarter_it_is_the_likely_count(silent):
    firms = reported(9, truth=1.1) | {"one": firm(**{"2025Q3": 80, "2024Q3": 60, "2024Q4": 80})}
    asked = {"silent": silent, "weight": Decimal("0.9")}
    q4 = Quarter(2025, 4)
    assert projected_count(firms, q4, LINE, **asked) == likely_count(firms, q4, LINE, **asked)
