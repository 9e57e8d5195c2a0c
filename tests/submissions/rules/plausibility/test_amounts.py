"""A firm beside its own history and its peers: what is falsified is found."""

from decimal import Decimal

import pytest

from foundation.quarters import Quarter
from tests.benchmarks.plausibility.asking import Quarterly
from tests.benchmarks.plausibility.histories import Town
from tests.submissions.rules.plausibility.even_city import (
    AMOUNTS,
    FIRMS,
    FIRST,
    NOW,
    cell,
    line,
    scale,
    told,
)
from tests.submissions.rules.workshop import code


def test_an_even_city_is_not_questioned(city):
    assert told(city, every=True) == []


@pytest.mark.parametrize("factor", ["2.6", "8.5", "0.3"])
@pytest.mark.parametrize("name", AMOUNTS)
def test_w211_an_amount_is_off_last_year(city, name, factor):
    scale(city, 7, factor, name)

    assert ("W211", cell(7, name)) in told(city)


def test_w211_not_a_wrong_unit(city):
    city.lines[7]["revenue"] *= 10_000
    assert "W211" not in str(told(city))


def test_w211_not_a_trifle(city):
    for lines in city.town.lines.values():
        lines[7]["rd_expenditure"] = Decimal(1000)
    given = Quarterly(city.town, NOW)
    given.lines[7]["rd_expenditure"] = Decimal(9000)
    assert "W211" not in str(told(given))


def test_w211_a_firm_that_always_doubles_is_no_surprise(city):
    town = city.town
    for quarter, lines in town.lines.items():
        for name in AMOUNTS:
            lines[5][name] *= 3 ** (quarter.year - 2023)
    assert "W211" not in str(told(Quarterly(town, NOW)))


def test_w212_a_single_quarter_is_far_above_its_usual(city):
    # The year before was strong: the sum of the year is not odd, only the quarter is.
    for quarter in (Quarter(2024, 3), Quarter(2024, 4)):
        for name in AMOUNTS:
            city.town.lines[quarter][7][name] *= Decimal("1.6")
    given = Quarterly(city.town, NOW)
    scale(given, 7, "2.2", *AMOUNTS)

    assert ("W212", cell(7, "revenue")) in told(given)


def test_w213_output_is_unlike_revenue(city):
    # In a first quarter, whose amounts alone are no more than those of a fourth.
    given = Quarterly(city.town, FIRST)
    scale(given, 7, "1.5", "output_value")
    scale(given, 7, "0.85", "revenue")

    assert told(given) == [("W213", cell(7, "output_value"))]


def test_w213_of_a_new_firm_beside_the_others(city):
    new = line(9, NOW) | {"credit_code": code(99), "name": "新企业"}
    city.lines.append(new | {"output_value": new["output_value"] / 12})

    assert ("W213", cell(FIRMS, "output_value")) in told(city)


@pytest.mark.parametrize("factor", ["0.1", "10"])
def test_w214_staff_is_off_the_quarter_before(city, factor):
    scale(city, 7, factor, "employees")

    assert [each for each in told(city) if each[0] != "W236"] == [("W214", cell(7, "employees"))]


def test_w215_research_is_unlike_revenue(city):
    given = Quarterly(city.town, FIRST)
    for name, factor in (("total_revenue", "1.4"), ("rd_expenditure", "0.65")):
        scale(given, 11, factor, name)

    assert told(given) == [("W215", cell(11, "rd_expenditure"))]


def test_w216_revenue_per_head_is_unlike_the_others(city):
    new = line(9, NOW) | {"credit_code": code(99), "name": "新企业"}
    city.lines.append(new | {"employees": Decimal(3_000)})

    assert ("W216", cell(FIRMS, "employees")) in told(city)


def over(city, before, now):
    """The largest firm with this revenue a year ago and last quarter, and now."""
    for quarter in (NOW.year_earlier(), NOW.previous(), NOW.year_earlier().previous()):
        city.town.lines[quarter][-1]["revenue"] = Decimal(before)
    given = Quarterly(city.town, NOW)
    given.lines[-1]["revenue"] = Decimal(now)
    return [each for each in told(given) if each[0] in ("W217", "W218")]


def test_w217_revenue_is_just_over_the_line(city):
    there = [("W217", cell(FIRMS - 1, "revenue"))]
    assert over(city, 98_000_000, 100_000_100) == there
    assert over(city, 98_000_000, 103_000_000) == []
    assert over(city, 100_000_001, 100_000_100) == []
    assert over(city, 98_000_000, 100_000_000) == []


def test_w218_revenue_went_over_the_line_in_one_step(city):
    there = [("W218", cell(FIRMS - 1, "revenue"))]
    assert over(city, 60_000_000, 120_000_000) == there
    assert over(city, 98_000_000, 108_000_000) == []
    new = line(9, NOW) | {"credit_code": code(99), "revenue": Decimal(130_000_000)}
    city.lines.append(new)
    assert ("W218", cell(FIRMS, "revenue")) in told(city)


def test_a_city_without_a_history_is_not_questioned(city):
    town = Town("new")
    town.lines[NOW], town.totals[NOW] = city.town.lines[NOW], city.town.totals[NOW]

    assert told(Quarterly(town, NOW)) == []
