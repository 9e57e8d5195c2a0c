"""Labels above a table."""

import pytest

from submissions.workbook.cells import NUMBER, TEXT, Row
from submissions.workbook.reading.labels import labels, money_unit, period


@pytest.mark.parametrize(
    ("text", "quarter"),
    [
        ("2025年1—9月", "2025Q3"),
        ("2025年1-9月", "2025Q3"),
        ("2025年1–9月", "2025Q3"),
        ("2025年1~9月", "2025Q3"),
        ("2025年1～9月份", "2025Q3"),
        ("2025年1月至9月", "2025Q3"),
        ("2025年1月—2025年9月", "2025Q3"),
        ("2025年01-09月", "2025Q3"),
        ("２０２５年１—９月", "2025Q3"),
        ("2025 年 1 — 9 月", "2025Q3"),
        ("2025年1—9月累计", "2025Q3"),
        ("2025年三季度", "2025Q3"),
        ("2025年第三季度", "2025Q3"),
        ("2025年3季度", "2025Q3"),
        ("2025年前三季度", "2025Q3"),
        ("2025年1-3季度", "2025Q3"),
        ("2025年一至三季度", "2025Q3"),
        ("2025Q3", "2025Q3"),
        ("2025q3", "2025Q3"),
        ("2025年Q3", "2025Q3"),
        ("2025-Q3", "2025Q3"),
        ("2025年1—3月", "2025Q1"),
        ("2025年上半年", "2025Q2"),
        ("2025年1-6月", "2025Q2"),
        ("2025年", "2025Q4"),
        ("2025年度", "2025Q4"),
        ("2025年全年", "2025Q4"),
        ("2025年1—12月", "2025Q4"),
    ],
)
def test_a_period_is_the_quarter_its_figures_run_to(text, quarter):
    assert period(text) == quarter


@pytest.mark.parametrize(
    "text",
    [
        "",
        "三季度",
        "2025年7—9月",
        "2025年4-6月",
        "2025年1-8月",
        "2025年1-13月",
        "2025年9月",
        "2025年下半年",
        "2025Q5",
        "2025年五季度",
        "2024年1月-2025年9月",
        "25年三季度",
        "0025年三季度",
        "2025",
    ],
)
def test_a_range_not_from_january_is_no_period(text):
    assert period(text) is None


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("万元", "万元"),
        ("万元、户、人", "万元"),
        ("人，亿元", "亿元"),
        ("人民币万元", "万元"),
        ("户", None),
        ("美元", None),
        ("万美元", None),
    ],
)
def test_units_of_money(text, unit):
    assert money_unit(text) == unit


def row(number, *texts):
    return Row(number, {at: (TEXT, text) for at, text in enumerate(texts, 1) if text})


def test_each_label_in_its_own_cell():
    found = labels(
        [
            row(1, "环保产业统计表"),
            row(2, "填报单位：济南市生态环境局"),
            row(3, "", "报告期:2025年1—9月"),
            row(4, "计量单位：万元"),
        ]
    )

    assert (found.reporter.value, found.reporter.cell) == ("济南市生态环境局", "A2")
    assert (found.period.value, found.period.cell) == ("2025Q3", "B3")
    assert found.period.written == "2025年1—9月"
    assert (found.unit.value, found.unit.cell) == ("万元", "A4")


def test_the_value_to_the_right_of_its_label():
    found = labels(
        [row(1, "填报单位：", "", "", "济南市"), row(2, "报告期", "2025Q3", "单位", "亿元")]
    )

    assert (found.reporter.value, found.reporter.cell) == ("济南市", "D1")
    assert (found.period.value, found.period.cell) == ("2025Q3", "B2")
    assert (found.unit.value, found.unit.cell) == ("亿元", "D2")


def test_several_labels_in_one_cell():
    found = labels([row(1, "填报单位：济南市生态环境局   报告期：2025年三季度　 单 位：万元")])

    assert found.reporter.value == "济南市生态环境局"
    assert found.period.value == "2025Q3"
    assert found.unit.value == "万元"


def test_a_period_that_is_not_understood_is_kept_as_written():
    found = labels([row(1, "报告期：2025年7—9月")])

    assert (found.period.value, found.period.written) == (None, "2025年7—9月")


def test_a_label_without_a_value_is_ignored():
    found = labels([row(1, "填报单位：", "报告期："), Row(2, {1: (NUMBER, "NaN")})])

    assert found.reporter is None
    assert found.period is None


def test_labels_that_contradict_each_other_are_kept():
    found = labels([row(1, "计量单位：万元"), row(2, "计量单位：元"), row(3, "计量单位：万元")])

    assert found.unit.value == "万元"
    assert [(name, value.cell) for name, value in found.contradictions] == [("unit", "A2")]
