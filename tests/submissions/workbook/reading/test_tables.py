"""One sheet: labels, headings, lines, and every fault at its own cell."""

from datetime import date
from decimal import Decimal

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from submissions.workbook import limits
from tests.submissions.fault_catalogue import forge, spoil
from tests.submissions.fault_catalogue.readings import found, one, reading_of


def test_a_period_that_is_no_quarter_is_shown_at_its_cell(tmp_path):
    reading = reading_of(forge.workbook(period="2025年7—9月"), tmp_path)

    assert found(reading) == [("E125", "城市汇总", "A2"), ("E125", "企业明细", "A2")]


def test_a_missing_heading_is_named(tmp_path):
    """F-32"""
    fields = [field for field in forge.FIELDS["enterprises"] if field not in ("revenue", "park")]
    reading = reading_of(forge.workbook(columns=fields), tmp_path)

    assert found(reading) == [("E132", "企业明细", None)]
    assert one(reading, "E132").params == {"heading": "环保业务营业收入"}


def test_a_heading_twice_shows_both(tmp_path):
    """F-32"""
    reading = reading_of(forge.workbook(headings={"park": "企业名称"}), tmp_path)

    fault = one(reading, "E133")
    assert (fault.cell, fault.params["first"]) == ("C4", "B4")


def test_an_unknown_heading_is_not_passed_over(tmp_path):
    """F-32"""
    reading = reading_of(forge.workbook(headings={"park": "所属园区名"}), tmp_path)

    assert found(reading) == [("W134", "企业明细", "C4")]
    assert reading.tables["enterprises"].lines[0].get("park") is None


def test_a_numbering_column_is_ignored(tmp_path):
    reading = reading_of(forge.workbook(headings={"park": "序号"}), tmp_path)

    assert reading.faults == []


def test_the_unit_in_a_heading_wins(tmp_path):
    content = forge.workbook(headings={"revenue": "环保业务营业收入（亿元）"})
    table = reading_of(content, tmp_path).tables["enterprises"]

    assert table.lines[0].get("revenue") == Decimal("90100000000.00")
    assert table.lines[0].get("output_value") == Decimal("10010000.00")
    assert table.units["revenue"] == "亿元"


def test_money_without_a_unit_is_not_read(tmp_path):
    """M-06"""
    content = forge.workbook(unit=None, headings={"revenue": "环保业务营业收入（万元）"})
    reading = reading_of(content, tmp_path)

    sheet = [fault.cell for fault in reading.faults if fault.sheet == "企业明细"]
    assert {fault.code for fault in reading.faults} == {"E128"}
    assert sheet == ["D4", "F4", "G4", "I4"]
    line = reading.tables["enterprises"].lines[0]
    assert line.get("output_value") is None
    assert line.get("revenue") == Decimal("9010000.00")
    assert line.get("employees") == 101


def test_a_unit_of_other_money_is_unknown(tmp_path):
    content = forge.workbook(headings={"revenue": "环保业务营业收入（万美元）"})

    assert found(reading_of(content, tmp_path)) == [("E128", "企业明细", "E4")]


def test_two_units_above_one_table_contradict_each_other(tmp_path):
    content = forge.workbook(edit=lambda book: book["企业明细"].__setitem__("F3", "单位：元"))

    assert found(reading_of(content, tmp_path)) == [("E193", "企业明细", "F3")]


def test_a_sheet_without_headings_is_a_fault(tmp_path):
    """F-36"""

    def clear(book):
        book["企业明细"].delete_rows(forge.HEADER_ROW)

    reading = reading_of(forge.edited(forge.workbook(), clear), tmp_path)

    assert found(reading) == [("E126", "企业明细", None)]


def test_a_long_sheet_without_headings_is_read_to_its_end(tmp_path):
    """F-36: damage further down is damage, not a strange sheet."""
    content = spoil.with_stray_cell(forge.workbook(columns=["name"]), "A900")

    assert ("E126", "企业明细", None) in found(reading_of(content, tmp_path))
    broken = forge.with_sheet_changed(content, lambda xml: xml.replace("</sheetData>", "</x>"))
    assert found(reading_of(broken, tmp_path)) == [("E102", "企业明细", None)]


def test_an_empty_form_is_not_a_report_of_nothing(tmp_path):
    """F-36"""
    reading = reading_of(forge.workbook(enterprises=[], cities=[]), tmp_path)

    assert found(reading) == [("E137", "城市汇总", None), ("E137", "企业明细", None)]


