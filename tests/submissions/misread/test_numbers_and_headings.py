"""Only what cannot change the meaning is normalised; the rest is refused at its cell."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.depth import examples
from tests.submissions.fault_catalogue import forge
from tests.submissions.fault_catalogue.readings import found, one, reading_of

BREAKS = ["\n", "\r\n", "\r", "\t", "\u2028", "  ", " \n "]


@pytest.mark.parametrize(
    "text",
    [
        *(f"12{between}8" for between in [*BREAKS, " ", "\u3000", "\u00a0"]),
        *("12 34", "1 23", "1234 567", "1 234 56", "1 234,567", "1,234 567", "12 .5", "12. 5"),
        *("1\n234", "1, 234", "2024 1234", "12 / 8", "12;8", "12、8", "1 234 567 8"),
    ],
)
def test_two_numbers_in_a_cell_are_refused_there(text, tmp_path):
    """B01"""
    lines = [forge.enterprise(1), forge.enterprise(2, rd_expenditure=text)]
    reading = reading_of(forge.workbook(enterprises=lines), tmp_path)

    assert found(reading) == [("E146", "企业明细", "G6")]
    assert reading.tables["enterprises"].lines[1].get("rd_expenditure") is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *((f"1{blank}234{blank}567", "1234567") for blank in [" ", "\u00a0", "\u202f", "\u2009"]),
        *(
            (f"{edge}12.5{edge}", "12.5")
            for edge in [" ", "\n", "\u3000", "\t", "\u200b", "\ufeff"]
        ),
        *(("1\u3000234", "1234"), ("１２３４", "1234"), ("1，234.5", "1234.5"), ("- 5", "-5")),
        *(
            ("12\u200b8", "128"),
            ("+12", "12"),
            ("1 234.5", "1234.5"),
            (".5", "0.5"),
            ("0012", "12"),
        ),
    ],
)
def test_what_separates_thousands_or_cannot_be_seen_is_left_out(text, number, tmp_path):
    lines = [forge.enterprise(1, rd_expenditure=text)]
    reading = reading_of(forge.workbook(enterprises=lines), tmp_path)

    assert reading.faults == []
    line = reading.tables["enterprises"].lines[0]
    assert line.get("rd_expenditure") == Decimal(number) * 10_000


@settings(max_examples=examples(60), deadline=None)
@given(first=st.integers(0, 9999), second=st.integers(0, 99_999), between=st.sampled_from(BREAKS))
def test_no_break_between_two_numbers_makes_one_of_them(first, second, between, tmp_path_factory):
    lines = [forge.enterprise(1, employees=f"{first}{between}{second}")]
    folder = tmp_path_factory.getbasetemp()
    reading = reading_of(forge.workbook(enterprises=lines), folder)

    assert found(reading) == [("E146", "企业明细", "H5")]


OTHER_MEANINGS = [
    *("上年同期", "2024年1—9月", "2024年", "去年同期", "占营业收入比重，%", "占比", "增长率"),
    *(
        "同比增长%",
        "同比",
        "本季度",
        "当季",
        "9月当月",
        "7—9月",
        "预计",
        "计划",
        "目标值",
        "全年预计",
    ),
    *("上季度", "母公司", "合并口径", "不含税", "其中：出口", "增加值", "上报数与实际差"),
]


@pytest.mark.parametrize("said", OTHER_MEANINGS)
@pytest.mark.parametrize("field", ["output_value", "rd_expenditure", "employees"])
def test_a_heading_with_another_meaning_is_not_taken(field, said, tmp_path):
    """C01, C03"""
    heading = dict(zip(forge.FIELDS["enterprises"], forge.HEADINGS["enterprises"], strict=True))
    content = forge.workbook(headings={field: f"{heading[field]}（{said}）"})
    reading = reading_of(content, tmp_path)

    column = {"output_value": "D", "rd_expenditure": "G", "employees": "H"}[field]
    expected = {("W134", "企业明细", f"{column}4")}
    if field == "output_value":
        expected.add(("E132", "企业明细", None))
    assert set(found(reading)) == expected
    assert all(line.get(field) is None for line in reading.tables["enterprises"].lines)


@pytest.mark.parametrize(
    "said", ["上年同期", "2024年1—9月", "占比", "本季度", "预计", "增速", "9月当月"]
)
@pytest.mark.parametrize("below", [True, False])
def test_another_meaning_on_another_line_is_not_taken(said, below, tmp_path):
    """C07"""

    def stack(book):
        sheet = book["企业明细"]
        sheet.insert_rows(5 if below else 4)
        if below:
            sheet["G5"], sheet["A5"], sheet["B5"] = said, "", ""
            sheet["D5"] = "本年累计"
        else:
            for cell in sheet[5]:
                if cell.column_letter not in "GH":
                    sheet.cell(4, cell.column).value, cell.value = cell.value, None
            sheet["G4"] = said

    reading = reading_of(forge.workbook(edit=stack), tmp_path)
    table = reading.tables["enterprises"]

    assert [code for code, _, _ in found(reading)].count("W134") == (1 if below else 2)
    assert all(line.get("rd_expenditure") is None for line in table.lines)
    assert all(line.get("output_value") is not None for line in table.lines)


@pytest.mark.parametrize("said", ["2024年1—9月", "上年同期", "2024年", "占比", "预计数", "当季"])
@pytest.mark.parametrize("beside", [None, "填报单位：济南市生态环境局"])
def test_a_line_above_a_whole_row_of_headings_counts(said, beside, tmp_path):
    """C07: with every heading on the second line."""

    def cover(book):
        sheet = book["企业明细"]
        sheet.insert_rows(4)
        sheet["G4"], sheet["A4"] = said, beside

    reading = reading_of(forge.workbook(edit=cover), tmp_path)
    table = reading.tables["enterprises"]

    assert "W134" in str(found(reading))
    assert all(line.get("rd_expenditure") is None for line in table.lines)
    assert all(line.get("output_value") is not None for line in table.lines)
    assert reading.lines == 3


@pytest.mark.parametrize(
    "title", ["2025年三季度济南市生态环保企业明细", "企业明细表", "（2025年）", "万元"]
)
def test_a_title_above_the_headings_is_none_of_them(title, tmp_path):
    def cover(book):
        book["企业明细"].insert_rows(4)
        book["企业明细"]["A4" if "）" in title else "D4"] = title

    reading = reading_of(forge.workbook(edit=cover), tmp_path)

    assert reading.faults == []
    assert reading.tables["enterprises"].lines[0].get("rd_expenditure") == Decimal(125_000)


@pytest.mark.parametrize(
    "said",
    [
        *(
            "必填",
            "累计",
            "本年累计",
            "1-9月",
            "2025年1—9月",
            "2025年三季度",
            "万元",
            "单位：万元",
            "人民币万元",
        ),
        *("万元、累计", "本年累计，万元", "期末数", "选填", "2025年前三季度", "金额单位：万元"),
    ],
)
def test_a_heading_that_says_nothing_new_is_taken(said, tmp_path):
    reading = reading_of(
        forge.workbook(headings={"rd_expenditure": f"研发经费（{said}）"}), tmp_path
    )
    unfit = said == "1-9月"

    assert reading.faults == [] or unfit
    table = reading.tables["enterprises"]
    assert unfit or table.lines[0].get("rd_expenditure") == Decimal(125_000)


@pytest.mark.parametrize(
    ("unit", "code"),
    [
        *(
            (unit, "E225")
            for unit in ("万人", "千人", "百人", "十万人", "万元", "元", "%", "万户", "亿人")
        ),
        *((unit, None) for unit in ("人", "名", "户", "家", "个", "期末，人", "单位：人")),
    ],
)
def test_a_count_is_read_in_a_unit_that_fits(unit, code, tmp_path):
    """C06"""
    content = forge.workbook(headings={"employees": f"从业人员（{unit}）"})
    reading = reading_of(content, tmp_path)

    assert found(reading) == ([(code, "企业明细", "H4")] if code else [])
    assert reading.tables["enterprises"].lines[0].get("employees") == (None if code else 101)


@pytest.mark.parametrize(
    "unit", ["人", "%", "‰", "万人", "美元", "万美元", "户", "港币", "万元/亿元"]
)
def test_an_amount_is_not_read_in_what_is_no_unit_of_money(unit, tmp_path):
    content = forge.workbook(headings={"rd_expenditure": f"研发经费（{unit}）"})

    assert found(reading_of(content, tmp_path)) == [("E128", "企业明细", "G4")]


@pytest.mark.parametrize(
    "label",
    [
        *(
            "（单位：万元）",
            "(单位：万元)",
            "【单位：万元】",
            "单位：万元",
            "计量单位：（万元）",
            "金额单位:人民币万元",
        ),
        *(
            "单位：万元（人民币）",
            "单 位：万 元",
            "（计量单位：万元、人）",
            "单位：人民币 万元",
            "［单位：万元］",
        ),
    ],
)
def test_the_unit_is_read_from_a_label_in_brackets(label, tmp_path):
    """H01"""
    content = forge.workbook(unit=None, edit=lambda book: [
        sheet.__setitem__("D3", label) for sheet in book
    ])  # fmt: skip
    reading = reading_of(content, tmp_path)

    assert reading.faults == []
    assert reading.tables["enterprises"].units["revenue"] == "万元"


@pytest.mark.parametrize(
    ("period", "quarter"),
    [
        ("2025年1-9月（累计）", "2025Q3"),
        ("2025年1—9月累计", "2025Q3"),
        ("（2025年1-9月）", "2025Q3"),
        ("2025年1-9月（本年累计数）", "2025Q3"),
        ("2025年前三季度（累计）", "2025Q3"),
        ("2025年三季度累计", "2025Q3"),
        ("2025年前9个月", "2025Q3"),
        ("2025年前九个月", "2025Q3"),
        ("2025.1-9", "2025Q3"),
        ("2025.01—2025.09", "2025Q3"),
        ("2025年1月1日—9月30日", "2025Q3"),
        ("二〇二五年三季度", "2025Q3"),
        ("2025年上半年（累计）", "2025Q2"),
        ("2025年全年（累计）", "2025Q4"),
        ("2025年三季度（当季）", None),
        ("2025年三季度（预计）", None),
        ("2025年7-9月（累计）", None),
        ("2025年1 2月", None),
        ("2025年1-1 2月", None),
        ("2025年1—8月（累计）", None),
        ("2024-2025年", None),
    ],
)
def test_a_period_is_read_with_what_says_nothing_new(period, quarter, tmp_path):
    """H04"""
    reading = reading_of(forge.workbook(period=period), tmp_path)

    if quarter is None:
        assert one(reading, "E125") if not reading.tables else "E125" in str(found(reading))
    else:
        assert reading.faults == []
        assert reading.tables["enterprises"].period.value == quarter
