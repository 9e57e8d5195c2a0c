"""Foreign files read by a layout: the same figures to the cent, each with its cell."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from foundation.quarters import Quarter
from submissions.workbook import protocol
from submissions.workbook.foreign.applying import apply
from submissions.workbook.foreign.layout_spec import Sheets
from submissions.workbook.foreign.slices import GivenPlace
from submissions.workbook.layout import MONEY_UNITS
from tests.submissions.workbook.foreign.forge_foreign import (
    BY_SHEET_COLUMNS,
    CITIES,
    FIRMS,
    SURVEY_COLUMNS,
    by_sheet,
    in_unit,
    saved,
    spec_of,
    survey,
    wide,
    wide_columns,
)

CODES = ("91370100MA3C0001X1", "91370100MA3C0002X2", "91370100MA3C0003X3")
JINAN = "370100"


def read(path, spec, quarter, city=JINAN, **given):
    applied = apply(spec, path, path.name, CITIES, GivenPlace(**given))
    return applied.reading(city, Quarter.parse(quarter))


def figures(reading, field="revenue"):
    return {line.get("name"): line.get(field) for line in reading.tables["enterprises"].lines}


def codes(reading):
    return [fault.code for fault in reading.faults]


def test_a_wide_sheet_gives_each_quarter_its_column_and_cell(tmp_path):
    amounts = {
        FIRMS[0]: [(Decimal(q * 123456789), Decimal(q * 100000001)) for q in range(1, 5)],
        FIRMS[1]: [(None, None), *((Decimal(7), Decimal("0.01")) for _ in range(3))],
    }
    path = wide(tmp_path / "w.xlsx", amounts)
    spec = spec_of(path, wide_columns())
    applied = apply(spec, path, path.name, CITIES)
    assert applied.places() == [(JINAN, Quarter(2024, q)) for q in range(1, 5)]
    third = applied.reading(JINAN, Quarter(2024, 3))
    assert figures(third) == {FIRMS[0]: Decimal(300000003), FIRMS[1]: Decimal("0.01")}
    line = third.tables["enterprises"].lines[0]
    assert (line.cell("revenue"), line.cell("output_value")) == ("H3", "G3")
    assert line.values["revenue"].written == "3.00000003"
    # The second firm says nothing of the first quarter: it is no line of it.
    assert list(figures(applied.reading(JINAN, Quarter(2024, 1)))) == [FIRMS[0]]


def quarters(*with_figures):
    return {
        q: {
            firm: (code, Decimal(10_000 * q * n), Decimal(100 * q * n))
            for n, (firm, code) in enumerate(zip(FIRMS, CODES, strict=True), start=1)
        }
        for q in with_figures
    }


def test_single_quarters_become_cumulative_and_keep_the_own_cell(tmp_path):
    singles = quarters(1, 2, 3)
    # The rows of a firm differ from sheet to sheet.
    singles[2] = dict(reversed(singles[2].items()))
    path = by_sheet(tmp_path / "s.xlsx", singles)
    spec = spec_of(path, BY_SHEET_COLUMNS, (2, 3), Sheets.QUARTERS)
    reading = read(path, spec, "2024Q3")
    table = reading.tables["enterprises"]
    assert figures(reading) == {firm: Decimal(600 * n) for n, firm in enumerate(FIRMS, start=1)}
    assert table.sheet == "三季度"
    assert table.lines[0].values["revenue"].cell == "D4"
    assert table.sources["D4"] == ("一季度!D4", "二季度!D6")
    again = protocol.reading("\n".join(protocol.lines(reading, None)).encode())
    assert again.tables == reading.tables


def test_single_quarters_stay_unreported_where_an_earlier_one_is_missing(tmp_path):
    singles = quarters(1, 2, 3, 4)
    del singles[2][FIRMS[0]]
    path = by_sheet(tmp_path / "s.xlsx", singles)
    reading = read(path, spec_of(path, BY_SHEET_COLUMNS, (2, 3), Sheets.QUARTERS), "2024Q4")
    assert figures(reading)[FIRMS[0]] is None
    assert figures(reading)[FIRMS[1]] == 2000
    faults = [fault for fault in reading.faults if fault.code == "W292"]
    assert [(f.cell, f.params["missing"]) for f in faults] == [("C4", "2024Q2"), ("D4", "2024Q2")]


def test_a_cumulative_figure_is_not_taken_for_a_single_quarter(tmp_path):
    """Q1 counts from 1 January either way; Q2 as cumulative says nothing of Q2 alone."""
    path = wide(tmp_path / "w.xlsx", {FIRMS[0]: [(Decimal(q), Decimal(q)) for q in range(1, 5)]})
    columns = wide_columns()
    columns[8] = ("revenue", "亿元", "quarter", "2024Q3")
    columns[10] = ("revenue", "亿元", "quarter", "2024Q4")
    reading = read(path, spec_of(path, columns), "2024Q3")
    assert figures(reading) == {FIRMS[0]: None}
    columns[6] = ("revenue", "亿元", "quarter", "2024Q2")
    assert figures(read(path, spec_of(path, columns), "2024Q3")) == {FIRMS[0]: 6}


def test_a_firm_that_stands_twice_in_an_earlier_quarter_is_not_added_up(tmp_path):
    path = by_sheet(tmp_path / "s.xlsx", quarters(1, 2))
    spec = spec_of(path, BY_SHEET_COLUMNS, (2, 3), Sheets.QUARTERS)
    book = load_workbook(path)
    book["一季度"].append([FIRMS[0], CODES[0], 1, 1])
    book["二季度"].append(["合计", None, 1, 1])
    book.save(path)
    reading = read(path, spec, "2024Q2")
    assert figures(reading)[FIRMS[0]] is None
    assert figures(reading)[FIRMS[1]] == 600
    # A total of single quarters is compared with no sum of cumulative figures.
    assert reading.tables["enterprises"].totals == []


def test_two_sheets_with_the_headings_are_put_to_a_person(tmp_path):
    rows = [["济南市2024年一季度"], ["企业", "收入（元）"], [FIRMS[0], 5]]
    path = saved(tmp_path / "t.xlsx", {"表": rows, "表 (2)": rows})
    reading = read(path, spec_of(path, {1: ("name", ""), 2: ("revenue", "元")}), "2024Q1")
    assert [(fault.code, fault.sheet) for fault in reading.faults] == [("E298", "表 (2)")]


def test_without_codes_a_name_that_looks_like_a_place_is_a_firm(tmp_path):
    rows = [["济南市2024年一季度"], ["企业", "收入（元）"], ["绿源高新区", 5], ["合计", 5]]
    path = saved(tmp_path / "t.xlsx", {"表": rows})
    reading = read(path, spec_of(path, {1: ("name", ""), 2: ("revenue", "元")}), "2024Q1")
    assert figures(reading) == {"绿源高新区": 5}


def test_a_year_alone_is_the_fourth_quarter_and_nothing_is_said_of_the_others(tmp_path):
    firms = {FIRMS[0]: (CODES[0], Decimal(120_000), Decimal(99_990))}
    path = survey(tmp_path / "y.xlsx", firms)
    spec = spec_of(path, SURVEY_COLUMNS, (3,))
    applied = apply(spec, path, path.name, CITIES)
    assert applied.places() == [(JINAN, Quarter(2023, 4))]
    reading = applied.reading(JINAN, Quarter(2023, 4))
    assert figures(reading) == {FIRMS[0]: Decimal(99_990)}
    assert figures(reading, "employees") == {FIRMS[0]: 12}
    other = applied.reading(JINAN, Quarter(2023, 3))
    assert not other.tables
    assert codes(other) == ["E296"]


def test_the_same_layout_reads_twelve_more_files(tmp_path):
    first = survey(tmp_path / "y.xlsx", {FIRMS[0]: (CODES[0], Decimal(1000), Decimal(10))})
    spec = spec_of(first, SURVEY_COLUMNS, (3,))
    for year in range(2012, 2024):
        firms = {FIRMS[1]: (CODES[1], Decimal(year * 10), Decimal(f"{year}.17"))}
        path = survey(tmp_path / f"{year}.xlsx", firms, year=year, city="青岛市")
        reading = read(path, spec, f"{year}Q4", "370200")
        assert figures(reading) == {FIRMS[1]: Decimal(f"{year}.17")}
        assert reading.tables["enterprises"].period.value == f"{year}Q4"


def test_a_wide_layout_reads_twelve_more_files(tmp_path):
    spec = spec_of(wide(tmp_path / "w.xlsx", {FIRMS[0]: [(Decimal(1), Decimal(1))] * 4}),
                   wide_columns())  # fmt: skip
    for n in range(1, 13):
        amounts = [(Decimal(f"{n * q * 98765}.43"), Decimal(f"{n * q}.07")) for q in range(1, 5)]
        path = wide(tmp_path / f"{n}.xlsx", {FIRMS[1]: amounts}, city="青岛市")
        for q in range(1, 5):
            reading = read(path, spec, f"2024Q{q}", "370200")
            assert figures(reading) == {FIRMS[1]: amounts[q - 1][1]}
            assert figures(reading, "output_value") == {FIRMS[1]: amounts[q - 1][0]}


def test_a_layout_of_single_quarters_reads_twelve_more_files(tmp_path):
    first = by_sheet(tmp_path / "s.xlsx", quarters(1, 2))
    spec = spec_of(first, BY_SHEET_COLUMNS, (2, 3), Sheets.QUARTERS)
    for n in range(1, 13):
        singles = {
            q: {FIRMS[0]: (CODES[0], Decimal(f"{n * q}.10"), Decimal(f"{n * q * 1000}.01"))}
            for q in range(1, 5)
        }
        path = by_sheet(tmp_path / f"{n}.xlsx", singles, title=f"济宁市{2012 + n}年")
        for q in range(1, 5):
            expected = sum(singles[each][FIRMS[0]][2] for each in range(1, q + 1))
            reading = read(path, spec, f"{2012 + n}Q{q}", "370800")
            assert figures(reading) == {FIRMS[0]: expected}


def test_what_the_layout_leaves_out_is_no_line_and_totals_are_kept_apart(tmp_path):
    rows = [
        ["济南市2024年一季度", None, "单位：万元"],
        ["企业", "产值", "收入"],
        ["市属企业", 30, 3],
        [FIRMS[0], 10, 1],
        [FIRMS[1], 20, 2],
        ["合计", 30, 3],
    ]
    path = saved(tmp_path / "t.xlsx", {"表": rows})
    columns = {1: ("name", ""), 2: ("output_value", "万元"), 3: ("revenue", "万元")}
    reading = read(path, spec_of(path, columns, leave_out=("市属企业",)), "2024Q1")
    assert list(figures(reading)) == [FIRMS[0], FIRMS[1]]
    assert [line.get("label") for line in reading.tables["enterprises"].totals] == ["合计"]


def test_measures_of_the_city_are_read_in_a_wide_sheet(tmp_path):
    rows = [
        ["济南市2024年主要指标"],
        ["指标", "单位", "一季度", "二季度"],
        ["环保业务产值", "亿元", "1.5", "2.5"],
        ["环保企业数", "家", 10, 12],
    ]
    path = saved(tmp_path / "c.xlsx", {"表": rows})
    columns = {
        1: ("measure", ""),
        2: ("unit", ""),
        3: ("this_year", "亿元", "quarter", "Q1"),
        4: ("this_year", "亿元", "quarter", "Q2"),
    }
    reading = read(path, spec_of(path, columns, kind="city"), "2024Q2")
    table = reading.tables["city"]
    found = {line.get("measure"): line.get("this_year") for line in table.lines}
    assert found == {"环保业务产值": Decimal(400_000_000), "环保企业数": 12}
    assert table.sources == {"D3": ("表!C3",)}


@pytest.mark.parametrize(
    ("sheet", "title", "name", "given", "code"),
    [
        ("表", "环保企业", "x.xlsx", {}, "E296"),
        ("表", "环保企业", "济南2024一季度.xlsx", {}, None),
        ("表", "环保企业", "x.xlsx", {"city": JINAN, "year": 2024, "quarter": 1}, None),
        ("济南", "2024年一季度环保企业", "x.xlsx", {}, None),
        ("济南", "济宁市2024年一季度环保企业", "x.xlsx", {}, "E297"),
        ("济南2024Q1", "2023年环保企业", "x.xlsx", {}, "E297"),
        ("济南2024Q1", "环保企业", "2024年1—6月.xlsx", {}, "E297"),
    ],
)
def test_city_and_quarter_are_recognised_or_put_to_a_person(
    tmp_path, sheet, title, name, given, code
):
    rows = [[title], ["企业", "收入（元）"], [FIRMS[0], 5]]
    path = saved(tmp_path / "p.xlsx", {sheet: rows})
    spec = spec_of(path, {1: ("name", ""), 2: ("revenue", "元")})
    applied = apply(spec, path, name, CITIES, GivenPlace(**given))
    assert [fault.code for fault in applied.problems()] == ([code] if code else [])
    if not code:
        assert applied.places() == [(JINAN, Quarter(2024, 1))]


def test_a_sheet_a_city_gives_each_city_its_own(tmp_path):
    sheets = {
        city: [["2024年二季度"], ["企业", "收入（元）"], [f"{city}企业", at]]
        for at, city in enumerate(("济南", "济宁市"), start=5)
    }
    path = saved(tmp_path / "c.xlsx", sheets)
    spec = spec_of(path, {1: ("name", ""), 2: ("revenue", "元")}, sheets=Sheets.CITIES)
    applied = apply(spec, path, path.name, CITIES)
    assert [city for city, _quarter in applied.places()] == ["370100", "370800"]
    assert figures(applied.reading("370800", Quarter(2024, 2))) == {"济宁市企业": 6}


def test_a_sheet_with_other_headings_is_never_read_by_the_layout(tmp_path):
    path = by_sheet(tmp_path / "s.xlsx", quarters(1, 2))
    spec = spec_of(path, BY_SHEET_COLUMNS, (2, 3), Sheets.QUARTERS)
    book = load_workbook(path)
    book["二季度"]["D3"] = "环保营业收入"
    book.save(path)
    reading = read(path, spec, "2024Q2")
    assert not reading.tables
    assert [(f.code, f.sheet) for f in reading.faults] == [("E295", "二季度")]
    assert "环保营业收入" in reading.faults[0].params["differences"]


def test_a_column_that_the_layout_lacks_is_said_once(tmp_path):
    path = wide(tmp_path / "w.xlsx", {FIRMS[0]: [(Decimal(1), Decimal(1))] * 4})
    columns = {at: said for at, said in wide_columns().items() if said[0] != "output_value"}
    reading = read(path, spec_of(path, columns), "2024Q1")
    assert codes(reading) == ["W291", "W139"]


FIELDS = ("name", "credit_code", "output_value", "revenue", "total_revenue", "rd_expenditure")
MONEY = FIELDS[2:]


@settings(max_examples=40, deadline=None)
@given(
    order=st.permutations([*FIELDS, "", ""]),
    units=st.lists(st.sampled_from(sorted(MONEY_UNITS)), min_size=4, max_size=4),
    above=st.integers(0, 6),
    two_lines=st.booleans(),
    seed=st.integers(0, 10**6),
)
def test_any_order_unit_and_heading_row_gives_the_same_figures_to_the_cent(
    tmp_path_factory, order, units, above, two_lines, seed
):
    random = Random(seed)
    cents = {
        (firm, field): Decimal(random.randrange(-(10**11), 10**13)) / 100
        for firm in FIRMS
        for field in MONEY
    }
    unit_of = dict(zip(MONEY, units, strict=True))
    heads = [f"栏目{at}" if field else None for at, field in enumerate(order)]
    rows = [[f"说明 {n}"] for n in range(above)]
    rows += [["上栏" if field else None for field in order]] if two_lines else []
    rows.append(heads)
    for firm, code in zip(FIRMS, CODES, strict=True):
        own = {"name": firm, "credit_code": code, "": None} | {
            field: in_unit(cents[firm, field], unit_of[field]) for field in MONEY
        }
        rows.append([own[field] for field in order])
    path = saved(tmp_path_factory.mktemp("f") / "济南2024年三季度.xlsx", {"表": rows})
    columns = {
        at: (field, unit_of.get(field, "")) for at, field in enumerate(order, start=1) if field
    }
    lines = (above + 1, above + 2) if two_lines else (above + 1,)
    reading = read(path, spec_of(path, columns, lines), "2024Q3")
    found = {
        (line.get("name"), field): line.get(field)
        for line in reading.tables["enterprises"].lines
        for field in MONEY
    }
    assert found == cents
    assert codes(reading) == ["W139"]
    for line in reading.tables["enterprises"].lines:
        for field in MONEY:
            at = order.index(field)
            assert line.cell(field) == f"{'ABCDEFGH'[at]}{line.row}"
