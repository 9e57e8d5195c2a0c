"""
The same figures in another layout have the same findings, at other cells of the same firms.

One workbook with faults of every kind, and common changes of a table: sorted, columns moved, rows
left blank, saved as a csv in some encoding, written in another unit.
"""

import re
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from submissions.rules.context import Registered
from submissions.rules.earlier_returns import EarlierFigures
from submissions.validation.checking import RULES
from submissions.workbook.contents import Reading
from submissions.workbook.layout import MONEY_UNITS, TABLES, CellKind
from submissions.workbook.reading.workbook import read
from tests.depth import examples
from tests.submissions.fault_catalogue import forge, spoil
from tests.submissions.rules import workshop

NUMBERS = range(1, 13)
FIELDS = forge.FIELDS["enterprises"]
MONEY = [column.field for column in TABLES["enterprises"].columns if column.kind is CellKind.MONEY]
DIGITS = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")

# Number of the firm -> what is wrong with its line.
FAULTS = {
    2: {"revenue": "约12"},
    3: {"employees": -4},
    4: {"name": "别的公司"},
    5: {"output_value": 0.1005},
    6: {"credit_code": forge.credit_code(6)[:-1]},
    7: {"revenue": 9_999, "total_revenue": 2_007},
    8: {"revenue": 300},
    9: {"output_value": None},
    10: {"rd_expenditure": "12%"},
    11: {"revenue_last_year": 5},
}


def firms():
    return [forge.enterprise(number) | FAULTS.get(number, {}) for number in NUMBERS]


def beyond():
    """城市汇总 of a city far larger than its firms."""
    return [row | {"this_year": 10**7} for row in forge.city_rows()]


def workbook(lines=None, **given):
    return forge.workbook(enterprises=lines or firms(), cities=beyond(), **given)


@cache
def known():
    """The register and the figures of two earlier quarters."""
    register, previous, year_earlier = {}, {}, {}
    for number in NUMBERS:
        line = forge.enterprise(number)
        code, name = line["credit_code"], line["name"]
        register[code] = Registered(name, "370100")
        amounts = {field: Decimal(str(line[field])) * 10_000 for field in MONEY}
        half = {field: amount / 2 for field, amount in amounts.items()} | {"employees": 1}
        before = half | {"revenue": amounts["revenue_last_year"]}
        previous[code], year_earlier[code] = (
            EarlierFigures(name, half),
            EarlierFigures(name, before),
        )
    parks = {"示例园区": "示例园区"}
    return {
        "register": register,
        "previous": previous,
        "year_earlier": year_earlier,
        "parks": parks,
    }


def looked_at(content, folder, name="报表.xlsx"):
    """Return the reading of a file, and its findings as (code, sheet, cell)."""
    reading = read(forge.saved(content, folder, name))
    context = workshop.context(reading, **known())
    found = [(fault.code, fault.sheet, fault.cell) for fault in reading.faults]
    found += [(r.code, r.sheet, r.cell) for rule in RULES for r in rule(reading, context)]
    return reading, found


def by_firm(reading: Reading, found: list, *, sheet="企业明细"):
    """Return the findings as (code, firm, field), and the figures of each firm."""
    lines = reading.tables["enterprises"].lines
    places = {
        value.cell: (line.get("name"), field)
        for line in lines
        for field, value in line.values.items()
    }
    named = sorted((code, *places[cell]) for code, at, cell in found if at == sheet and cell)
    figures = {line.get("name"): {f: line.get(f) for f in line.values} for line in lines}
    return named, figures


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    """The findings and figures of the workbook as it is."""
    return by_firm(*looked_at(workbook(), tmp_path_factory.mktemp("straight")))


def test_the_workbook_has_faults_of_many_kinds(expected):
    named, figures = expected

    assert {code for code, _firm, _field in named} == {
        *("E146", "E180", "W154", "W157", "E175", "E181", "W159", "E150", "W176", "W202"),
    }
    assert {firm for _code, firm, _field in named} == {
        "别的公司" if n == 4 else f"示例环保企业{n}" for n in FAULTS
    }
    assert len(figures) == len(NUMBERS)


