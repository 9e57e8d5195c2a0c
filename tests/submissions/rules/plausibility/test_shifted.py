"""Values in the wrong line: swapped, shifted, pasted again, copied."""

import pytest

from tests.benchmarks.plausibility.asking import FIRST_ROW, Quarterly
from tests.submissions.rules.plausibility.even_city import (
    AMOUNTS,
    NOW,
    cell,
    told,
)
from tests.submissions.rules.workshop import code


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