def with_rows(*rows):
    """Return a workbook with rows after its three lines: column letter -> value."""

    def add(book):
        for at, row in enumerate(rows, start=8):
            for letter, value in row.items():
                book["企业明细"][f"{letter}{at}"] = value

    return forge.workbook(edit=add)


def test_totals_are_kept_and_are_no_lines(tmp_path):
    """F-30"""
    content = with_rows(
        {"A": "合 计", "D": 3006, "E": "约2700", "H": 306},
        {"B": "小计", "A": "—", "D": 1},
        {"A": "其中：规上企业", "D": 2},
    )
    reading = reading_of(content, tmp_path)
    table = reading.tables["enterprises"]

    assert found(reading) == [("W229", "企业明细", "A10")]
    assert reading.lines == 3
    assert [(line.row, line.get("label")) for line in table.totals] == [(8, "合计"), (9, "小计")]
    total = table.totals[0]
    assert (total.get("output_value"), total.cell("output_value")) == (Decimal("30060000.00"), "D8")
    assert (total.get("revenue"), total.values["revenue"].written) == (None, "约2700")
    assert total.get("employees") == 306


def test_a_firm_called_total_is_a_firm(tmp_path):
    content = forge.workbook(enterprises=[forge.enterprise(1, name="合计")])

    assert reading_of(content, tmp_path).lines == 1


def test_footers_and_notes_are_no_lines(tmp_path):
    """F-30"""
    content = with_rows(
        {},
        {"A": "单位负责人：张三", "C": "统计负责人：李四", "E": "填表人：王五"},
        {"A": "注：", "B": "产值为累计数"},
        {"A": "说明：1.本表按季报送。"},
        {"A": "2.金额单位为万元。"},
    )
    reading = reading_of(content, tmp_path)

    assert reading.faults == []
    assert reading.lines == 3


def test_repeated_headings_stems_and_numbers_are_no_lines(tmp_path):
    """F-30"""

    def add(book):
        sheet = book["企业明细"]
        sheet.insert_rows(forge.FIRST_ROW)
        for at, text in enumerate(["甲", "乙", "丙", 1, 2, 3, 4, 5, 6, "丁"], start=1):
            sheet.cell(forge.FIRST_ROW, at, text)
        sheet.insert_rows(7, 2)
        for at in range(1, 11):
            sheet.cell(7, at, sheet.cell(4, at).value)
            sheet.cell(8, at, at)

    reading = reading_of(forge.workbook(edit=add), tmp_path)

    assert reading.faults == []
    assert [line.row for line in reading.tables["enterprises"].lines] == [6, 9, 10]


@pytest.mark.parametrize("ref", ["XFD1048576", "N6", "A60000"])
def test_stray_cells_are_reported_and_not_lost(ref, tmp_path):
    """F-06"""
    reading = reading_of(spoil.with_stray_cell(forge.workbook(), ref, "孤立"), tmp_path)

    # Even in a column of the table: without a code or a figure it is no line.
    assert reading.lines == 3
    assert found(reading) == [("W129", "企业明细", ref)]
    assert one(reading, "W129").params == {"cells": ref, "found": "1"}


def test_hidden_rows_are_read_and_listed(tmp_path):
    """F-34"""
    lines = [forge.enterprise(n) for n in range(1, 9)]
    content = spoil.hide_rows(forge.workbook(enterprises=lines), 5, 8)
    reading = reading_of(spoil.hide_rows(content, 10, 10), tmp_path)

    assert reading.lines == 8
    assert found(reading) == [("W135", "企业明细", "A5")]
    assert one(reading, "W135").params == {"rows": "5-8, 10", "found": "5"}


def test_hidden_columns_are_read_and_listed(tmp_path):
    """F-34"""

    def hide(book):
        book["企业明细"].column_dimensions["E"].hidden = True
        book["企业明细"].column_dimensions["M"].hidden = True

    reading = reading_of(forge.edited(forge.workbook(), hide), tmp_path)

    assert found(reading) == [("W140", "企业明细", None)]
    assert one(reading, "W140").params == {"columns": "E"}
    assert reading.tables["enterprises"].lines[0].get("revenue") == Decimal("9010000.00")


@pytest.mark.parametrize(("merged", "faulty"), [("C5:C7", True), ("D6:E6", True), ("J6:L6", False)])
def test_merged_data_cells_are_named(merged, faulty, tmp_path):
    """F-31"""
    lines = [forge.enterprise(n, park=None) for n in (1, 2, 3)]
    content = forge.workbook(
        enterprises=lines, edit=lambda book: book["企业明细"].merge_cells(merged)
    )
    reading = reading_of(content, tmp_path)
    faults = [fault for fault in reading.faults if fault.code == "E131"]

    assert [fault.params for fault in faults] == ([{"range": merged}] if faulty else [])


