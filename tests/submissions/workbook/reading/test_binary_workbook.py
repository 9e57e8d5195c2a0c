"""F-17: an .xls gives the reading that the same workbook as .xlsx gives."""

import math
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import MAC_EPOCH

from submissions.workbook import limits
from submissions.workbook.contents import Fault
from submissions.workbook.reading.binary_workbook import FORMULA_TEXT, BinaryWorkbook, number_text
from submissions.workbook.reading.workbook import read
from tests.depth import examples
from tests.submissions.fault_catalogue import forge, forge_binary

FIRMS = "企业明细"
FIRMS_KIND = "enterprises"


def both(content, folder):
    """Return the readings of a workbook as .xlsx and as .xls."""
    old = forge.saved(forge_binary.as_xls(content), folder, "报表.xls")
    return read(forge.saved(content, folder, "报表.xlsx")), read(old)


def meanings(reading):
    """Return what was read, and the faults; the digits of a number as one program writes them."""

    def plain(text):
        try:
            number = float(f"{float(text):.12g}")
        except (TypeError, ValueError):
            return text
        return text if math.isnan(number) else number

    tables = {
        kind: [
            {name: (one.value, one.cell, plain(one.written)) for name, one in line.values.items()}
            for line in [*table.lines, *table.totals]
        ]
        for kind, table in reading.tables.items()
    }
    heads = {
        kind: (table.sheet, table.reporter, table.period, table.nil, table.columns, table.units)
        for kind, table in reading.tables.items()
    }
    faults = [
        (
            one.code,
            one.sheet,
            one.cell,
            plain(one.value),
            {k: plain(v) for k, v in one.params.items()},
        )
        for one in reading.faults
    ]
    return tables, heads, faults


def in_cell(address, value, number_format="General", sheet=FIRMS):
    def edit(book):
        book[sheet][address] = value
        book[sheet][address].number_format = number_format

    return edit


def on_sheet(act, sheet=FIRMS):
    return lambda book: act(book[sheet])


def hide_row(sheet):
    sheet.row_dimensions[6].hidden = True


def hide_column(sheet):
    sheet.column_dimensions["E"].hidden = True


BLOCKS = [
    {"content": "1个研究院", "planned_on": date(2025, 6, 30), "actual_on": date(2025, 9, 30)},
]


def of_1904(book):
    book.epoch = MAC_EPOCH


def second_sheet(state):
    def edit(book):
        sheet = book.create_sheet(" 园区进展 ")
        sheet["A1"] = "内部"
        sheet.sheet_state = state

    return edit


ALIKE = {
    "clean": lambda book: None,
    "an error": in_cell("E5", "#N/A"),
    "another error": in_cell("E5", "#DIV/0!"),
    "TRUE": in_cell("E5", True),
    "a code as number": in_cell("A5", 913701000000000000),
    "a code that ends in zeros": in_cell("A5", 9.1370100e17),
    "a number as text": in_cell("E5", "1,234.5"),
    "a figure with a binary tail": in_cell("E5", 940.99999999999989),
    "a fraction of a fen": in_cell("E5", 1.23456789),
    "a small number": in_cell("E5", 0.0001),
    "an impossible number": in_cell("E5", 1e300),
    "a negative number": in_cell("E5", -12.5),
    "a date among amounts": in_cell("E5", date(2025, 12, 31), "yyyy-mm-dd"),
    "a date as name": in_cell("B5", date(2025, 12, 31), "yyyy-mm-dd"),
    "a percentage": in_cell("G5", 0.031, "0.0%"),
    "a unit in the format": in_cell("E5", 0.0942, '0.0000"亿元"'),
    "a format that hides": in_cell("E5", 942, '"未报"'),
    "a Chinese date": in_cell("B5", 45930, '[$-804]yyyy"年"m"月"d"日"'),
    "a hidden row": on_sheet(hide_row),
    "a hidden column": on_sheet(hide_column),
    "merged cells": on_sheet(lambda sheet: sheet.merge_cells("E5:E6")),
    "merged headings": on_sheet(lambda sheet: sheet.merge_cells("A1:C1")),
    "a hidden sheet of a name we know": second_sheet("hidden"),
    "a very hidden one": second_sheet("veryHidden"),
    "a sheet of another name": second_sheet("visible"),
    "blanks and breaks": in_cell("J5", " 因\n停产 "),
    "1904": of_1904,
}


