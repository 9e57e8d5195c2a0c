"""A whole file: which sheets count, what each says, and every fault at its own cell."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from submissions.workbook import limits
from submissions.workbook.reading import read
from tests.submissions import forge, spoil


def reading_of(content, tmp_path, name="报表.xlsx"):
    return read(forge.saved(content, tmp_path, name))


def found(reading):
    """Return (code, sheet, cell) of every fault."""
    return [(fault.code, fault.sheet, fault.cell) for fault in reading.faults]


def meanings(table):
    return [{name: value.value for name, value in line.values.items()} for line in table.lines]


def one(reading, code):
    """Return the only fault with a code."""
    faults = [fault for fault in reading.faults if fault.code == code]
    assert len(faults) == 1, reading.faults
    return faults[0]


def test_a_clean_workbook_has_no_faults(tmp_path):
    content = forge.workbook(
        parks=[{"park": "示例园区", "firms": 12, "output_value": 3.5, "investment": "—"}],
        blocks=[
            {"content": "1个研究院", "category": "研究院", "planned_on": date(2025, 6, 30)},
            {"content": "2个中心", "planned_on": "2025年9月"},
        ],
    )
    reading = reading_of(content, tmp_path)

    assert reading.faults == []
    assert reading.form == "xlsx"
    assert reading.lines == 3
    assert list(reading.tables) == ["city", "enterprises", "parks", "blocks"]

    table = reading.tables["enterprises"]
    assert (table.sheet, table.columns["revenue"], table.units["revenue"]) == (
        "企业明细",
        "E",
        "万元",
    )
    assert (table.reporter.value, table.reporter.cell) == ("济南市生态环境局", "A1")
    assert (table.period.value, table.period.cell) == ("2025Q3", "A2")
    line = table.lines[1]
    assert line.row == 6
    assert line.get("credit_code") == forge.credit_code(2)
    assert (line.get("output_value"), line.cell("output_value")) == (Decimal("10020000.00"), "D6")
    assert line.get("employees") == 102
    assert (line.get("remark"), line.cell("remark")) == (None, "J6")

    city = {line.get("measure"): line for line in reading.tables["city"].lines}
    assert city["环保业务产值"].get("this_year") == Decimal("500000000.00")
    assert city["环保企业数"].get("this_year") == 120
    assert city["从业人员"].get("last_year") == 4799

    park = reading.tables["parks"].lines[0]
    assert park.get("output_value") == Decimal("35000.00")
    assert (park.get("investment"), park.values["investment"].written) == (None, "—")
    assert [line.get("planned_on") for line in reading.tables["blocks"].lines] == [
        date(2025, 6, 30),
        date(2025, 9, 30),
    ]


# Metamorphic: the same figures, however they are laid out


@settings(max_examples=20, deadline=None)
@given(
    order=st.permutations(forge.FIELDS["enterprises"]),
    lines=st.permutations(list(range(1, 5))),
)
def test_the_order_of_columns_and_lines_changes_no_figure(order, lines, tmp_path_factory):
    folder = tmp_path_factory.getbasetemp()
    straight = reading_of(
        forge.workbook(enterprises=[forge.enterprise(n) for n in range(1, 5)]), folder
    )
    mixed = reading_of(
        forge.workbook(enterprises=[forge.enterprise(n) for n in lines], columns=order), folder
    )

    def by_code(reading):
        return {line["credit_code"]: line for line in meanings(reading.tables["enterprises"])}

    assert mixed.faults == []
    assert by_code(mixed) == by_code(straight)


@settings(max_examples=20, deadline=None)
@given(gaps=st.lists(st.integers(0, 4), min_size=3, max_size=3))
def test_blank_rows_shift_addresses_exactly(gaps, tmp_path_factory):
    folder = tmp_path_factory.getbasetemp()

    def insert(book):
        for at in filter(gaps.__getitem__, (2, 1, 0)):
            book["企业明细"].insert_rows(forge.FIRST_ROW + at, gaps[at])

    lines = [forge.enterprise(n, revenue="约12") for n in (1, 2, 3)]
    reading = reading_of(forge.edited(forge.workbook(enterprises=lines), insert), folder)

    rows = [5 + gaps[0], 6 + gaps[0] + gaps[1], 7 + sum(gaps)]
    assert [line.row for line in reading.tables["enterprises"].lines] == rows
    assert found(reading) == [("E146", "企业明细", f"E{row}") for row in rows]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda c: spoil.with_dimension(c, "A1"), id="F-05 dimension"),
        pytest.param(spoil.with_shared_strings, id="shared texts"),
        pytest.param(spoil.with_two_line_headings, id="F-30 two-line headings"),
        pytest.param(spoil.as_strict, id="strict OOXML"),
    ],
)
def test_the_same_figures_from_the_same_workbook(change, tmp_path):
    clean = reading_of(forge.workbook(), tmp_path)
    changed = reading_of(change(forge.workbook()), tmp_path)

    assert changed.faults == []
    assert meanings(changed.tables["enterprises"]) == meanings(clean.tables["enterprises"])


# Sheets


def test_sheets_are_chosen_by_name_and_never_the_active_one(tmp_path):
    """F-33"""

    def rename(book):
        book.create_sheet("填报说明", 0)["A1"] = "请先阅读"
        book["企业明细"].title = " 企业　明细 "
        book.active = 0

    reading = reading_of(forge.edited(forge.workbook(), rename), tmp_path)

    assert reading.faults == []
    assert reading.tables["enterprises"].sheet == " 企业　明细 "


def test_a_hidden_sheet_is_not_read(tmp_path):
    """F-34"""

    def hide(book):
        book["城市汇总"].sheet_state = "hidden"
        book.create_sheet("列表").sheet_state = "veryHidden"

    reading = reading_of(forge.edited(forge.workbook(), hide), tmp_path)

    assert found(reading) == [("W127", "城市汇总", None), ("W139", None, None)]
    assert list(reading.tables) == ["enterprises"]


def test_a_workbook_without_the_sheets_names_those_it_has(tmp_path):
    def rename(book):
        book["企业明细"].title = "Sheet1"
        del book["城市汇总"]

    reading = reading_of(forge.edited(forge.workbook(), rename), tmp_path)

    assert found(reading) == [("E138", None, None), ("W139", None, None)]
    assert one(reading, "E138").params == {"heading": "企业明细", "found": "Sheet1"}


def test_a_sheet_twice_is_a_fault(tmp_path):
    def copy(book):
        book.copy_worksheet(book["企业明细"]).title = "企业明细 "

    reading = reading_of(forge.edited(forge.workbook(), copy), tmp_path)

    assert found(reading) == [("E130", "企业明细 ", None)]


def test_a_workbook_of_charts_alone_has_nothing_to_read(tmp_path):
    """F-16"""
    content = forge.workbook()
    rels = forge.parts(content)["xl/_rels/workbook.xml.rels"]
    charts = rels.replace(b"relationships/worksheet", b"relationships/chartsheet")
    content = forge.with_part(content, "xl/_rels/workbook.xml.rels", charts)

    assert found(reading_of(content, tmp_path)) == [("E116", None, None)]


def test_want_of_memory_is_a_fault(tmp_path, monkeypatch):
    def exhausted(*_given):
        raise MemoryError

    monkeypatch.setattr("submissions.workbook.reading.Workbook", exhausted)

    assert found(reading_of(forge.workbook(), tmp_path)) == [("E104", None, None)]


def test_a_csv_has_no_city_totals(tmp_path):
    assert found(reading_of(forge.as_csv(), tmp_path, "a.csv")) == [("W139", None, None)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(
            forge.workbook(edit=lambda book: [book.create_sheet(f"s{n}") for n in range(30)]),
            "E108",
            id="F-37 32 sheets",
        ),
        pytest.param(
            forge.workbook(
                edit=lambda book: [book["企业明细"].cell(5, at, "x") for at in range(1, 202)]
            ),
            "E109",
            id="F-37 201 columns",
        ),
    ],
)
def test_too_much_of_something(content, code, tmp_path):
    fault = one(reading_of(content, tmp_path), code)

    assert int(fault.params["found"]) > int(fault.params["limit"])


def test_too_many_lines_are_counted_and_not_kept(tmp_path, monkeypatch):
    """F-37"""
    monkeypatch.setattr(limits, "ENTERPRISE_LINES", 2)
    reading = reading_of(forge.workbook(with_city=False), tmp_path)

    assert one(reading, "E110").params == {"found": "3", "limit": "2"}
    assert reading.lines == 2


# Labels, headings, units


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


def test_a_running_number_needs_no_excuse(tmp_path):
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


def test_a_unit_of_other_money_is_none_of_ours(tmp_path):
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


def test_an_empty_form_is_not_a_report_of_nothing(tmp_path):
    """F-36"""
    reading = reading_of(forge.workbook(enterprises=[], cities=[]), tmp_path)

    assert found(reading) == [("E137", "城市汇总", None), ("E137", "企业明细", None)]


# Rows that are no lines


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

    assert reading.faults == []
    assert reading.lines == 3
    assert [(line.row, line.get("label")) for line in table.totals] == [
        (8, "合计"),
        (9, "小计"),
        (10, "其中"),
    ]
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

    if ref.startswith("A"):
        # In a column of the table, it is a line, and an incomplete one.
        assert {code for code, _, _ in found(reading)} == {"E150"}
        assert reading.lines == 4
    else:
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


# Cells


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


def test_five_thousand_faults_do_not_drown_the_reader(tmp_path):
    lines = [forge.enterprise(n, revenue="x", output_value="x") for n in range(1, 1502)]
    reading = reading_of(forge.workbook(enterprises=lines), tmp_path)

    assert len(reading.faults) == limits.FINDINGS + 1
    assert reading.faults[-1].code == "E192"
    assert reading.faults[-1].params == {"found": "3002", "kept": "2000"}


# 城市汇总


def test_each_row_of_the_city_has_its_own_unit(tmp_path):
    rows = [
        forge.city_row("环保业务产值", 5, unit="亿元"),
        forge.city_row("环保业务营业收入", 45000, unit=None),
        forge.city_row("研发经费", 15, unit="百万元") | {"measure": "3.研发经费"},
        forge.city_row("从业人员", "1,200", unit="人"),
    ]
    reading = reading_of(forge.workbook(cities=rows), tmp_path)

    assert reading.faults == []
    assert [line.get("this_year") for line in reading.tables["city"].lines] == [
        Decimal("500000000.00"),
        Decimal("450000000.00"),
        Decimal("15000000.00"),
        Decimal("1200"),
    ]
    assert reading.tables["city"].lines[2].get("measure") == "研发经费"


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (forge.city_row("环保业务产值", 5, unit="吨"), "E197", "B5"),
        (forge.city_row("环保业务产值", 5, unit="家"), "E197", "B5"),
        (forge.city_row("从业人员", 5, unit="万元"), "E197", "B5"),
        (forge.city_row("环保业务产值", 5) | {"measure": "工业总产值"}, "W195", "A5"),
        (forge.city_row("环保业务产值", 5) | {"measure": None}, "E150", "A5"),
        (forge.city_row("环保业务产值", "约5"), "E146", "C5"),
    ],
)
def test_faults_of_the_citys_rows(row, code, cell, tmp_path):
    reading = reading_of(forge.workbook(cities=[row, forge.city_row("从业人员", 7)]), tmp_path)

    expected = [(code, "城市汇总", cell)]
    if row["measure"] == "从业人员":
        expected.append(("E196", "城市汇总", "A6"))
    assert found(reading) == expected


def test_a_measure_the_city_does_not_report_is_none(tmp_path):
    reading = reading_of(forge.workbook(cities=[forge.city_row("环保业务产值", "—")]), tmp_path)

    assert reading.faults == []
    assert reading.tables["city"].lines[0].get("this_year") is None
