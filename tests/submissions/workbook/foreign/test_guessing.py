"""Proposals come from headings and values, each with its reason; never from where a column is."""

from decimal import Decimal
from random import Random

import pytest

from submissions.workbook.foreign.fingerprint import heading_lines
from submissions.workbook.foreign.foreign_file import read_file
from submissions.workbook.foreign.guessing import guess
from submissions.workbook.foreign.layout_spec import Holds
from tests.submissions.workbook.foreign.forge_foreign import (
    CITIES,
    FIRMS,
    by_sheet,
    saved,
    survey,
    wide,
)

CODE = "91370100MA3C0001X1"


def guessed(path, cities=CITIES):
    top = read_file(path, path.name).visible[0].top
    return guess(top, heading_lines(top, (3,)).units, cities)


def fields(table):
    return {column.letter: column.field for column in table.columns if column.field}


def whys(column):
    return [reason.why for reason in column.reasons]


def test_a_wide_sheet_is_seen_to_have_a_column_a_quarter(tmp_path):
    path = wide(tmp_path / "w.xlsx", {firm: [(Decimal(5), Decimal(6))] * 4 for firm in FIRMS})
    table = guessed(path)
    assert table.rows == (2,)
    by_letter = {column.letter: column for column in table.columns}
    assert by_letter["A"].field == ""
    assert (by_letter["B"].field, whys(by_letter["B"])) == ("name", ["heading", "firms"])
    assert [(c.field, c.quarter, c.unit) for c in table.columns[2:6]] == [
        ("output_value", "2024Q1", "亿元"),
        ("revenue", "2024Q1", "亿元"),
        ("output_value", "2024Q2", "亿元"),
        ("revenue", "2024Q2", "亿元"),
    ]
    assert whys(by_letter["C"]) == ["synonym", "amounts", "unit_above", "quarter", "holds"]


def test_two_lines_of_headings_are_seen_with_what_the_upper_one_says(tmp_path):
    path = by_sheet(tmp_path / "s.xlsx", {1: {FIRMS[0]: (CODE, Decimal(5), Decimal(6))}})
    table = guessed(path)
    assert table.rows == (2, 3)
    assert fields(table) == {"A": "name", "B": "credit_code", "C": "output_value", "D": "revenue"}
    assert {(c.unit, c.holds) for c in table.columns[2:]} == {("万元", Holds.QUARTER)}


def test_a_years_survey_is_seen_to_be_of_the_year(tmp_path):
    path = survey(tmp_path / "y.xlsx", {FIRMS[0]: (CODE, Decimal(5), Decimal(6))})
    table = guessed(path)
    assert table.rows == (3,)
    assert [(c.unit, c.holds) for c in table.columns[2:]] == [
        ("千元", Holds.YEAR),
        ("千元", Holds.YEAR),
        ("", Holds.YEAR),
    ]


@pytest.mark.parametrize("seed", range(5))
def test_the_place_of_a_column_makes_no_difference(tmp_path, seed):
    heads = [
        "代码栏",
        "企业全称",
        "环保产业收入（万元）",
        "企业营业收入（万元）",
        "收入增速（%）",
        "x",
    ]
    line = [CODE, FIRMS[0], 5, 6, 7, 8]
    order = list(range(6))
    Random(seed).shuffle(order)
    rows = [["2024年"], [heads[at] for at in order], [line[at] for at in order]]
    table = guessed(saved(tmp_path / "o.xlsx", {"表": rows}))
    found = {column.heading: column.field for column in table.columns if column.field}
    assert found == {
        "代码栏": "credit_code",
        "企业全称": "name",
        "环保产业收入(万元)": "revenue",
        "企业营业收入(万元)": "total_revenue",
    }


def test_nothing_is_proposed_for_columns_that_say_nothing(tmp_path):
    rows = [["甲", "乙", "丙"], ["a", "b", "c"], [1, 2, 3]]
    assert guessed(saved(tmp_path / "n.xlsx", {"表": rows})) is None


def test_of_two_columns_as_good_as_each_other_neither_is_proposed(tmp_path):
    rows = [["企业名称", "收入（元）", "环保产值（元）", "环保总产值（元）"], [FIRMS[0], 1, 2, 3]]
    table = guessed(saved(tmp_path / "t.xlsx", {"表": rows}))
    assert fields(table) == {"A": "name", "B": "revenue"}


def test_words_in_place_of_amounts_are_no_amounts(tmp_path):
    rows = [["企业名称", "产值（万元）", "收入（万元）"], [FIRMS[0], "较大", 3]]
    assert fields(guessed(saved(tmp_path / "t.xlsx", {"表": rows}))) == {
        "A": "name",
        "C": "revenue",
    }


LONG = {"place_city": "A", "place_year": "B", "place_quarter": "C", "name": "D", "revenue": "E"}


@pytest.mark.parametrize(
    ("heads", "values", "why"),
    [
        (["所属市", "统计年度", "报告期"], ["济南市", 2024, "一季度"], "heading"),
        (["设区市", "年份", "季度"], ["济南", "2024年", 1], "heading"),
        (["甲", "乙", "丙"], ["济南市", 2024, "2024Q1"], None),
    ],
)
def test_columns_that_name_the_place_of_each_row_are_seen(tmp_path, heads, values, why):
    """By their headings and values; without a word in the heading by the values alone."""
    rows = [["表"], [*heads, "企业名称", "收入（元）"], [*values, FIRMS[0], 5]]
    table = guessed(saved(tmp_path / "l.xlsx", {"表": rows}))
    assert {field: letter for letter, field in fields(table).items()} == LONG
    seen = [whys(column) for column in table.columns[:3]]
    shapes = [["cities"], ["years"], ["quarters"]]
    assert seen == [[why, *shape] if why else shape for shape in shapes]


def test_a_heading_of_places_over_other_values_is_no_column_of_places(tmp_path):
    rows = [["企业名称", "收入（元）", "季度", "年份", "地区"], [FIRMS[0], 5, "5月", "丙", "东部"]]
    table = guessed(saved(tmp_path / "l.xlsx", {"表": rows}))
    assert fields(table) == {"A": "name", "B": "revenue"}


def test_numbers_that_are_no_years_and_words_that_are_no_cities_are_no_places(tmp_path):
    rows = [["企业名称", "收入（元）", "序号", "编号"], [FIRMS[0], 5, 1, 2024], [FIRMS[1], 6, 2, 7]]
    table = guessed(saved(tmp_path / "l.xlsx", {"表": rows}))
    assert fields(table) == {"A": "name", "B": "revenue"}
