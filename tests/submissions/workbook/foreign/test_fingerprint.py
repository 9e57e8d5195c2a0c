"""A layout is for the very same headings: whatever differs is seen, and said in words."""

import pytest

from submissions.workbook.foreign.fingerprint import (
    best_rows,
    differences,
    fingerprint_of,
    heading_lines,
)
from submissions.workbook.foreign.foreign_file import read_file
from tests.submissions.workbook.foreign.forge_foreign import saved

TITLE = ["2024年环保企业（单位：万元）"]
HEADS = ["企业名称", "信用代码", "产值", "收入", "备注"]
LINE = ["甲公司", "91", 5, 4, ""]


def top(tmp_path, rows):
    return read_file(saved(tmp_path / "f.xlsx", {"表": rows}), "f.xlsx").visible[0].top


def headings(tmp_path, rows, numbers=(2,)):
    return heading_lines(top(tmp_path, rows), numbers)


MOVED = ["企业名称", "信用代码", "收入", "产值", "备注"]
WORD = ["企业名称", "信用代码", "总产值", "收入", "备注"]
UNIT = ["企业名称", "信用代码", "产值（亿元）", "收入", "备注"]
MORE = [*HEADS, "从业人员"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([TITLE, WORD, LINE], [("changed", "C", "产值", "总产值")]),
        ([TITLE, MOVED, LINE], [("moved", "C", "D", "收入"), ("moved", "D", "C", "产值")]),
        ([TITLE, UNIT, LINE], [("changed", "C", "产值", "产值(亿元)")]),
        ([["2024年环保企业（单位：亿元）"], HEADS, LINE], [("unit", "", "万元", "亿元")]),
        ([["2024年环保企业"], HEADS, LINE], [("unit", "", "万元", "")]),
        ([["计量单位：亿元"], HEADS, LINE], [("unit", "", "万元", "亿元")]),
        ([TITLE, ["附表"], HEADS, LINE], [("rows", "", "2", "3")]),
        ([TITLE, MORE, LINE], [("added", "F", "", "从业人员")]),
        ([TITLE, HEADS[:4], LINE], [("missing", "E", "备注", "")]),
        ([TITLE, HEADS, ["", "", "亿元", "亿元", ""], LINE],
         [("unit", "", "万元", "万元、C=亿元、D=亿元")]),
    ],
)  # fmt: skip
def test_each_difference_is_seen_and_said(tmp_path, rows, expected):
    known = headings(tmp_path, [TITLE, HEADS, LINE])
    found = best_rows(top(tmp_path, rows), known)
    assert [tuple(one) for one in differences(known, found)] == expected
    assert fingerprint_of([known]) != fingerprint_of([found])


def test_another_year_in_the_title_and_other_lines_are_the_same_layout(tmp_path):
    known = headings(tmp_path, [TITLE, HEADS, LINE])
    rows = [["2025年环保企业 （单位:万元）"], [" 企业 名称", *HEADS[1:]], ["乙", "92", 1, 2, "注"]]
    found = best_rows(top(tmp_path, rows), known)
    assert not differences(known, found)
    assert fingerprint_of([known]) == fingerprint_of([found])


def test_both_lines_of_headings_count(tmp_path):
    rows = [TITLE, ["企业", None, "本季", None], ["名称", "代码", "产值", "收入"], LINE]
    known = headings(tmp_path, rows, (2, 3))
    other = [TITLE, ["企业", None, "累计", None], ["名称", "代码", "产值", "收入"], LINE]
    found = best_rows(top(tmp_path, other), known)
    assert [tuple(one) for one in differences(known, found)] == [
        ("changed", "C", "本季 / 产值", "累计 / 产值")
    ]
