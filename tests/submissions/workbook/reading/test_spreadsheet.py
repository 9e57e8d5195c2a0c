"""The .xlsx reader: every cell with its row and column, whichever program wrote the file."""

import io
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from submissions.workbook.cells import (
    BOOL,
    DAMAGED,
    DATE,
    ERROR,
    FORMULA,
    NUMBER,
    PICTURE,
    TEXT,
    area,
    letters,
)
from submissions.workbook.faults import Unreadable
from submissions.workbook.number_formats import shows_date
from submissions.workbook.reading.spreadsheet import Workbook
from submissions.workbook.shared_parts import unescaped
from tests.depth import examples
from tests.submissions.fault_catalogue import forge, spoil

SAME = {
    "as openpyxl writes": lambda content: content,
    "shared texts, rich and with guides": spoil.with_shared_strings,
    "prefixed names": spoil.with_prefixes,
    "strict OOXML": spoil.as_strict,
    "no references": spoil.without_references,
    "F-05 dimension A1": lambda content: spoil.with_dimension(content, "A1"),
    "F-05 dimension A1:C2": lambda content: spoil.with_dimension(content, "A1:C2"),
    "F-05 no dimension": lambda content: spoil.with_dimension(content, None),
    "F-04 dimension of the whole sheet": lambda content: spoil.with_dimension(
        content, "A1:XFD1048576"
    ),
    "F-07 formatted empty rows": lambda content: spoil.with_empty_rows(content, 20_000),
}


def cells_of(content, tmp_path, sheet="企业明细"):
    """Return address -> (kind, text) of a sheet."""
    with Workbook(forge.saved(content, tmp_path)) as workbook:
        chosen = next(found for found in workbook.sheets if found.name == sheet)
        return {
            f"{letters(column)}{row.number}": cell
            for row in chosen.rows()
            for column, cell in row.cells.items()
        }


@pytest.mark.parametrize("change", SAME.values(), ids=SAME)
def test_the_same_cells_are_read_however_they_are_written(change, tmp_path):
    # Without the blank row 3 and blank cells: without references nobody could place what follows.
    content = forge.workbook(enterprises=[forge.enterprise(n, remark="说明") for n in range(1, 9)])

    assert cells_of(change(content), tmp_path) == cells_of(content, tmp_path)


def test_a_cell_far_away_is_neither_lost_nor_costly(tmp_path):
    """F-06"""
    content = spoil.with_stray_cell(forge.workbook(), "XFD1048576", "孤立")

    assert cells_of(content, tmp_path)["XFD1048576"] == (TEXT, "孤立")


def test_a_million_formatted_empty_rows_are_an_empty_sheet(tmp_path):
    """F-07"""
    content = spoil.with_empty_rows(forge.workbook(), 1_000_000)

    assert cells_of(content, tmp_path) == cells_of(forge.workbook(), tmp_path)


@pytest.mark.parametrize(
    ("xml", "cell"),
    [
        ('<c r="D5"><v>1.5</v></c>', (NUMBER, "1.5")),
        ('<c r="D5" t="n"><v>1E-3</v></c>', (NUMBER, "1E-3")),
        ('<c r="D5" t="b"><v>1</v></c>', (BOOL, "1")),
        ('<c r="D5" t="e"><v>#N/A</v></c>', (ERROR, "#N/A")),
        ('<c r="D5" t="str"><f>A1</f><v>甲</v></c>', (TEXT, "甲")),
        ('<c r="D5"><f>SUM(A1:A2)</f><v>7</v></c>', (NUMBER, "7")),
        ('<c r="D5"><f>SUM(A1:A2)</f></c>', (FORMULA, "=SUM(A1:A2)")),
        ('<c r="D5"><f>SUM(A1:A2)</f><v/></c>', (FORMULA, "=SUM(A1:A2)")),
        ('<c r="D5" t="str"><f>A1</f></c>', (FORMULA, "=A1")),
        ('<c r="D5" t="str"><f>IF(A1="","",1)</f><v></v></c>', None),
        ('<c r="D5" t="d"><v>2025-06-30</v></c>', (DATE, "2025-06-30")),
        ('<c r="D5" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c>', (TEXT, "甲乙")),
        (
            '<c r="D5" t="inlineStr"><is><t>甲</t><rPh sb="0" eb="1"><t>jia</t></rPh></is></c>',
            (TEXT, "甲"),
        ),
        ('<c r="D5" t="inlineStr"><is><t>甲_x000D_乙</t></is></c>', (TEXT, "甲\r乙")),
        ('<c r="D5" s="0"/>', None),
        ('<c r="D5" t="s"><v>99</v></c>', (DAMAGED, "99")),
        ('<c r="D5" t="s"><v>-1</v></c>', (DAMAGED, "-1")),
        ('<c r="D5" t="s"><v>x</v></c>', (DAMAGED, "x")),
        ('<c r="D5"><v> 12\n</v></c>', (NUMBER, "12")),
        ('<c r="D5" t="inlineStr"><v>599</v><is><t>599</t></is></c>', (TEXT, "599")),
        ('<c r="D5" t="inlineStr"><is><t>599.0</t></is><v>599</v></c>', (TEXT, "599.0")),
        ('<c r="D5" t="inlineStr"><is><t>599</t></is><v>600</v></c>', (DAMAGED, "599")),
        ('<c r="D5" t="n"><is><t>5</t></is><v>7</v></c>', (NUMBER, "7")),
        ('<c r="d5"><v>7</v></c>', (NUMBER, "7")),
        (
            '<c r="D5" t="str"><f>_xlfn.DISPIMG("a",1)</f><v>=DISPIMG("a",1)</v></c>',
            (PICTURE, '=_xlfn.DISPIMG("a",1)'),
        ),
        (
            '<c r="D5" t="e"><f>_xlfn.IMAGE("https://a")</f><v>#VALUE!</v></c>',
            (PICTURE, '=_xlfn.IMAGE("https://a")'),
        ),
        ('<c r="D5" t="e" vm="1"><v>#VALUE!</v></c>', (ERROR, "#VALUE!")),
    ],
)
def test_each_kind_of_cell(xml, cell, tmp_path):
    """F-42, F-43, F-46b"""
    content = spoil.with_raw_cell(forge.workbook(), "D5", xml)

    assert cells_of(content, tmp_path).get("D5") == cell


