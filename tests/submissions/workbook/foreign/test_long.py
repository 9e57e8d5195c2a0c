"""Long tables: a column names the city, the year or the quarter of each row."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from foundation.quarters import Quarter
from submissions.workbook.foreign.applying import apply
from submissions.workbook.foreign.layout_spec import Sheets
from submissions.workbook.foreign.sample import contents
from submissions.workbook.foreign.slices import GivenPlace
from tests.submissions.workbook.foreign.forge_foreign import (
    CITIES,
    FIRMS,
    QUARTER_WORDS,
    in_unit,
    saved,
    spec_of,
    wide,
    wide_columns,
)

JINAN, JINING = "370100", "370800"
COLUMNS = {
    1: ("place_city", ""),
    2: ("place_year", ""),
    3: ("place_quarter", ""),
    4: ("name", ""),
    5: ("revenue", "元"),
}
HEADS = ["市", "年份", "季度", "企业", "收入（元）"]


def long(path, *rows, title="环保企业情况", heads=HEADS):
    return saved(path, {"表": [[title], heads, *map(list, rows)]})


def read(path, columns=None, **given):
    spec = spec_of(path, columns or COLUMNS)
    return apply(spec, path, path.name, CITIES, GivenPlace(**given))


def figures(reading, field="revenue"):
    return {line.get("name"): line.get(field) for line in reading.tables["enterprises"].lines}


def faults(reading):
    return [(one.code, one.cell) for one in reading.faults if one.code not in ("W139", "W291")]


def problems(applied):
    return [(one.code, one.cell) for one in applied.problems()]


def test_each_row_is_of_the_city_and_quarter_that_it_names(tmp_path):
    path = long(
        tmp_path / "l.xlsx",
        ("济南市", 2024, "一季度", FIRMS[0], 5),
        ("济宁", 2024, 1, FIRMS[1], 6),
        ("济南", "2024年", "第二季度", FIRMS[0], 7),
        ("370100", 2023, "1-12月", FIRMS[2], 8),
        ("合计", None, None, None, 26),
    )
    applied = read(path)
    assert problems(applied) == []
    assert applied.places() == [
        (JINAN, Quarter(2023, 4)),
        (JINAN, Quarter(2024, 1)),
        (JINAN, Quarter(2024, 2)),
        (JINING, Quarter(2024, 1)),
    ]
    reading = applied.reading(JINAN, Quarter(2024, 2))
    assert figures(reading) == {FIRMS[0]: 7}
    assert reading.tables["enterprises"].lines[0].cell("revenue") == "E5"
    assert faults(reading) == []
    # A total of several cities is compared with none of them, and said to be left out.
    assert reading.tables["enterprises"].totals == []
    part = contents(applied)["parts"][0]["tables"][0]
    assert part["left_out"] == [(7, "合计")]
    assert [source for _value, source, _text in part["sources"]] == ["row", "row", "row"]


def test_a_cell_merged_with_those_beneath_names_the_place_of_all(tmp_path):
    path = long(
        tmp_path / "l.xlsx",
        ("济南市", 2024, "一季度", FIRMS[0], 5),
        (None, None, None, FIRMS[1], 6),
        ("济宁市", 2024, "一季度", FIRMS[0], 7),
    )
    book = load_workbook(path)
    for letter in "ABC":
        book["表"].merge_cells(f"{letter}3:{letter}4")
    book.save(path)
    reading = read(path).reading(JINAN, Quarter(2024, 1))
    assert figures(reading) == {FIRMS[0]: 5, FIRMS[1]: 6}
    assert faults(reading) == []


@pytest.mark.parametrize(
    ("row", "cell", "seen_by"),
    [
        (("济南市", 2024, None, FIRMS[1], 6), "C4", {(JINAN, 1), (JINAN, 2)}),
        (("济南市", None, "一季度", FIRMS[1], 6), "B4", {(JINAN, 1)}),
        (("省直", 2024, "一季度", FIRMS[1], 6), "A4", {(JINAN, 1), (JINING, 1)}),
        (("济南市", 2024, "5月", FIRMS[1], 6), "C4", {(JINAN, 1), (JINAN, 2)}),
        (("济南市", 2024, "？", FIRMS[1], None), "C4", {(JINAN, 1), (JINAN, 2)}),
    ],
)
def test_a_row_whose_place_cannot_be_read_is_a_finding_wherever_it_may_belong(
    tmp_path, row, cell, seen_by
):
    path = long(
        tmp_path / "l.xlsx",
        ("济南市", 2024, "一季度", FIRMS[0], 5),
        row,
        ("济南市", 2024, "二季度", FIRMS[0], 5),
        ("济宁市", 2024, "一季度", FIRMS[0], 5),
        ("一、重点企业", None, None, None, None),
    )
    applied = read(path)
    found = {}
    for city, quarter in applied.places():
        reading = applied.reading(city, quarter)
        assert figures(reading) == {FIRMS[0]: 5}
        found[city, quarter.quarter] = faults(reading)
    assert {place for place, said in found.items() if said} == seen_by
    assert {one for said in found.values() for one in said} == {("E299", cell)}


def test_a_table_of_which_no_row_can_be_read_is_put_to_a_person(tmp_path):
    path = long(tmp_path / "l.xlsx", ("省直", 2024, "一季度", FIRMS[0], 5))
    assert problems(read(path)) == [("E299", "A3")]


@pytest.mark.parametrize(
    ("title", "name", "expected"),
    [
        ("济南市2024年", "l.xlsx", []),
        ("济宁市2024年", "l.xlsx", [("E297", "A3")]),
        ("2023年", "l.xlsx", [("E297", "B3")]),
        ("2024年度", "济南.xlsx", []),
        ("2024年上半年", "l.xlsx", []),
        ("2024年一季度", "l.xlsx", [("E297", "C4")]),
        ("2024年二季度", "l.xlsx", [("E297", "C3")]),
        ("环保企业", "2024年1-3月.xlsx", [("E297", "C4")]),
        ("环保企业", "青岛.xlsx", [("E297", "A3")]),
    ],
)
def test_what_stands_around_the_table_must_agree_with_its_rows(tmp_path, title, name, expected):
    rows = [("济南市", 2024, word, FIRMS[0], 5) for word in QUARTER_WORDS[:2]]
    assert problems(read(long(tmp_path / name, *rows, title=title))) == expected


def test_what_a_person_says_must_agree_too(tmp_path):
    path = long(tmp_path / "l.xlsx", ("济南市", 2024, "一季度", FIRMS[0], 5))
    assert problems(read(path, city=JINING)) == [("E297", "A3")]
    assert problems(read(path, year=2023)) == [("E297", "B3")]
    assert problems(read(path, city=JINAN, year=2024, quarter=1)) == []


def test_what_rows_do_not_name_is_said_around_the_table(tmp_path):
    columns = {1: ("place_quarter", ""), 2: ("name", ""), 3: ("revenue", "元")}
    rows = [("一季度", FIRMS[0], 5), ("2季度", FIRMS[0], 6)]
    heads = ["期间", "企业", "收入（元）"]
    path = long(tmp_path / "l.xlsx", *rows, title="济南市2024年", heads=heads)
    assert read(path, columns).places() == [(JINAN, Quarter(2024, 1)), (JINAN, Quarter(2024, 2))]
    path = long(tmp_path / "n.xlsx", *rows, title="济南市", heads=heads)
    assert problems(read(path, columns)) == [("E296", None)]
    # The quarter may name its year.
    rows = [("2024年一季度", FIRMS[0], 5), ("2023Q4", FIRMS[0], 6)]
    path = long(tmp_path / "y.xlsx", *rows, title="济南市", heads=heads)
    assert read(path, columns).places() == [(JINAN, Quarter(2023, 4)), (JINAN, Quarter(2024, 1))]


def test_a_row_of_two_years_is_a_finding(tmp_path):
    path = long(
        tmp_path / "l.xlsx",
        ("济南市", 2024, "一季度", FIRMS[0], 5),
        ("济南市", 2024, "2023年一季度", FIRMS[1], 5),
    )
    assert faults(read(path).reading(JINAN, Quarter(2024, 1))) == [("E297", "C4")]


def test_a_column_of_years_beside_columns_of_quarters(tmp_path):
    heads = ["年度", "企业", "一季度收入", "二季度收入"]
    columns = {
        1: ("place_year", ""),
        2: ("name", ""),
        3: ("revenue", "元", "quarter", "Q1"),
        4: ("revenue", "元", "quarter", "Q2"),
    }
    rows = [(2023, FIRMS[0], 1, 2), (2024, FIRMS[0], 5, None), (2024, FIRMS[1], 7, 9)]
    path = long(tmp_path / "l.xlsx", *rows, title="济南市", heads=heads)
    applied = read(path, columns)
    assert figures(applied.reading(JINAN, Quarter(2023, 2))) == {FIRMS[0]: 3}
    assert figures(applied.reading(JINAN, Quarter(2024, 2))) == {FIRMS[1]: 16}
    assert figures(applied.reading(JINAN, Quarter(2024, 1))) == {FIRMS[0]: 5, FIRMS[1]: 7}


def test_a_year_a_row_is_its_fourth_quarter(tmp_path):
    columns = {1: ("place_year", ""), 2: ("name", ""), 3: ("revenue", "元", "year")}
    heads = ["年份", "企业", "全年收入"]
    rows = [(2023, FIRMS[0], 1), (2024, FIRMS[0], 5)]
    path = long(tmp_path / "l.xlsx", *rows, title="济南市", heads=heads)
    assert read(path, columns).places() == [(JINAN, Quarter(2023, 4)), (JINAN, Quarter(2024, 4))]


def test_measures_of_the_city_stand_in_rows_too(tmp_path):
    columns = {1: ("place_quarter", ""), 2: ("measure", ""), 3: ("this_year", "亿元", "quarter")}
    rows = [
        ("一季度", "环保业务产值", "1.5"),
        ("一季度", "环保企业数", 10),
        ("二季度", "环保业务产值", "2.5"),
        ("二季度", "环保企业数", 12),
    ]
    heads = ["季度", "指标", "数值"]
    path = long(tmp_path / "l.xlsx", *rows, title="济南市2024年", heads=heads)
    applied = apply(spec_of(path, columns, kind="city"), path, path.name, CITIES)
    table = applied.reading(JINAN, Quarter(2024, 2)).tables["city"]
    found = {line.get("measure"): line.get("this_year") for line in table.lines}
    assert found == {"环保业务产值": Decimal(400_000_000), "环保企业数": 12}


def test_two_sheets_may_hold_a_year_each_and_not_the_same_one(tmp_path):
    rows = {year: [["表"], HEADS, ["济南市", year, 1, FIRMS[0], 5]] for year in (2023, 2024)}
    path = saved(tmp_path / "l.xlsx", {"甲": rows[2023], "乙": rows[2024]})
    spec = spec_of(path, COLUMNS, sheets=Sheets.ONE)
    assert len(apply(spec, path, path.name, CITIES).places()) == 2
    path = saved(tmp_path / "t.xlsx", {"甲": rows[2023], "乙": rows[2023]})
    assert problems(apply(spec, path, path.name, CITIES)) == [("E298", None)]


PLACES = (JINAN, JINING)


@settings(max_examples=30, deadline=None)
@given(
    order=st.permutations(["city", "year", "quarter", "name", "output", "revenue", ""]),
    unit=st.sampled_from(["元", "千元", "万元", "亿元"]),
    holds=st.sampled_from(["cumulative", "quarter"]),
    with_year=st.booleans(),
    seed=st.integers(0, 10**6),
)
def test_a_long_table_gives_the_same_figures_to_the_cent_as_a_wide_one(
    tmp_path_factory, order, unit, holds, with_year, seed
):
    """Whatever the order of its rows and columns; single quarters with gaps too."""
    random = Random(seed)
    folder = tmp_path_factory.mktemp("f")
    order = [one for one in order if one != "year" or with_year]
    rows, by_wide = [], {}
    for city in PLACES:
        name = next(name for name, code in CITIES.items() if code == city)
        amounts = {}
        for firm in FIRMS:
            amounts[firm] = [
                (None, None)
                if random.random() < 0.2
                else tuple(Decimal(random.randrange(1, 10**13)) / 100 for _ in range(2))
                for _ in range(4)
            ]
            for number, (output, revenue) in enumerate(amounts[firm]):
                if output is None:
                    continue
                own = {
                    "city": random.choice([name, name.removesuffix("市"), city]),
                    "year": 2024,
                    "quarter": QUARTER_WORDS[number] if with_year else f"2024Q{number + 1}",
                    "name": firm,
                    "output": in_unit(output, unit),
                    "revenue": in_unit(revenue, unit),
                }
                rows.append([own.get(one) for one in order])
        path = wide(folder / f"{city}.xlsx", amounts, city=name, unit=unit)
        by_wide[city] = apply(spec_of(path, wide_columns(unit, holds)), path, path.name, CITIES)
    random.shuffle(rows)
    heads = [f"栏{at}" if one else None for at, one in enumerate(order)]
    path = long(folder / "l.xlsx", *rows, heads=heads)
    said = {
        "city": ("place_city", ""),
        "year": ("place_year", ""),
        "quarter": ("place_quarter", ""),
        "name": ("name", ""),
        "output": ("output_value", unit, holds),
        "revenue": ("revenue", unit, holds),
    }
    columns = {at: said[one] for at, one in enumerate(order, start=1) if one}
    applied = read(path, columns)
    assert problems(applied) == []
    for city in PLACES:
        for number in range(1, 5):
            other = by_wide[city].reading(city, Quarter(2024, number))
            expected = [figures(other, field) for field in ("output_value", "revenue")]
            if (city, Quarter(2024, number)) not in applied.places():
                assert expected == [{}, {}]
                continue
            reading = applied.reading(city, Quarter(2024, number))
            assert [figures(reading, field) for field in ("output_value", "revenue")] == expected
