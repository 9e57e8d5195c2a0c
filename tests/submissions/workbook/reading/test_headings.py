"""Heading rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.workbook.cells import TEXT, Row
from submissions.workbook.layout import ENTERPRISES, TABLES
from submissions.workbook.reading.headings import find_header, fold, heading

NAMES = [column.heading for column in ENTERPRISES.columns]


def row(number, *texts):
    return Row(number, {at: (TEXT, text) for at, text in enumerate(texts, 1) if text})


@pytest.mark.parametrize(
    ("text", "words", "unit"),
    [
        ("企业名称", "企业名称", ""),
        (" 企业 名称\n", "企业名称", ""),
        ("*企业名称", "企业名称", ""),
        ("企业名称：", "企业名称", ""),
        ("企业名称（必填）", "企业名称", ""),
        ("环保业务产值（万元）", "环保业务产值", "万元"),
        ("环保业务产值(万元)", "环保业务产值", "万元"),
        ("环保业务产值[亿元]", "环保业务产值", "亿元"),
        ("环保业务产值（单位：千元）", "环保业务产值", "千元"),
        ("环保业务产值（万元，累计）", "环保业务产值", "万元"),
        ("环保业务产值／万元", "环保业务产值", "万元"),
        ("环保业务产值（美元）", "环保业务产值", None),
        ("从业人员（人）", "从业人员", ""),
    ],
)
def test_words_and_unit_of_a_heading(text, words, unit):
    """F-32"""
    found = heading(text)

    assert (found.words, found.unit) == (words, unit)


@given(st.permutations(NAMES))
def test_the_order_of_columns_is_free(names):
    """F-32"""
    header = find_header([row(1, "标题"), row(3, *names)], ENTERPRISES)

    found = {name: names.index(column.heading) + 1 for column in ENTERPRISES.columns
             for name in [column.field]}  # fmt: skip
    assert header.columns == found
    assert header.rows == [3]
    assert not header.unknown
    assert not header.twice


def test_the_words_of_a_heading_are_not_a_header():
    assert find_header([row(1, "企业名称"), row(2, "甲")], ENTERPRISES) is None
    assert find_header([], ENTERPRISES) is None


def test_headings_further_down_are_not_looked_for():
    """F-30"""
    assert find_header([row(30, *NAMES)], ENTERPRISES)
    assert find_header([row(31, *NAMES)], ENTERPRISES) is None


def test_headings_on_two_lines_are_read_together():
    """F-30"""
    header = find_header(
        [
            row(1, "填报单位：济南市"),
            row(2, "统一社会信用代码", "企业名称", "环保业务（万元）", "", "上年同期", "", "说明"),
            row(3, "", "", "产值", "营业收入", "环保业务营业收入（亿元）", "环保业务产值", ""),
        ],
        ENTERPRISES,
    )

    assert header.rows == [2, 3]
    assert header.columns == {
        "credit_code": 1,
        "name": 2,
        "output_value": 3,
        "revenue": 4,
        "revenue_last_year": 5,
        "remark": 7,
    }
    assert header.units == {"output_value": "万元", "revenue": "万元", "revenue_last_year": "亿元"}
    # Last year's output value is not this year's.
    assert header.unknown == [("上年同期环保业务产值", 6)]


def test_a_title_above_the_headings_is_no_upper_line():
    header = find_header([row(1, "企业明细表"), row(2, *NAMES)], ENTERPRISES)

    assert header.rows == [2]


def test_headings_twice_and_headings_unknown():
    """F-32"""
    header = find_header([row(1, "序号", *NAMES, "企业名称", "备用")], ENTERPRISES)

    assert header.twice == [("企业名称", 3, 12)]
    assert header.unknown == [("备用", 13)]


def test_the_header_is_known_again_on_the_next_page():
    """F-30"""
    header = find_header([row(4, *NAMES)], ENTERPRISES)

    assert header.repeats(row(40, *NAMES))
    assert not header.repeats(row(40, NAMES[0], "甲公司"))
    assert not header.repeats(row(40, "", "甲公司"))


@pytest.mark.parametrize("layout", TABLES.values(), ids=TABLES)
def test_every_table_is_found_by_its_own_headings(layout):
    header = find_header([row(4, *(column.heading for column in layout.columns))], layout)

    assert list(header.columns) == [column.field for column in layout.columns]


def test_texts_are_folded_by_width_and_spaces():
    assert fold(" 企业 明细　") == fold("企业明细")
    assert fold("（１）") == "(1)"