@pytest.mark.parametrize("edit", ALIKE.values(), ids=ALIKE)
def test_what_is_read_is_the_same(edit, tmp_path):
    new, old = both(forge.workbook(blocks=BLOCKS, edit=edit), tmp_path)

    assert (new.form, old.form) == ("xlsx", "xls")
    assert meanings(old) == meanings(new)


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False, width=64),
    st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="_="), max_size=40),
    st.sampled_from(["#N/A", "#REF!"]),
)


@settings(max_examples=examples(60))
@given(st.lists(st.lists(CELLS, min_size=10, max_size=10), min_size=1, max_size=4))
def test_any_cells_give_the_same(tmp_path_factory, rows):
    def edit(book):
        for number, row in enumerate(rows, start=5):
            for column, value in enumerate(row, start=1):
                book[FIRMS].cell(number, column).value = value

    new, old = both(forge.workbook(edit=edit), tmp_path_factory.mktemp("any"))

    assert meanings(old) == meanings(new)


def test_a_formula_that_was_never_calculated_is_a_fault(tmp_path):
    content = forge.workbook(edit=in_cell("E5", "=D5*2"))
    new, old = both(content, tmp_path)

    assert [(f.code, f.cell) for f in new.faults] == [("E144", "E5")]
    assert old.faults == [Fault("E144", FIRMS, "E5", FORMULA_TEXT, {"column": "环保业务营业收入"})]
    assert old.tables[FIRMS_KIND].lines[0].get("revenue") is None


@pytest.mark.parametrize("text", ["济南公司", "𠮷林治水", "plain", ""])
def test_a_formula_with_a_text_is_that_text(text, tmp_path):
    content = forge.workbook(edit=in_cell("B5", "=A1"))
    path = forge.saved(forge_binary.as_xls(content, results={"B5": text}), tmp_path)

    assert read(path, "报表.xls").tables[FIRMS_KIND].lines[0].get("name") == (text or None)


@pytest.mark.parametrize("result", [0, 1234.5])
def test_a_formula_with_its_result_is_a_figure(result, tmp_path):
    """A calculated 0 is zero: the program that calculated it asks for no calculation."""
    content = forge.workbook(edit=in_cell("E5", "=D5*2"))
    path = forge.saved(forge_binary.as_xls(content, results={"E5": result}), tmp_path)
    reading = read(path, "报表.xls")

    assert reading.tables[FIRMS_KIND].lines[0].get("revenue") == result * 10_000
    assert "E144" not in {fault.code for fault in reading.faults}


def test_the_stamp_of_the_template_is_read(tmp_path):
    def stamp(book):
        sheet = book.create_sheet("_meta")
        sheet.append(["stamp", "abc:def"])
        sheet.sheet_state = "veryHidden"

    new, old = both(forge.workbook(edit=stamp), tmp_path)

    assert old.stamp == new.stamp == "abc:def"


def test_too_many_sheets_are_refused(tmp_path):
    def more(book):
        for number in range(limits.SHEETS):
            book.create_sheet(f"s{number}")

    new, old = both(forge.workbook(edit=more), tmp_path)

    assert [fault.code for fault in old.faults] == ["E108"]
    assert old.faults == new.faults


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_file_cut_short_is_damaged(share, tmp_path):
    """F-08"""
    content = forge_binary.stream(forge.workbook())
    reading = read(forge.saved(content[: int(len(content) * share)], tmp_path), "报表.xls")

    assert [fault.code for fault in reading.faults] == ["E102"]
    assert not reading.tables


def test_the_library_prints_nothing(tmp_path, capfd):
    """Standard output is where the child writes the reading."""
    content = forge_binary.as_xls(forge.workbook()) + b"odd end"
    read(forge.saved(content, tmp_path), "报表.xls")

    assert capfd.readouterr().out == ""


def test_rows_are_counted_for_the_progress_bar(tmp_path):
    path = forge.saved(forge_binary.as_xls(forge.workbook()), tmp_path)
    with BinaryWorkbook(path) as book:
        sheet = book.sheets[1]
        assert sheet.row_count() == 7
        assert [row.number for row in sheet.rows()] == [1, 2, 3, 4, 5, 6, 7]
        assert sheet.seen == 7
        # And once more, as somebody might.
        assert [row.number for row in sheet.rows()] == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("value", "text"),
    [(5.0, "5"), (-0.0, "0"), (0.1, "0.1"), (9.137e17, "9.137e+17"), (float("nan"), "nan")],
)
def test_numbers_are_written_as_an_xlsx_has_them(value, text):
    assert number_text(value) == text
