"""A row is a line by its shape; what has figures and does not count is said."""

import pytest

from tests.submissions.fault_catalogue import forge
from tests.submissions.fault_catalogue.readings import found, one, reading_of


def with_rows(*rows, at=8):
    """A workbook of three lines with rows after them: column letter -> value."""

    def add(book):
        sheet = book["企业明细"]
        for row in range(len(rows) if at < 8 else 0):
            sheet.insert_rows(at + row)
        for number, row in enumerate(rows, start=at):
            for letter, value in row.items():
                sheet[f"{letter}{number}"] = value

    return forge.workbook(edit=add)


BLANK = [" ", "　", "\u00a0", "\u200b", "—", "-", "/", "无", "……", "\ufeff", "\t"]


@pytest.mark.parametrize("blank", BLANK)
@pytest.mark.parametrize("columns", ["A", "AB", "ABDE", "J", "ABCDEFGHIJ"])
def test_a_row_that_looks_blank_is_passed_over(blank, columns, tmp_path):
    """G01"""
    content = with_rows(*[dict.fromkeys(columns, blank)] * 3)
    reading = reading_of(content, tmp_path)

    assert (reading.faults, reading.lines) == ([], 3)


@pytest.mark.parametrize("columns", ["F", "DE", "DEFGH", "ABDEFGHI", "H", "ABCDEFGHIJ"])
@pytest.mark.parametrize("zero", [0, "0", 0.0])
@pytest.mark.parametrize("count", [1, 50])
def test_rows_of_zeros_get_one_finding(columns, zero, count, tmp_path):
    """G03"""
    reading = reading_of(with_rows(*[dict.fromkeys(columns, zero)] * count), tmp_path)

    assert found(reading) == [("W230", "企业明细", "A8")]
    assert one(reading, "W230").params["found"] == str(count)
    assert reading.lines == 3


SIGNATURES = [
    *("制表：李某  2025年10月10日", "制表人：李某", "审核：王某", "单位负责人：张三　填表：李四"),
    *("填表:李某", "复核人：王五", "经办：赵六", "盖章：", "（公章）：", "联系电话：0531-88888888"),
    *("填报日期：2025.10.10", "主管领导：某某", "分管领导签字：", "录入员：某某"),
    *("2025年10月10日", "2025-10-10", "一、规上企业", "（一）国有企业", "第一部分"),
]


@pytest.mark.parametrize("text", SIGNATURES)
@pytest.mark.parametrize("letter", ["A", "B", "D"])
def test_a_signature_or_the_heading_of_a_section_is_passed_over(text, letter, tmp_path):
    """G04"""
    reading = reading_of(with_rows({letter: text}), tmp_path)

    assert (reading.faults, reading.lines) == ([], 3)


@pytest.mark.parametrize(
    "text", ["以下空白", "历下区", "(12 rows affected)", "李某 审核", "一式三份"]
)
def test_other_words_beneath_the_table_are_named_and_no_line(text, tmp_path):
    reading = reading_of(with_rows({"A": text}), tmp_path)

    assert found(reading) == [("W129", "企业明细", "A8")]
    assert reading.lines == 3


TOTALS = {
    "合计": "合计",
    "总  计": "总计",
    "汇总": "汇总",
    "共计": "共计",
    "总和": "总和",
    "全市汇总": "汇总",
    "合计数": "合计",
    "本表合计：": "合计",
    "历下区小计": "小计",
    "市中区 汇总": "小计",
    "历下区合计": "小计",
    "国有企业小计": "小计",
    "13户合计": "小计",
    "其中规上小计": "小计",
    "章丘区累计": "小计",
    "高新区共计": "小计",
    "一、历下区小计": "小计",
    "（一）小计": "小计",
    "小计（历下区）": "小计",
    "合计（历下区）": "小计",
    "合计（万元）": "合计",
    "本页小计": "小计",
}


@pytest.mark.parametrize(("text", "label"), TOTALS.items())
@pytest.mark.parametrize(("letter", "at"), [("A", 8), ("B", 8), ("A", 6)])
def test_a_total_under_any_name_is_a_total(text, label, letter, at, tmp_path):
    """G06, G08"""
    reading = reading_of(with_rows({letter: text, "D": 3006, "E": 2706}, at=at), tmp_path)
    table = reading.tables["enterprises"]

    assert reading.lines == 3
    assert reading.faults == []
    assert [total.get("label") for total in table.totals] == [label]


