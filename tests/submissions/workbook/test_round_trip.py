"""Template, filled, saved by Calc, read, marked, corrected in Calc, read again."""

import io

import openpyxl
import pytest
from openpyxl.formula.translate import Translator

from submissions.workbook.annotation.annotation import Annotation
from submissions.workbook.annotation.marking import marked
from submissions.workbook.annotation.styles import COLOURS
from submissions.workbook.layout import ENTERPRISES, INDEX_SHEET, MARK_SIGN, META_SHEET
from submissions.workbook.reading.workbook import read
from submissions.workbook.template.columns import FIRST_ROW, columns_of, given_letters
from submissions.workbook.template.writer import template
from tests.submissions.fault_catalogue import forge
from tests.submissions.workbook.facts import STAMP, facts

FIRMS = "企业明细"
AT = given_letters(columns_of(ENTERPRISES, facts()))
REVENUE, LAST_YEAR, REMARK = AT["revenue"], AT["revenue_last_year"], AT["remark"]


def fill(book):
    """Fill the template: figures, formulas, one error, one new firm, one removed."""
    city = book["城市汇总"]
    for row, figure in enumerate((50_000, 45_000, 120, 3, 1_500, 4_800), start=FIRST_ROW):
        city[f"C{row}"] = figure
    sheet = book[FIRMS]
    for row in range(FIRST_ROW, FIRST_ROW + 2):
        sheet[f"D{row}"], sheet[f"{REVENUE}{row}"] = 1_000 + row, f"=D{row}*0.9"
    sheet["D6"] = "约1000"
    for column in ("A", "B", "C", LAST_YEAR):
        sheet[f"{column}7"] = None
    sheet["A8"], sheet["B8"] = forge.credit_code(8), "示例新企业"
    sheet["D8"], sheet[f"{REVENUE}8"], sheet[f"{REMARK}8"] = 12, "=D8-1", "新投产"
    book["集群建设"]["D5"] = "在建"


def test_the_whole_round_trip(calc, tmp_path):
    filled = calc(forge.edited(template(facts()), fill))
    first = read(forge.saved(filled, tmp_path))

    assert [(fault.code, fault.cell) for fault in first.faults] == [
        *(("E146", "D6"), ("E145", f"{REVENUE}6"))
    ]
    assert first.stamp == STAMP
    assert first.lines == 3
    assert first.tables["enterprises"].lines[0].get("revenue") == 9_045_000

    marks = [
        Annotation(FIRMS, fault.cell, fault.code, "mandatory", "不是数字", "写成 1234.5")
        for fault in first.faults
    ]
    done = marked(tmp_path / "报表.xlsx", marks)
    assert done.complete
    again = read(forge.saved(done.bytes, tmp_path, "marked.xlsx"))
    assert again == first

    # Calc opens the marked file, marks and all, and saves it.
    kept = openpyxl.load_workbook(io.BytesIO(calc(done.bytes)))
    assert kept.sheetnames[0] == INDEX_SHEET
    assert kept[INDEX_SHEET]["D6"].hyperlink.location.replace("$", "").endswith("D6")
    cell = kept[FIRMS]["D6"]
    assert cell.fill.fgColor.rgb == COLOURS["mandatory"]
    assert cell.comment.text.startswith(MARK_SIGN)

    def correct(book):
        book[FIRMS]["D6"] = 1_000

    corrected = calc(forge.edited(done.bytes, correct))
    last = read(forge.saved(corrected, tmp_path, "corrected.xlsx"))
    assert last.faults == []
    assert last.stamp == STAMP
    assert last.tables["enterprises"].lines[1].get("revenue") == 9_000_000

    book = openpyxl.load_workbook(io.BytesIO(corrected))
    sheet = book[FIRMS]
    assert sheet[f"{REVENUE}5"].value == "=D5*0.9"
    assert {one.type for one in sheet.data_validations.dataValidation} >= {"list", "decimal"}
    assert not sheet.protection.sheet
    assert sheet.column_dimensions["B"].width == pytest.approx(30, abs=1)
    assert sheet["A5"].number_format == "@"
    assert book[META_SHEET].sheet_state != "visible"

    # Marked once more, after Calc: what was corrected is no longer marked.
    clean = marked(tmp_path / "corrected.xlsx", [])
    sheet = openpyxl.load_workbook(io.BytesIO(clean.bytes))[FIRMS]
    assert sheet["D6"].comment is None
    assert sheet["D6"].fill.patternType is None
    assert read(forge.saved(clean.bytes, tmp_path, "clean.xlsx")) == last


def test_calc_prints_the_template(calc):
    assert calc(template(facts()), "pdf").startswith(b"%PDF")


# The same figures in the order of the template, and as somebody leaves them who sorts and deletes.

XLS = "xls:MS Excel 97"