@pytest.mark.parametrize(
    "xml",
    [
        pytest.param('<c r="5"><v>1</v></c>', id="no column"),
        pytest.param('</row><row r="1048577"><c><v>1</v></c>', id="a row beyond the last"),
        pytest.param('<c r="XFD5"/><c><v>1</v></c>', id="a column counted beyond the last"),
        pytest.param('<c r="XFE5"><v>1</v></c>', id="a column beyond the last"),
        pytest.param("<c><v>1</c></v>", id="not XML"),
    ],
)
def test_an_inconsistent_package_is_damaged(xml, tmp_path):
    """F-09"""
    content = spoil.with_raw_cell(forge.workbook(), "D5", xml)

    with pytest.raises(Unreadable) as refused:
        cells_of(content, tmp_path)
    assert refused.value.fault.code == "E102"


def test_rows_columns_and_sheets_say_whether_they_are_hidden(tmp_path):
    """F-34"""

    def hide(book):
        book["企业明细"].column_dimensions["C"].hidden = True
        book["企业明细"].merge_cells("B5:B6")
        book["城市汇总"].sheet_state = "veryHidden"

    content = forge.edited(spoil.hide_rows(forge.workbook(), 5, 6), hide)
    with Workbook(forge.saved(content, tmp_path)) as workbook:
        city, enterprises = workbook.sheets
        rows = list(enterprises.rows())

    assert (city.state, enterprises.state) == ("veryHidden", "visible")
    assert [row.number for row in rows if row.hidden] == [5, 6]
    assert enterprises.hidden_columns == [(3, 3)]
    assert enterprises.merged == ["B5:B6"]


@pytest.mark.parametrize("target", ["/xl/worksheets/sheet2.xml", "../xl/worksheets/sheet2.xml"])
def test_sheets_are_found_by_absolute_and_relative_targets(target, tmp_path):
    content = forge.workbook()
    rels = forge.parts(content)["xl/_rels/workbook.xml.rels"].decode()
    changed = rels.replace("/xl/worksheets/sheet2.xml", target)

    assert target in changed
    assert cells_of(
        forge.with_part(content, "xl/_rels/workbook.xml.rels", changed), tmp_path
    ) == cells_of(content, tmp_path)


def test_dates_are_distinguished_from_numbers_by_their_style(tmp_path):
    """F-46"""

    def dates(book):
        sheet = book["企业明细"]
        for at, form in enumerate(["yyyy-mm-dd", 'yyyy"年"m"月"', "0.00", "General"], start=1):
            sheet.cell(9, at, 45838).number_format = form

    found = cells_of(forge.edited(forge.workbook(), dates), tmp_path)

    assert [found[f"{letter}9"][0] for letter in "ABCD"] == [DATE, DATE, NUMBER, NUMBER]


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        ("14", None, True),
        ("31", None, True),
        ("0", None, False),
        ("4", None, False),
        ("176", '#,##0"day"', False),
        ("177", "[Red]0.0", False),
        ("178", "yyyy/m/d;@", True),
        ("179", "0_m", False),
        ("x", None, False),
    ],
)
def test_which_formats_show_dates(number, code, shown):
    assert shows_date(number, code) is shown


def test_escaped_characters():
    assert unescaped("a_x0041_b") == "aAb"
    assert unescaped("half _xD800_ a pair") == "half _xD800_ a pair"


@pytest.mark.parametrize(
    ("reference", "bounds"),
    [("B2:D4", (2, 2, 4, 4)), ("$B$2:$D$4", (2, 2, 4, 4)), ("B2", None), ("ZZZ1:ZZZ2", None)],
)
def test_areas(reference, bounds):
    assert area(reference) == bounds


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cn"]), max_size=20).filter(
        lambda text: "_x" not in text and not text.startswith("=") and text.strip() == text
    ),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
)


@settings(max_examples=examples(60), deadline=None)
@given(rows=st.lists(st.lists(VALUES, max_size=6), max_size=6))
def test_openpyxl_reads_the_same_from_ordinary_workbooks(rows, tmp_path_factory):
    book = openpyxl.Workbook()
    book.active.title = "企业明细"
    for at, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            book.active.cell(at, column, value)
    file = io.BytesIO()
    book.save(file)

    expected = {
        cell.coordinate: cell.value
        for row in openpyxl.load_workbook(file).active.iter_rows()
        for cell in row
        if cell.value not in (None, "")
    }
    found = cells_of(file.getvalue(), tmp_path_factory.getbasetemp())

    assert found.keys() == expected.keys()
    for at, (kind, text) in found.items():
        value = expected[at]
        if isinstance(value, bool):
            assert (kind, text) == (BOOL, str(int(value)))
        elif isinstance(value, datetime):
            assert kind == DATE
        elif isinstance(value, str):
            assert text == value
        else:
            assert float(text) == value