UNCOUNTED = [
    *("其中：济南某环保公司", "其中：规上企业", "其中", "历下区", "市中区", "章丘区（含）"),
    *("高新区", "一、国有企业", "全市", "规模以上", "非环保业务", "外地企业", "上年数", "调整数"),
    *("差额", "核减", "二季度数", "备用", "平衡项", "不含济南某公司"),
]


@pytest.mark.parametrize("text", UNCOUNTED)
def test_a_row_with_figures_that_does_not_count_is_named(text, tmp_path):
    """G12"""
    reading = reading_of(with_rows({"A": text, "D": 5000, "E": 4000, "F": 6000}), tmp_path)

    assert found(reading) == [("W229", "企业明细", "A8")]
    assert one(reading, "W229").params["label"] == text
    assert reading.lines == 3


@pytest.mark.parametrize("name", ["其中：济南某环保公司", "历下区", "开发区", "一、国有企业"])
def test_the_same_in_the_column_of_names(name, tmp_path):
    reading = reading_of(with_rows({"B": name, "D": 5000, "E": 4000}, at=6), tmp_path)

    assert found(reading) == [("W229", "企业明细", "B6")]
    assert reading.lines == 3


@pytest.mark.parametrize("name", ["济南某环保公司", "济南水务", "某某", "其中环保公司", "合计公司"])
def test_an_enterprise_without_a_code_is_an_incomplete_line(name, tmp_path):
    reading = reading_of(with_rows({"B": name, "D": 5000, "E": 4000}), tmp_path)

    assert found(reading) == [("E150", "企业明细", "A8")]
    assert reading.lines == 4


@pytest.mark.parametrize("count", [1, 30])
def test_figures_of_nobody_get_one_finding(count, tmp_path):
    reading = reading_of(with_rows(*[{"D": 5, "F": 6}] * count), tmp_path)

    assert found(reading) == [("E231", "企业明细", "A8")]
    assert reading.lines == 3


UNITS = [
    dict(zip("DEFGHI", ["万元"] * 4 + ["人", "万元"], strict=True)),
    dict(zip("DEFGHI", ["（万元）"] * 4 + ["（人）", "（万元）"], strict=True)),
    dict(zip("DEFGHI", ["单位：万元"] * 4 + ["人", "万元"], strict=True)),
    dict(zip("ABCDEFGHIJ", ["—", "—", "—", *["万元"] * 4, "人", "万元", "—"], strict=True)),
    dict(zip("ABDEFGHI", ["代码", "名称", *["万元"] * 4, "名", "万元"], strict=True)),
    dict(zip("DEFGI", ["万元"] * 5, strict=True)),
]


@pytest.mark.parametrize("units", UNITS)
def test_units_beneath_the_headings_are_taken(units, tmp_path):
    """G10"""

    def add(book):
        sheet = book["企业明细"]
        sheet.insert_rows(5)
        for letter, unit in units.items():
            sheet[f"{letter}5"] = unit

    content = forge.workbook(unit=None, edit=add, with_city=False)
    reading = reading_of(content, tmp_path)

    assert [code for code, _, _ in found(reading)] == ["W139"]
    assert set(reading.tables["enterprises"].units.values()) == {"万元"}
    assert reading.lines == 3


@pytest.mark.parametrize(("letter", "unit", "code"), [("D", "元", "E193"), ("H", "万人", "E225")])
def test_a_unit_beneath_that_contradicts_or_does_not_fit(letter, unit, code, tmp_path):
    def add(book):
        sheet = book["企业明细"]
        sheet.insert_rows(5)
        for each, words in UNITS[0].items():
            sheet[f"{each}5"] = words
        sheet[f"{letter}5"] = unit

    content = forge.workbook(headings={"output_value": "环保业务产值（万元）"}, edit=add)

    assert [each for each, _, _ in found(reading_of(content, tmp_path))] == [code]
