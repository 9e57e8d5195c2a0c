"""The pre-filled workbook: its content, its checks, its reading when it comes back."""

import io

import openpyxl
import pytest

from submissions.workbook.layout import (
    ENTERPRISES,
    INSTRUCTIONS_SHEET,
    MARK_SIGN,
    META_SHEET,
    TABLES,
    ignored_headings,
)
from submissions.workbook.reading.headings import heading
from submissions.workbook.reading.workbook import read
from submissions.workbook.template.columns import FIRST_ROW, HEADER_ROW, columns_of, given_letters
from submissions.workbook.template.writer import template
from tests.submissions.fault_catalogue import forge
from tests.submissions.workbook.facts import SPITEFUL, STAMP, facts


@pytest.fixture(scope="module")
def content():
    return template(facts())


@pytest.fixture
def book(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def headings(sheet):
    return {cell.value.replace("\n", ""): cell.column_letter for cell in sheet[HEADER_ROW]}


def test_the_sheets_are_those_of_the_contract_and_the_instructions(book):
    sheets = [table.sheet for table in TABLES.values()]
    assert book.sheetnames == [INSTRUCTIONS_SHEET, *sheets, META_SHEET]
    assert book.active.title == "城市汇总"


def test_a_city_without_park_and_cluster_gets_no_sheet_of_them():
    given = facts()
    lines = {kind: given.lines[kind] for kind in ("city", "enterprises")}
    book = openpyxl.load_workbook(io.BytesIO(template(facts(lines=lines))))

    assert book.sheetnames == [INSTRUCTIONS_SHEET, "城市汇总", "企业明细", META_SHEET]


def test_the_units_stand_in_the_headings_and_above_the_table(book):
    sheet = book["企业明细"]
    assert [sheet[at].value for at in ("A2", "A3", "C2")] == [
        "填报单位：济南市生态环境局",
        "报告期：2025年1—9月",
        "计量单位：万元",
    ]
    assert {"*环保业务产值（万元）", "从业人员（人）", "*统一社会信用代码"} <= set(headings(sheet))


def test_every_column_that_must_be_filled_in_is_marked_and_no_other(book):
    for table in TABLES.values():
        marked = {words[1:] for words in headings(book[table.sheet]) if words.startswith("*")}
        required = {heading(column.heading).words for column in table.columns if column.required}
        assert {heading(words).words for words in marked} == required


def letter(field):
    """The letter of a column of 企业明细."""
    return given_letters(columns_of(ENTERPRISES, facts()))[field]


def test_what_is_known_of_a_firm_stands_in_its_line(book):
    sheet = book["企业明细"]

    assert [cell.value for cell in sheet[FIRST_ROW][:3]] == [
        *(forge.credit_code(1), "示例环保企业1", "示例园区甲")
    ]
    known = {"revenue_last_year": 800.0001}
    for column in TABLES["enterprises"].figures:
        assert sheet[f"{letter(column.field)}{FIRST_ROW}"].value == known.get(column.field)


def test_earlier_figures_stand_beside_what_is_to_be_filled_in(book):
    order = list(headings(book["企业明细"]))

    output, revenue = order.index("*环保业务产值（万元）"), order.index("*环保业务营业收入（万元）")
    assert order[output + 1 : output + 3] == [
        "参考：上季度环保业务产值（万元）",
        "参考：去年同季度环保业务产值（万元）",
    ]
    assert order[revenue + 1 : revenue + 4] == [
        "参考：上季度环保业务营业收入（万元）",
        "上年同期环保业务营业收入（万元）",
        "核对：营业收入同比",
    ]
    assert order[-2:] == ["核对：结果", "说明"]


def test_a_city_without_parks_is_not_asked_for_the_park(book):
    alone = openpyxl.load_workbook(io.BytesIO(template(facts(parks=[]))))

    assert "所属园区" in headings(book["企业明细"])
    assert "所属园区" not in headings(alone["企业明细"])


def test_no_sheet_is_protected_and_earlier_figures_are_grey(book):
    """In a protected sheet neither Excel nor Calc sorts, or deletes a row with a locked cell."""
    sheet = book["企业明细"]
    at = headings(sheet)
    earlier = sheet[f"{at['参考：上季度环保业务产值（万元）']}{FIRST_ROW}"]
    now = sheet[f"{at['*环保业务产值（万元）']}{FIRST_ROW}"]

    assert not any(each.protection.sheet for each in book)
    assert earlier.value == 600.000055
    assert earlier.fill.patternType == "solid"
    assert now.fill.patternType is None
    # Codes of new lines below are text.
    assert sheet.column_dimensions["A"].number_format == "@"
    assert sheet[f"A{FIRST_ROW}"].number_format == "@"
    # The arrows of the headings sort whole rows.
    assert sheet.auto_filter.ref == f"A4:{letter('remark')}7"


def test_the_headings_stay_in_sight(book):
    assert book["企业明细"].freeze_panes == f"C{FIRST_ROW}"
    assert book["城市汇总"].freeze_panes == f"B{FIRST_ROW}"


def test_numbers_are_checked_and_lists_are_offered(book):
    found = {
        str(one.sqref): (one.type, one.operator, one.formula1, one.errorStyle)
        for one in book["企业明细"].data_validations.dataValidation
    }
    assert found["A5:A20004"] == ("textLength", "equal", "18", None)
    assert found["C5:C20004"] == ("list", None, "'_meta'!$D$2:$D$3", "warning")
    assert found["D5:D20004"] == ("decimal", "greaterThanOrEqual", "0", None)
    staff = letter("employees")
    assert found[f"{staff}5:{staff}20004"] == ("whole", "greaterThanOrEqual", "0", None)
    blocks = {
        str(one.sqref)[0]: one.formula1 for one in book["集群建设"].data_validations.dataValidation
    }
    assert blocks["D"] == "'_meta'!$E$2:$E$5"
    meta = book[META_SHEET]
    assert [meta[at].value for at in ("E2", "E3", "E4", "E5")] == [
        *("未开工", "在建", "建成运营", "停建")
    ]


def test_the_stamp_stands_in_a_hidden_sheet(book, content, tmp_path):
    assert book[META_SHEET].sheet_state == "veryHidden"
    assert read(forge.saved(content, tmp_path)).stamp == STAMP


def test_a_name_that_looks_like_a_formula_is_a_text(book):
    cell = book["企业明细"][f"B{FIRST_ROW + 2}"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (SPITEFUL, "s", True)


def test_a_remark_is_a_comment_of_its_cell(book):
    said = book["企业明细"][f"{letter('revenue')}{FIRST_ROW + 1}"].comment.text
    assert said.startswith(MARK_SIGN)
    assert "W157 疑似单位错误" in said


def test_the_instructions_say_what_to_do_and_what_is_checked(book):
    said = [cell.value for row in book[INSTRUCTIONS_SHEET].iter_rows() for cell in row]
    assert {"1. 白色单元格请填写。", "请核对企业2的营业收入。", "E146", "写成 1234.5。"} <= set(
        said
    )


def one_figure(book):
    book["城市汇总"]["C5"] = 12


def test_an_empty_template_is_not_filled_in_and_that_is_said_once(content, tmp_path):
    """F-36"""
    reading = read(forge.saved(content, tmp_path))

    assert [(f.code, f.sheet, f.cell) for f in reading.faults] == [("E210", None, None)]
    assert (reading.tables, reading.stamp) == ({}, STAMP)


@pytest.mark.parametrize(
    ("sheet", "cell", "value"),
    [
        ("城市汇总", "C5", 0),
        ("城市汇总", "D3", "全市环保企业均已迁出"),
        ("企业明细", f"{letter('employees')}5", "约12"),
        ("企业明细", f"{letter('remark')}5", "停业"),
        ("集群建设", "D5", "在建"),
        ("园区进展", "B5", 3),
    ],
)
def test_one_cell_filled_in_is_enough_to_be_read(sheet, cell, value, content, tmp_path):
    def fill(book):
        book[sheet][cell] = value

    reading = read(forge.saved(forge.edited(content, fill), tmp_path))
    assert "E210" not in {fault.code for fault in reading.faults}
    assert reading.lines == 3


def test_what_is_not_filled_in_is_missed_and_nothing_else(content, tmp_path):
    reading = read(forge.saved(forge.edited(content, one_figure), tmp_path))

    assert {(fault.code, fault.sheet) for fault in reading.faults} == {("E150", "企业明细")}
    assert {kind: len(table.lines) for kind, table in reading.tables.items()} == {
        "city": 6,
        "enterprises": 3,
        "parks": 2,
        "blocks": 2,
        "tasks": 2,
    }
    line = reading.tables["enterprises"].lines[0]
    assert line.get("revenue_last_year") == 8_000_001
    assert line.get("revenue") is None


@pytest.mark.parametrize("kind", TABLES)
def test_no_reference_column_can_be_taken_for_one_that_is_asked_for(kind):
    asked = {heading(column.heading).words for column in TABLES[kind].columns}
    assert not asked & {heading(words).words for words in ignored_headings(TABLES[kind])}


def test_a_line_that_is_cleared_is_gone(content, tmp_path):
    def clear(book):
        for column in ("A", "B", "C", letter("revenue_last_year")):
            book["企业明细"][f"{column}{FIRST_ROW}"] = None
        one_figure(book)

    reading = read(forge.saved(forge.edited(content, clear), tmp_path))
    assert reading.lines == 2
    assert {fault.code for fault in reading.faults} == {"E150"}


def test_a_template_of_a_thousand_firms_is_small():
    given = facts()
    firms = given.lines["enterprises"][:1] * 1000
    content = template(facts(lines=given.lines | {"enterprises": firms}))

    assert len(content) < 500_000


def test_who_is_responsible_is_asked_beneath_the_city_and_never_read(content, tmp_path):
    said = [
        cell.value
        for row in openpyxl.load_workbook(io.BytesIO(content))["城市汇总"]
        for cell in row
    ]
    for words in ("单位负责人：", "统计负责人：", "填表人：", "联系电话：", "报出日期："):
        assert words in said

    def sign(book):
        one_figure(book)
        sheet = book["城市汇总"]
        sheet["A12"], sheet["B12"] = "单位负责人：张三", "李四"
        sheet["B13"], sheet["D13"] = 13800000000, "2025年10月10日"

    before = read(forge.saved(forge.edited(content, one_figure), tmp_path))
    assert read(forge.saved(forge.edited(content, sign), tmp_path, "b.xlsx")) == before


def test_the_results_of_formulas_are_stored_for_programs_that_calculate_nothing(content):
    results = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    formulas = openpyxl.load_workbook(io.BytesIO(content))
    missing = [
        (sheet.title, cell.coordinate)
        for sheet in formulas
        for row in sheet
        for cell in row
        if cell.data_type == "f" and results[sheet.title][cell.coordinate].value is None
    ]
    growth = headings(formulas["企业明细"])["核对：营业收入同比"]

    # A blank text is a result, and openpyxl shows it as None.
    assert missing == [("企业明细", f"{growth}{row}") for row in (5, 6, 7)]
    assert results["企业明细"][f"{letter('revenue_last_year')}3"].value == 2400.0006
    assert results["城市汇总"]["G5"].value == "未填写"
