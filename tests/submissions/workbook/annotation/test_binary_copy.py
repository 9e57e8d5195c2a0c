"""The copy of an .xls as .xlsx: it reads like the .xls, before and after it is marked."""

from datetime import date

import openpyxl
import pytest

from submissions.workbook.annotation.annotation import Annotation, Wording
from submissions.workbook.reading.workbook import read
from tests.submissions.fault_catalogue import forge, forge_binary
from tests.submissions.workbook.reading.test_binary_workbook import ALIKE, BLOCKS, meanings

FIRMS = "企业明细"
MARK = Annotation(FIRMS, "E5", "E146", "mandatory", "不是数字", "改为数字")


@pytest.mark.parametrize("edit", ALIKE.values(), ids=ALIKE)
def test_the_marked_copy_reads_like_the_original(edit, mark_file, tmp_path):
    content = forge_binary.as_xls(forge.workbook(blocks=BLOCKS, edit=edit))
    done, path = mark_file(content, MARK, name="报表.xls")

    assert done.complete
    assert meanings(read(path, "报表.xlsx")) == meanings(read(tmp_path / "报表.xls"))


def test_finding_formats_widths_and_the_hidden_stamp_are_in_the_copy(mark_file):
    def edit(book):
        book[FIRMS].column_dimensions["B"].width = 33
        book[FIRMS]["E5"].number_format = "#,##0.00"
        book.create_sheet("_meta").sheet_state = "veryHidden"

    content = forge_binary.as_xls(forge.workbook(blocks=BLOCKS, edit=edit))
    done, path = mark_file(content, MARK, name="报表.xls")
    book = openpyxl.load_workbook(path)
    cell = book[FIRMS]["E5"]

    assert "E146" in cell.comment.text
    assert cell.fill.fgColor.rgb == "FFFFB3AB"
    assert cell.number_format == "#,##0.00"
    assert book[FIRMS].column_dimensions["B"].width == 33
    assert book["集群建设"]["E5"].value.date() == date(2025, 6, 30)
    assert book["_meta"].sheet_state == "veryHidden"
    assert done.lost == [Wording().converted]


def test_a_formula_without_a_result_is_never_blank_in_the_copy(mark_file, tmp_path):
    """A blank cell would be "not reported" when the copy is uploaded."""

    def edit(book):
        book[FIRMS]["G5"] = "=D5/10"

    content = forge_binary.as_xls(forge.workbook(edit=edit))
    _done, path = mark_file(content, MARK, name="报表.xls")

    assert [(fault.code, fault.cell) for fault in read(path).faults] == [("E145", "G5")]