def figures(book):
    """Fill in what is asked for."""
    for row, figure in enumerate((50_000, 45_000, 120, 3, 1_500, 4_800), start=FIRST_ROW):
        book["城市汇总"][f"C{row}"] = figure
    for row in range(FIRST_ROW, FIRST_ROW + 3):
        book[FIRMS][f"D{row}"], book[FIRMS][f"{REVENUE}{row}"] = 1_000 + row, 900 + row


def sort(book):
    """Turn the firms round, as the arrow of a heading does: whole rows, formulas among them."""
    sheet = book[FIRMS]
    rows = [
        [(cell.value, cell.data_type) for cell in sheet[row]]
        for row in range(FIRST_ROW, FIRST_ROW + 3)
    ]
    for to, (at, values) in enumerate(reversed(list(enumerate(rows)))):
        for column, (value, kind) in enumerate(values, start=1):
            cell = sheet.cell(FIRST_ROW + to, column)
            cell.value, cell.data_type = value, kind
            if kind == "f":
                origin = f"{cell.column_letter}{FIRST_ROW + at}"
                cell.value = Translator(value, origin).translate_formula(cell.coordinate)


def delete(book):
    """Delete the row of the second firm."""
    book[FIRMS].delete_rows(FIRST_ROW + 1)


def lines(reading):
    """Return the firms' values by code, whatever row they stand in."""
    return {
        line.get("credit_code"): {name: value.value for name, value in line.values.items()}
        for line in reading.tables["enterprises"].lines
    }


@pytest.mark.parametrize("form", [None, XLS], ids=["xlsx", "xls"])
def test_filled_in_sorted_and_saved_by_calc_it_gives_the_same_lines(form, calc, tmp_path):
    plain = read(forge.saved(forge.edited(template(facts()), figures), tmp_path))

    def edit(book):
        figures(book)
        sort(book)

    edited = forge.edited(template(facts()), edit)
    saved = read(forge.saved(calc(edited, form) if form else calc(edited), tmp_path, "again"))

    assert saved.form == ("xls" if form else "xlsx")
    assert plain.faults == saved.faults == []
    assert saved.stamp == STAMP
    assert lines(saved) == lines(plain)
    assert [*lines(saved)] == [*reversed(lines(plain))]


@pytest.mark.parametrize("form", [None, XLS], ids=["xlsx", "xls"])
def test_a_deleted_row_is_gone_and_the_others_are_as_they_were(form, calc, tmp_path):
    plain = read(forge.saved(forge.edited(template(facts()), figures), tmp_path))

    def edit(book):
        figures(book)
        delete(book)

    edited = forge.edited(template(facts()), edit)
    saved = read(forge.saved(calc(edited, form) if form else calc(edited), tmp_path, "again"))
    left = lines(plain)
    del left[forge.credit_code(2)]

    assert lines(saved) == left


def test_the_marked_xls_is_mended_and_gives_the_same_lines(calc, tmp_path):
    def wrong(book):
        figures(book)
        book[FIRMS]["D6"] = "约1006"

    def correct(book):
        book[FIRMS]["D6"] = 1_006

    old = forge.saved(calc(forge.edited(template(facts()), wrong), XLS), tmp_path, "报表.xls")
    assert [(fault.code, fault.cell) for fault in read(old).faults] == [("E146", "D6")]
    done = marked(old, [Annotation(FIRMS, "D6", "E146", "mandatory", "不是数字", "写成 1234.5")])
    corrected = forge.saved(calc(forge.edited(done.bytes, correct)), tmp_path, "corrected.xlsx")
    plain = read(forge.saved(forge.edited(template(facts()), figures), tmp_path, "plain.xlsx"))

    assert read(corrected).faults == []
    assert (lines(read(corrected)), read(corrected).stamp) == (lines(plain), STAMP)


def test_the_checks_say_while_typing_what_to_look_at(calc):
    def edit(book):
        figures(book)
        book["城市汇总"]["C5"] = 2_000
        book[FIRMS][f"{REVENUE}5"] = 400
        book[FIRMS]["D7"] = book[FIRMS][f"{REVENUE}7"] = None

    saved = openpyxl.load_workbook(
        io.BytesIO(calc(forge.edited(template(facts()), edit))), data_only=True
    )
    checks = {column.heading: column.letter for column in columns_of(ENTERPRISES, facts())}
    city, firms = saved["城市汇总"], saved[FIRMS]

    assert [city[f"F{row}"].value for row in range(5, 11)] == [2_011, 1_306, 2, 0, 0, 0]
    assert [city[f"G{row}"].value or "" for row in (5, 6)] == ["小于企业明细合计", ""]
    assert [firms[f"{checks['核对：结果']}{row}"].value or "" for row in (5, 6, 7)] == [
        *("小于上季度累计", "", "未填写")
    ]
    assert firms[f"{checks['核对：营业收入同比']}6"].value == pytest.approx(906 / 800.0002 - 1)
    assert firms["D3"].value == 2_011