def test_a_merged_total_does_no_harm(tmp_path):
    content = with_rows({"A": "合计", "D": 1})
    content = forge.edited(content, lambda book: book["企业明细"].merge_cells("A8:C8"))

    assert reading_of(content, tmp_path).faults == []


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        pytest.param("credit_code", 913701000000000012, "E141", id="F-40 code as integer"),
        pytest.param("credit_code", 9.13701e17, "E141", id="F-40 code as float"),
        pytest.param("revenue", "12万", "E146", id="F-44"),
        pytest.param("revenue", True, "E149", id="F-46b"),
        pytest.param("revenue", date(2025, 6, 30), "E149", id="F-46 date among amounts"),
        pytest.param("employees", 12.5, "E198", id="half a person"),
        pytest.param("remark", "字" * 2001, "E120", id="long text"),
        pytest.param("revenue", 0.0000001, "W191", id="F-45 rounded"),
    ],
)
def test_a_faulty_cell_is_shown_at_its_address(field, value, code, tmp_path):
    lines = [forge.enterprise(1), forge.enterprise(2, **{field: value})]
    reading = reading_of(forge.workbook(enterprises=lines), tmp_path)
    letter = reading.tables["enterprises"].columns[field]

    assert found(reading) == [(code, "企业明细", f"{letter}6")]
    fault = reading.faults[0]
    assert len(fault.value) <= 60
    assert fault.params["column"] in forge.HEADINGS["enterprises"]
    if code != "W191":
        assert reading.tables["enterprises"].lines[1].get(field) is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param(lambda c: spoil.without_cached_value(c, "E6"), "E144", id="F-42"),
        pytest.param(lambda c: spoil.with_raw_value(c, "E6", "<v>NaN</v>"), "E147", id="F-45 NaN"),
        pytest.param(lambda c: spoil.with_raw_value(c, "E6", "<v>1e999</v>"), "E147", id="F-45"),
        pytest.param(
            lambda c: spoil.with_raw_cell(c, "E6", '<c r="E6" t="e"><v>#DIV/0!</v></c>'),
            "E145",
            id="F-43",
        ),
    ],
)
def test_a_spoilt_cell_is_shown_at_its_address(change, code, tmp_path):
    reading = reading_of(change(forge.workbook()), tmp_path)

    assert found(reading) == [(code, "企业明细", "E6")]
    assert reading.tables["enterprises"].lines[1].get("revenue") is None


@pytest.mark.parametrize("blank", [None, "—", "/", "无", " "])
@pytest.mark.parametrize("field", ["credit_code", "name", "output_value", "revenue"])
def test_a_required_value_is_asked_for(field, blank, tmp_path):
    """F-46c"""
    lines = [forge.enterprise(1, **{field: blank})]
    reading = reading_of(forge.workbook(enterprises=lines), tmp_path)
    letter = reading.tables["enterprises"].columns[field]

    assert found(reading) == [("E150", "企业明细", f"{letter}5")]


def test_zero_is_zero(tmp_path):
    """F-46c"""
    lines = [forge.enterprise(1, output_value=0, revenue="０", employees="—")]
    reading = reading_of(forge.workbook(enterprises=lines), tmp_path)
    line = reading.tables["enterprises"].lines[0]

    assert reading.faults == []
    assert line.get("output_value") == 0
    assert line.get("revenue") == 0
    assert line.get("employees") is None


def test_dates_count_from_1904_where_the_workbook_says_so(tmp_path):
    """F-46"""

    def from_1904(book):
        book.epoch = CALENDAR_MAC_1904

    blocks = [{"content": "1个研究院", "planned_on": date(2025, 6, 30)}]
    content = forge.workbook(blocks=blocks, edit=from_1904)
    reading = reading_of(content, tmp_path)

    assert reading.tables["blocks"].lines[0].get("planned_on") == date(2025, 6, 30)


def test_five_thousand_faults_are_limited(tmp_path):
    lines = [forge.enterprise(n, revenue="x", output_value="x") for n in range(1, 1502)]
    reading = reading_of(forge.workbook(enterprises=lines), tmp_path)

    assert len(reading.faults) == limits.FINDINGS + 1
    assert reading.faults[-1].code == "E192"
    assert reading.faults[-1].params == {"found": "3002", "kept": "2000"}
