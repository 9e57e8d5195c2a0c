"""
A return that was falsified on purpose, and on which nothing was asked: each false cell is now.

Linyi's fourth quarter of 2025: six firms 8.5 times as large, all newly over 100 million yuan; the
city's output value three times as large; 40 firms above 56 lines; 700 staff; one firm's staff.
"""

from decimal import Decimal

import pytest

from enterprises.thresholds import OVER_100M
from submissions.demonstration import province
from submissions.workbook.layout import CITY_MEASURES, TABLES
from tests.benchmarks.plausibility.asking import FIRST_ROW, Quarterly
from tests.benchmarks.plausibility.histories import demonstration
from tests.benchmarks.plausibility.measuring import questioned, recalls
from tests.submissions.rules.workshop import letter

LINYI = "371300"
LINES, CITY = TABLES["enterprises"].sheet, TABLES["city"].sheet
AMOUNTS = ("output_value", "revenue", "total_revenue", "rd_expenditure")


@pytest.fixture(scope="module")
def towns():
    return demonstration()


@pytest.fixture
def falsified(towns):
    """Return the return and the cells that are false, as (sheet, cell)."""
    town = next(town for town in towns if town.name == LINYI)
    given = Quarterly(town, province.LAST)
    below = sorted(
        (
            place
            for place, line in enumerate(given.lines)
            if OVER_100M / Decimal("8.5") < line["revenue"] < OVER_100M and line["rd_expenditure"]
        ),
        key=lambda place: -given.lines[place]["revenue"],
    )
    false = set()
    for place in below[:6]:
        for name in AMOUNTS:
            given.lines[place][name] *= Decimal("8.5")
            false.add((LINES, f"{letter(name)}{FIRST_ROW + place}"))
    idle = next(place for place in range(len(given.lines)) if place not in below)
    given.lines[idle]["employees"] *= 20
    false.add((LINES, f"{letter('employees')}{FIRST_ROW + idle}"))
    totals = {
        "output_value": given.totals["output_value"] * 3,
        "enterprises": Decimal(40),
        "employees": Decimal(700),
    }
    for name, figure in totals.items():
        given.totals[name] = figure
        false.add((CITY, f"C{FIRST_ROW + list(CITY_MEASURES).index(name)}"))
    return given, false


def test_each_false_cell_has_a_finding(falsified):
    given, false = falsified
    found = given.findings()

    assert len(false) == 6 * 4 + 1 + 3
    assert false - {(each.sheet, each.cell) for each in found} == set()
    over = [each for each in found if each.code in ("W217", "W218")]
    assert len(over) == 6


def test_its_true_lines_are_not_questioned(falsified):
    given, false = falsified
    rows = {(sheet, cell[1:]) for sheet, cell in false}
    beside = [
        each
        for each in given.findings()
        if each.cell and (each.sheet, each.cell[1:]) not in rows and each.sheet == LINES
    ]

    assert len(beside) <= len(given.lines) * 0.03


def test_the_limits_hold_on_the_demonstration(towns):
    assert questioned(towns).share <= 0.03
    found = recalls(towns, errors=8)
    missed = {kind: one.share for kind, one in found.items() if one.share < 0.75}
    assert missed == {}
    assert min(one.planted for one in found.values()) == 8
