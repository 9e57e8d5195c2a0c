"""A whole file: which sheets are read, and the same figures in any layout."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from submissions.workbook import limits
from tests.depth import examples
from tests.submissions.fault_catalogue import forge, spoil
from tests.submissions.fault_catalogue.readings import found, meanings, one, reading_of


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


@settings(max_examples=examples(20), deadline=None)
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


@settings(max_examples=examples(20), deadline=None)
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


def test_lack_of_memory_is_a_fault(tmp_path, monkeypatch):
    def exhausted(*_given):
        raise MemoryError

    monkeypatch.setattr("submissions.workbook.reading.workbook.Workbook", exhausted)

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
    assert reading.lines == 0
