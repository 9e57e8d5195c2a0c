"""Template, filled, saved by Calc, read, marked, corrected in Calc, read again."""

import io

import openpyxl
import pytest

from submissions.workbook.annotation.annotation import Annotation
from submissions.workbook.annotation.marking import marked
from submissions.workbook.annotation.styles import COLOURS
from submissions.workbook.layout import INDEX_SHEET, MARK_SIGN, META_SHEET
from submissions.workbook.reading.workbook import read
from submissions.workbook.template.writer import FIRST_ROW, template
from tests.submissions.fault_catalogue import forge
from tests.submissions.workbook.facts import STAMP, facts

FIRMS = "企业明细"


def fill(book):
    """Fill the template: figures, formulas, one error, one new firm, one removed."""
    city = book["城市汇总"]
    for row, figure in enumerate((50_000, 45_000, 120, 3, 1_500, 4_800), start=FIRST_ROW):
        city[f"C{row}"] = figure
    sheet = book[FIRMS]
    for row in range(FIRST_ROW, FIRST_ROW + 2):
        sheet[f"D{row}"], sheet[f"E{row}"] = 1_000 + row, f"=D{row}*0.9"
    sheet["D6"] = "约1000"
    for column in "ABCI":
        sheet[f"{column}7"] = None
    sheet["A8"], sheet["B8"] = forge.credit_code(8), "示例新企业"
    sheet["D8"], sheet["E8"], sheet["J8"] = 12, "=D8-1", "新投产"
    book["集群建设"]["D5"] = "在建"


def test_the_whole_round_trip(calc, tmp_path):
    filled = calc(forge.edited(template(facts()), fill))
    first = read(forge.saved(filled, tmp_path))

    assert [(fault.code, fault.cell) for fault in first.faults] == [("E146", "D6"), ("E145", "E6")]
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
    assert sheet["E5"].value == "=D5*0.9"
    assert {one.type for one in sheet.data_validations.dataValidation} >= {"list", "decimal"}
    assert sheet.protection.sheet
    assert sheet.column_dimensions["B"].width == pytest.approx(34, abs=1)
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
