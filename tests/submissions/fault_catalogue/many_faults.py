"""
2,000 lines with 500 faults of twenty kinds, one in a line, and where each must be found.

Most firms have reported half as much a quarter ago and have the right figure of last year; so a
line is clean but for the fault put into it.
"""

from collections.abc import Callable
from decimal import Decimal

from enterprises.models import Enterprise, EnterpriseReturn
from tests.factories import PUBLISHED_AT, make_city, make_park, make_period
from tests.submissions.fault_catalogue import forge

LINES, OF_EACH = 2_000, 25
WAN = 10_000
FIRST = 101
AMOUNTS = ("output_value", "revenue", "total_revenue", "rd_expenditure")

# Columns: A code, B name, C park, D output value, E revenue, F total revenue, G research,
# H employees, I revenue of last year, J 说明.
Spoil = Callable[[dict], dict]


def _letter_o(line: dict) -> dict:
    return {"credit_code": line["credit_code"].replace("0", "O", 1)}


def _check(line: dict) -> dict:
    code = line["credit_code"]
    return {"credit_code": code[:-1] + ("1" if code[-1] != "1" else "2")}


# Of firms that have a history: code and column of the finding, and what is done to the line.
OLD: list[tuple[str, str, Spoil]] = [
    ("E141", "A", lambda line: {"credit_code": 9.137e17}),
    ("E142", "A", _letter_o),
    ("E143", "A", _check),
    ("E175", "A", lambda line: {"credit_code": line["credit_code"][:-1]}),
    ("E150", "B", lambda line: {"name": None}),
    ("W154", "B", lambda line: {"name": f"改名公司{line['name']}"}),
    ("W165", "C", lambda line: {"park": f"无此园区{line['name']}"}),
    ("E144", "D", lambda line: {"output_value": "=1+1"}),
    ("E145", "D", lambda line: {"output_value": "#DIV/0!"}),
    ("E149", "D", lambda line: {"output_value": True}),
    ("W157", "D", lambda line: {"output_value": line["output_value"] / WAN}),
    ("E146", "E", lambda line: {"revenue": f"约{line['revenue']}"}),
    ("W159", "E", lambda line: {"revenue": line["revenue"] // 3}),
    ("E181", "E", lambda line: {"revenue": line["total_revenue"] + 1}),
    ("W182", "G", lambda line: {"rd_expenditure": line["total_revenue"] + 1}),
    ("E180", "H", lambda line: {"employees": -1}),
    ("E198", "H", lambda line: {"employees": 12.5}),
    ("W176", "I", lambda line: {"revenue_last_year": line["revenue_last_year"] + 7}),
]
# Of firms that are new in this quarter.
NEW: list[tuple[str, str, Spoil]] = [
    ("W152", "A", lambda line: {}),
    ("E153", "A", lambda line: {}),
]


def file_and_faults(city) -> tuple[bytes, set[tuple[str, str]]]:
    """Fill the register and the history; return the workbook and (code, cell) of its faults."""
    park = make_park(city, name="示例园区")
    numbers = range(FIRST, FIRST + LINES)
    lines = {number: forge.enterprise(number) for number in numbers}
    places = _places()
    new = {number for number, kind in places.items() if kind in NEW}
    known = [
        Enterprise(credit_code=lines[n]["credit_code"], name=lines[n]["name"], city=city, park=park)
        for n in numbers
        if n not in new
    ]
    other = make_city("370200")
    elsewhere = [
        Enterprise(credit_code=lines[n]["credit_code"], name=lines[n]["name"], city=other)
        for n, (code, *_rest) in places.items()
        if code == "E153"
    ]
    Enterprise.objects.bulk_create([*known, *elsewhere])
    _report(known, {line["credit_code"]: line for line in lines.values()}, city)
    expected = set()
    for number, (code, column, spoil) in places.items():
        lines[number] |= spoil(lines[number])
        expected.add((code, f"{column}{forge.FIRST_ROW + number - FIRST}"))
    cities = [row | {"this_year": 10**9} for row in forge.city_rows()]
    return forge.workbook(enterprises=list(lines.values()), cities=cities), expected


def _places() -> dict[int, tuple[str, str, Spoil]]:
    """Return number of the firm -> its fault: every fourth line, the kinds in turn."""
    kinds = OLD + NEW
    return {FIRST + 4 * at: kinds[at % len(kinds)] for at in range(OF_EACH * len(kinds))}


def _report(known: list[Enterprise], lines: dict[str, dict], city) -> None:
    """Let the firms have reported the quarter before and the year before."""
    half, before = make_period("2025Q2"), make_period("2024Q3")
    returns = []
    for firm in known:
        line = lines[firm.credit_code]
        amounts = {name: Decimal(str(line[name])) * WAN for name in AMOUNTS}
        last_year = amounts | {"revenue": Decimal(line["revenue_last_year"]) * WAN}
        for period, figures, share in ((half, amounts, 2), (before, last_year, 1)):
            returns.append(
                EnterpriseReturn(
                    enterprise=firm,
                    city=city,
                    period=period,
                    published_at=PUBLISHED_AT,
                    employees=line["employees"],
                    **{name: amount / share for name, amount in figures.items()},
                )
            )
    EnterpriseReturn.objects.bulk_create(returns)
