"""The pre-filled workbook: its content, its locked cells, its reading when it comes back."""

import io

import openpyxl
import pytest

from submissions.workbook.layout import (
    INSTRUCTIONS_SHEET,
    MARK_SIGN,
    META_SHEET,
    TABLES,
    reference_headings,
)
from submissions.workbook.reading.headings import heading
from submissions.workbook.reading.workbook import read
from submissions.workbook.template.writer import FIRST_ROW, HEADER_ROW, template
from tests.submissions.fault_catalogue import forge
from tests.submissions.workbook.facts import SPITEFUL, STAMP, facts


@pytest.fixture(scope="module")
def content():
    return template(facts())


@pytest.fixture
def book(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def headings(sheet):
    return {cell.value: cell.column_letter for cell in sheet[HEADER_ROW]}


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
    assert [sheet[at].value for at in ("A2", "A3", "D3")] == [
        "填报单位：济南市生态环境局",
        "报告期：2025年1—9月",
        "计量单位：万元",
    ]
    assert {"环保业务产值（万元）", "从业人员（人）", "统一社会信用代码"} <= set(headings(sheet))


def test_what_is_known_of_a_firm_stands_in_its_line(book):
    row = [cell.value for cell in book["企业明细"][FIRST_ROW]]

    assert row[:3] == [forge.credit_code(1), "示例环保企业1", "示例园区甲"]
    assert row[3:8] == [None] * 5
    assert row[8] == 800.0001


def test_earlier_figures_are_grey_and_locked_and_the_rest_is_open(book):
    sheet = book["企业明细"]
    at = headings(sheet)
    earlier = sheet[f"{at['参考：上季度环保业务产值（万元）']}{FIRST_ROW}"]
    now = sheet[f"{at['环保业务产值（万元）']}{FIRST_ROW}"]

    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert (earlier.value, earlier.protection.locked) == (600.000055, True)
    assert earlier.fill.patternType == "solid"
    assert not now.protection.locked
    assert now.fill.patternType is None
    # New lines below are open as well, and codes there are text.
    assert not sheet.column_dimensions["A"].protection.locked
    assert sheet.column_dimensions["A"].number_format == "@"
    assert sheet[f"A{FIRST_ROW}"].number_format == "@"
    assert sheet[f"A{HEADER_ROW}"].protection.locked


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
    assert found["H5:H20004"] == ("whole", "greaterThanOrEqual", "0", None)
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
    said = book["企业明细"][f"E{FIRST_ROW + 1}"].comment.text
    assert said.startswith(MARK_SIGN)
    assert "W157 疑似单位错误" in said


def test_the_instructions_say_what_to_do_and_what_is_checked(book):
    said = [cell.value for row in book[INSTRUCTIONS_SHEET].iter_rows() for cell in row]
    assert {"1. 白色单元格请填写。", "请核对企业2的营业收入。", "E146", "写成 1234.5。"} <= set(
        said
    )


def test_an_empty_template_misses_figures_and_nothing_else(content, tmp_path):
    reading = read(forge.saved(content, tmp_path))

    assert {(fault.code, fault.sheet) for fault in reading.faults} == {("E150", "企业明细")}
    assert {kind: len(table.lines) for kind, table in reading.tables.items()} == {
        "city": 6,
        "enterprises": 3,
        "parks": 2,
        "blocks": 2,
    }
    line = reading.tables["enterprises"].lines[0]
    assert line.get("revenue_last_year") == 8_000_001
    assert line.get("revenue") is None


@pytest.mark.parametrize("kind", TABLES)
def test_no_reference_column_can_be_taken_for_one_that_is_asked_for(kind):
    asked = {heading(column.heading).words for column in TABLES[kind].columns}
    assert not asked & {heading(words).words for words in reference_headings(TABLES[kind])}


def test_a_line_that_is_cleared_is_gone(content, tmp_path):
    def clear(book):
        for column in "ABCI":
            book["企业明细"][f"{column}{FIRST_ROW}"] = None

    reading = read(forge.saved(forge.edited(content, clear), tmp_path))
    assert reading.lines == 2
    assert {fault.code for fault in reading.faults} == {"E150"}


def test_a_template_of_a_thousand_firms_is_small():
    given = facts()
    firms = given.lines["enterprises"][:1] * 1000
    content = template(facts(lines=given.lines | {"enterprises": firms}))

    assert len(content) < 500_000
