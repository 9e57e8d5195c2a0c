from decimal import Decimal

import pytest

from foundation.quarters import Quarter
from indicators.formulas.firm_factors import Factors
from tests.indicators.formulas.made_firms import firm, yuan

Q1, Q3, Q4 = (Quarter(2025, n) for n in (1, 3, 4))


def estimate(one, *others, p=Q3, q=Q4):
    firms = dict(enumerate([one, *others]))
    return Factors(firms, p, q).estimate(one)


def test_an_enterprise_grows_as_it_did_a_year_earlier():
    assert estimate(firm(**{"2024Q3": 60, "2024Q4": 90, "2025Q3": 70})) == yuan(105)


def test_where_last_year_was_not_accepted_its_own_return_says_it():
    assert estimate(firm(**{"2025Q3": (70, 60), "2024Q4": 90})) == yuan(105)


@pytest.mark.parametrize("then", [95, "4.4", 0, -5, None])
def test_a_factor_that_is_no_use_gives_way_to_the_citys(then):
    neighbours = [
        firm(**{"2024Q3": 50, "2024Q4": 100}),
        firm("elsewhere", **{"2024Q3": 10, "2024Q4": 80}),
    ]
    one = firm(**{"2024Q3": then, "2024Q4": 90, "2025Q3": 50})
    own = (Decimal(90) + 100) / (Decimal(str(then)) + 50) if then is not None else Decimal(2)
    assert estimate(one, *neighbours) == yuan(50) * own


@pytest.mark.parametrize("then", [90, "4.5"])
def test_one_and_twenty_themselves_are_of_use(then):
    one = firm(**{"2024Q3": then, "2024Q4": 90, "2025Q3": 5})
    other = firm(**{"2024Q3": 50, "2024Q4": 100})
    assert estimate(one, other) == yuan(5) * 90 / Decimal(str(then))


def test_an_enterprise_with_less_than_a_yuan_has_a_factor_too():
    one = firm(**{"2024Q3": "0.0000005", "2024Q4": "0.000001", "2025Q3": 50})
    assert estimate(one) == yuan(100)


def test_and_that_to_the_provinces():
    one = firm(**{"2025Q3": 50})
    assert estimate(one, firm("there", **{"2024Q3": 50, "2024Q4": 75})) == yuan(75)


def test_without_any_there_is_no_estimate():
    assert estimate(firm(**{"2025Q3": 50})) is None
    assert estimate(firm(**{"2024Q3": 60, "2024Q4": 90})) is None


def test_from_a_year_into_the_next_the_figure_begins_anew():
    one = firm(**{"2023Q4": 100, "2024Q1": 20, "2024Q4": 110})
    assert estimate(one, p=Quarter(2024, 4), q=Q1) == yuan(22)


def test_what_an_awaited_return_would_say_of_last_year_is_not_known():
    """Else a silent enterprise would be estimated worse than those it is held against."""
    told = firm(**{"2024Q3": 60, "2025Q3": 60, "2025Q4": (200, 180)})
    other = firm(**{"2024Q3": 50, "2024Q4": 75})
    assert estimate(told, other) == yuan(90)
