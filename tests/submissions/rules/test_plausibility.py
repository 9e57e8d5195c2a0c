"""Each rule of plausibility on a city whose firms grow evenly: what is falsified is found."""

from decimal import Decimal

import pytest

from foundation.quarters import Quarter
from submissions.rules.plausibility import thresholds
from submissions.workbook.layout import CITY_MEASURES
from tests.benchmarks.plausibility.asking import FIRST_ROW, Quarterly
from tests.benchmarks.plausibility.histories import Town
from tests.benchmarks.plausibility.measuring import is_measured
from tests.submissions.rules.workshop import code, letter, park

NOW, FIRST = Quarter(2025, 3), Quarter(2025, 1)
FIRMS = 12
PARTS = (Decimal("0.2"), Decimal("0.45"), Decimal("0.7"), Decimal(1))
AMOUNTS = ("output_value", "revenue", "total_revenue", "rd_expenditure")


def line(number, quarter):
    """A firm's line: it grows by 8 to 12 % a year, the larger the number the larger the firm."""
    growth = 1 + (Decimal(8) + number % 5) / 100
    made = 6_000_000 * number * growth ** (quarter.year - 2022) * PARTS[quarter.quarter - 1]
    amounts = zip(AMOUNTS, ("1.05", "1", "1.4", "0.03"), strict=True)
    return {
        "credit_code": code(number),
        "name": f"企业{number}",
        "remark": None,
        **{name: round(made * Decimal(by), -2) for name, by in amounts},
        "employees": Decimal(30 + 7 * number + quarter.year % 3),
        "revenue_last_year": None,
    }


def totals(lines):
    """A city's own figures: a tenth more than its lines."""
    sums = {
        name: round(sum(one[name] for one in lines) * Decimal("1.1"))
        for name in ("output_value", "revenue", "rd_expenditure", "employees")
    }
    return sums | {"enterprises": Decimal(40), "enterprises_over_100m": Decimal(0)}


@pytest.fixture
def city():
    town = Town("even")
    for quarter in Quarter.range(Quarter(2023, 1), NOW):
        lines = [line(n, quarter) for n in range(1, FIRMS + 1)]
        town.lines[quarter], town.totals[quarter] = lines, totals(lines)
    return Quarterly(town, NOW)


def told(given, *, every=False):
    """Code and cell of what the room's rules say; of all rules with every."""
    return [(f.code, f.cell) for f in given.findings() if every or is_measured(f.code)]


def cell(place, name):
    return f"{letter(name)}{FIRST_ROW + place}"


def scale(given, place, factor, *names):
    for name in names:
        given.lines[place][name] = round(given.lines[place][name] * Decimal(factor))


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


def test_w219_values_fit_another_firm(city):
    one, other = city.lines[3], city.lines[9]
    for name in (*AMOUNTS, "employees"):
        one[name], other[name] = other[name], one[name]
    found = {f.cell: f.params["row"] for f in city.findings() if f.code == "W219"}

    assert found == {
        cell(3, "output_value"): str(FIRST_ROW + 9),
        cell(9, "output_value"): str(FIRST_ROW + 3),
    }


@pytest.mark.parametrize("by", [1, -1])
def test_w220_a_column_has_shifted(city, by):
    # Neighbours of very different size: a shift shows.
    order = [0, 9, 1, 10, 2, 11, 3, 8, 4, 7, 5, 6]
    for quarter, lines in city.town.lines.items():
        city.town.lines[quarter] = [lines[n] for n in order]
    given = Quarterly(city.town, NOW)
    figures = [one["revenue"] for one in given.lines]
    for place in range(2, 8):
        given.lines[place]["revenue"] = figures[place - by]
    [found] = [f for f in given.findings() if f.code == "W220"]

    assert found.cell == cell(2, "revenue")
    assert (found.params["first"], found.params["last"]) == ("7", "12")


@pytest.mark.parametrize("quarter", [NOW.previous(), NOW.year_earlier()], ids=str)
def test_w221_a_line_stands_still(city, quarter):
    city.lines[7] |= {name: city.town.lines[quarter][7][name] for name in AMOUNTS}

    assert ("W221", cell(7, "output_value")) in told(city)


def test_w222_two_firms_have_the_same_figures(city):
    city.lines[8] |= {name: city.lines[7][name] for name in (*AMOUNTS, "employees")}
    [found] = [f for f in city.findings() if f.code == "W222"]

    assert (found.cell, found.params["row"]) == (cell(8, "output_value"), str(FIRST_ROW + 7))


def test_w223_a_known_name_has_a_new_code(city):
    city.lines[7]["credit_code"] = code(99)
    [found] = [f for f in city.findings() if f.code == "W223"]

    assert (found.cell, found.params["code"]) == (cell(7, "credit_code"), code(8))
    city.lines[7]["name"] = "另一家企业"
    assert "W223" not in str(told(city))


@pytest.mark.parametrize(("sheet", "found"), [([park()], []), ([{"park": "园区甲"}], ["W224"])])
def test_w224_an_owed_sheet_is_empty(city, sheet, found):
    city.parks = sheet
    assert [each for each, _cell in told(city)] == found


def test_w224_a_sheet_that_was_reported_before_is_missing(city):
    city.parks = None
    assert told(city) == [("W224", None)]


def test_a_sheet_that_was_never_reported_is_not_asked_for(city):
    city.parks = None
    city.knows(reported=frozenset())
    assert told(city) == []


def city_cell(name):
    """The cell of 本年累计 of a measure."""
    return f"C{FIRST_ROW + list(CITY_MEASURES).index(name)}"


@pytest.mark.parametrize("name", ["output_value", "revenue", "rd_expenditure", "employees"])
def test_w230_a_city_total_is_off_last_year(city, name):
    city.totals[name] *= 3

    assert {("W234", city_cell(name)), ("W235", city_cell(name))} == set(told(city))


@pytest.mark.parametrize(
    ("name", "factor"), [("output_value", "1.4"), ("enterprises", "1.3"), ("employees", "1.3")]
)
def test_w231_a_city_total_is_unlike_its_lines(city, name, factor):
    city.totals[name] = round(city.totals[name] * Decimal(factor))

    assert told(city) == [("W235", city_cell(name))]


def test_w231_not_a_little(city):
    city.totals["output_value"] *= Decimal("1.15")
    city.totals["enterprises"] += 3
    assert told(city) == []


@pytest.mark.parametrize("name", ["enterprises", "employees", "rd_expenditure"])
def test_w232_a_city_count_is_below_its_lines(city, name):
    lines = {"enterprises": FIRMS}.get(name) or sum(one[name] for one in city.lines)
    city.totals[name] = Decimal(lines)
    assert "W236" not in str(told(city))
    city.totals[name] = Decimal(round(lines * Decimal("0.9")))
    assert ("W236", city_cell(name)) in told(city)


def test_w233_the_city_counts_more_over_100m(city):
    city.totals["enterprises_over_100m"] += thresholds.FEWEST_COUNTED - 1
    assert told(city) == []
    city.totals["enterprises_over_100m"] += 1
    assert told(city) == [("W237", city_cell("enterprises_over_100m"))]


def test_a_city_without_a_history_is_not_questioned(city):
    town = Town("new")
    town.lines[NOW], town.totals[NOW] = city.town.lines[NOW], city.town.totals[NOW]

    assert told(Quarterly(town, NOW)) == []