@settings(max_examples=examples(25), deadline=None)
@given(order=st.permutations(FIELDS), rows=st.permutations(list(NUMBERS)))
def test_rows_shuffled_and_columns_moved(expected, order, rows, tmp_path_factory):
    """F-32"""
    lines = [firms()[number - 1] for number in rows]
    content = workbook(lines, columns=order)

    assert by_firm(*looked_at(content, tmp_path_factory.getbasetemp())) == expected


@settings(max_examples=examples(25), deadline=None)
@given(gaps=st.dictionaries(st.integers(0, 11), st.integers(1, 4)), above=st.integers(0, 3))
def test_inserted_rows_shift_addresses_exactly(gaps, above, tmp_path_factory):
    """F-30"""
    folder = tmp_path_factory.getbasetemp()

    def insert(book):
        sheet = book["企业明细"]
        for at in sorted(gaps, reverse=True):
            sheet.insert_rows(forge.FIRST_ROW + at, gaps[at])
        if above:
            sheet.insert_rows(forge.HEADER_ROW, above)

    def shifted(cell):
        letter, row = re.fullmatch("([A-Z]+)([0-9]+)", cell).groups()
        before = sum(count for at, count in gaps.items() if at <= int(row) - forge.FIRST_ROW)
        return f"{letter}{int(row) + above + before}"

    _, straight = looked_at(workbook(), folder)
    _, moved = looked_at(forge.edited(workbook(), insert), folder)
    assert sorted(moved, key=str) == sorted(
        (
            (code, sheet, shifted(cell) if cell and sheet == "企业明细" else cell)
            for code, sheet, cell in straight
        ),
        key=str,
    )


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_saved_as_a_csv_in_any_encoding(expected, encoding, delimiter, tmp_path):
    """F-20"""
    content = forge.as_csv(firms(), encoding, delimiter=delimiter)

    assert by_firm(*looked_at(content, tmp_path, "报表.csv")) == expected


@pytest.mark.parametrize("unit", MONEY_UNITS)
@pytest.mark.parametrize("in_headings", [False, True])
def test_written_in_another_unit(expected, unit, in_headings, tmp_path):
    """M-06"""
    share = Decimal(10_000) / MONEY_UNITS[unit]
    lines = [
        line
        | {
            name: format(Decimal(str(line[name])) * share, "f")
            for name in MONEY
            if isinstance(line[name], int | float)
        }
        for line in firms()
    ]
    headings = {c.field: f"{c.heading}（{unit}）" for c in TABLES["enterprises"].columns}
    given = {"headings": {name: headings[name] for name in MONEY}} if in_headings else {}
    content = workbook(lines, unit=None if in_headings else unit, **given)

    assert by_firm(*looked_at(content, tmp_path)) == expected


def full_width(line):
    return line | {
        name: str(value).translate(DIGITS)
        for name, value in line.items()
        if isinstance(value, int | float)
    }


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda: workbook([full_width(line) for line in firms()]), id="full width"),
        pytest.param(lambda: spoil.with_two_line_headings(workbook()), id="two-line headings"),
        pytest.param(lambda: spoil.with_dimension(workbook(), "A1"), id="dimension"),
        pytest.param(lambda: spoil.with_shared_strings(workbook()), id="shared texts"),
        pytest.param(lambda: spoil.as_strict(workbook()), id="strict OOXML"),
        pytest.param(lambda: spoil.with_prefixes(workbook()), id="prefixes"),
        pytest.param(lambda: spoil.with_empty_rows(workbook(), 9_000), id="formatted rows"),
    ],
)
def test_written_by_another_program(expected, change, tmp_path):
    """F-05, F-30, F-44"""
    assert by_firm(*looked_at(change(), tmp_path)) == expected
