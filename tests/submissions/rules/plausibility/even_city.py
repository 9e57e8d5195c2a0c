"""A city whose firms grow evenly, and what the rules of plausibility say of it."""

from decimal import Decimal

from foundation.quarters import Quarter
from submissions.workbook.layout import CITY_MEASURES
from tests.benchmarks.plausibility.asking import FIRST_ROW, Quarterly
from tests.benchmarks.plausibility.histories import Town
from tests.benchmarks.plausibility.measuring import is_measured
from tests.submissions.rules.workshop import code, letter

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


def even_city():
    """The city's return of now, with its history."""
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


def city_cell(name):
    """The cell of 本年累计 of a measure."""
    return f"C{FIRST_ROW + list(CITY_MEASURES).index(name)}"
