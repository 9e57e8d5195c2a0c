"""The user's own workbook with findings in its cells and everything else as it was."""

import io
import re
import time

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from submissions.workbook.annotation.annotation import Annotation
from submissions.workbook.annotation.marking import marked
from submissions.workbook.annotation.styles import COLOURS
from submissions.workbook.layout import INDEX_SHEET, MARK_SIGN
from submissions.workbook.reading.workbook import read
from tests.depth import examples
from tests.submissions.fault_catalogue import forge, spoil
from tests.submissions.workbook.annotation.annotated import (
    FIRMS,
    colour,
    mark,
    opened,
    rich,
    with_shared_strings,
)

# what is marked


def test_cells_are_filled_and_say_what_is_wrong_and_what_to_do(mark_file):
    done, _ = mark_file(
        forge.workbook(),
        mark("D5"),
        mark("E6", code="W157", severity="advisory", remark="核实：新厂投产"),
    )

    sheet = opened(done)[FIRMS]
    assert done.complete
    assert done.lost == []
    assert colour(sheet["D5"]) == COLOURS["mandatory"]
    assert colour(sheet["E6"]) == COLOURS["advisory"]
    assert colour(sheet["D6"]) is None
    said = sheet["D5"].comment.text
    assert said.startswith(MARK_SIGN)
    assert [text in said for text in ("必须修改 E146", "不是数字", "→ 写成 1234.5。")] == [True] * 3
    assert "核实：新厂投产" in sheet["E6"].comment.text


def test_the_index_comes_first_and_links_to_every_cell(mark_file):
    whole = Annotation(None, None, "W139", "advisory", "没有城市汇总", "补上")
    done, _ = mark_file(
        forge.workbook(), whole, mark(None), mark("D5"), mark("A1", sheet="没有的表")
    )

    book = opened(done)
    index = book.worksheets[0]
    assert index.title == INDEX_SHEET
    assert book.active is index
    rows = [[cell.value for cell in row] for row in index.iter_rows(min_row=5)]
    assert rows[0][:4] == ["级别", "编号", "工作表", "单元格"]
    assert [row[2:4] for row in rows[1:]] == [
        ["整个文件", None],
        [FIRMS, "→"],
        [FIRMS, "D5"],
        ["没有的表", "A1"],
    ]
    links = {
        cell.coordinate: cell.hyperlink.location
        for row in index.iter_rows()
        for cell in row
        if cell.hyperlink
    }
    assert links == {"D7": f"'{FIRMS}'!A1", "D8": f"'{FIRMS}'!D5"}
    assert "必须修改 3 处，需要说明 1 处" in index["A2"].value


def test_no_other_sheet_is_selected_with_the_index(mark_file):
    done, _ = mark_file(forge.workbook(edit=rich), mark())

    selected = [sheet.title for sheet in opened(done) if sheet.sheet_view.tabSelected]
    assert selected == [INDEX_SHEET]


def test_several_findings_of_a_cell_share_its_comment_and_the_gravest_fills_it(mark_file):
    done, _ = mark_file(
        forge.workbook(), mark("D5", code="W157", severity="advisory"), mark("D5", code="E146")
    )

    cell = opened(done)[FIRMS]["D5"]
    assert colour(cell) == COLOURS["mandatory"]
    assert cell.comment.text.index("W157") < cell.comment.text.index("E146")


def test_a_finding_inside_merged_cells_shows_in_the_first_of_them(mark_file):
    def merge(book):
        book[FIRMS].merge_cells("B5:B7")

    done, _ = mark_file(forge.workbook(edit=merge), mark("B6", code="E150"))

    cell = opened(done)[FIRMS]["B5"]
    assert colour(cell) == COLOURS["mandatory"]
    assert "E150 B6" in cell.comment.text


@pytest.mark.parametrize("cell", ["J5", "L5", "A6", "D9", "AA40", "D1", "B3"])
@pytest.mark.parametrize(
    "change", [bytes, spoil.with_prefixes, spoil.as_strict, with_shared_strings]
)
def test_blank_cells_and_missing_rows_are_marked_too(mark_file, cell, change, tmp_path):
    content = change(forge.workbook())
    done, path = mark_file(content, mark(cell))

    book = opened(done)
    assert colour(book[FIRMS][cell]) == COLOURS["mandatory"]
    assert book[FIRMS][cell].comment
    assert read(path) == read(forge.saved(content, tmp_path))


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param("", id="no rows"),
        pytest.param('<row r="5"/>', id="an empty row"),
        pytest.param('<row r="9" spans="1:2"><c r="A9"/></row>', id="a later row"),
    ],
)
def test_sheets_without_the_cell_get_it(mark_file, cells):
    xml = forge.sheet_xml(cells)
    if not cells:
        xml = xml.replace("<sheetData></sheetData>", "<sheetData/>")
    content = forge.with_part(forge.workbook(), "xl/worksheets/sheet2.xml", xml)
    done, _ = mark_file(content, mark("D5"), mark("B9"))

    sheet = opened(done)[FIRMS]
    assert [colour(sheet[at]) for at in ("D5", "B9")] == [COLOURS["mandatory"]] * 2


def test_a_blank_cell_takes_the_style_of_its_row_or_column(mark_file):
    def look(book):
        book[FIRMS].column_dimensions["L"].number_format = "0.0000"

    done, _ = mark_file(forge.workbook(edit=look), mark("L9"))

    assert opened(done)[FIRMS]["L9"].number_format == "0.0000"


# what stays


def test_parts_that_hold_no_mark_are_the_same_byte_for_byte(mark_file):
    content = forge.workbook(edit=rich)
    before = forge.parts(content)
    after = forge.parts(mark_file(content, mark("D5"), mark("G6"))[0].bytes)

    changed = {name for name in before if before[name] != after[name]}
    firms = forge.part_of(content)
    assert changed == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/comments/comment1.xml",
        "xl/drawings/commentsDrawing1.vml",
        firms,
    }
    assert {name for name in after if name not in before} == {"xl/worksheets/sheet1001.xml"}
    # Of the sheet itself nothing but style numbers, and that it is no longer selected.
    plain = [
        re.sub(r' (?:s|tabSelected)="[0-9]+"', "", part[firms].decode()) for part in (before, after)
    ]
    assert plain[0] == plain[1]


def test_everything_a_workbook_may_hold_is_still_there(mark_file):
    content = forge.workbook(edit=rich)
    before = openpyxl.load_workbook(io.BytesIO(content))
    after = opened(mark_file(content, mark("D6"), mark("F5"), mark("G6"))[0])

    old, new = before[FIRMS], after[FIRMS]
    assert new["F5"].value == "=D5*2"
    assert new["D6"].number_format == "#,##0.000"
    assert new.column_dimensions["B"].width == 41.5
    assert new.row_dimensions[6].hidden
    assert new.merged_cells == old.merged_cells
    assert new.data_validations.dataValidation[0].formula1 == '"甲,乙"'
    assert len(new.conditional_formatting) == 1
    assert len(new._charts) == 1
    assert new.print_area == old.print_area
    assert after.defined_names["全省"].attr_text == f"'{FIRMS}'!$D$5"
    assert after.sheetnames == [INDEX_SHEET, *before.sheetnames]
    assert after["本局台账"].sheet_state == "hidden"
    assert after["本局台账"]["A1"].value == "不要动"


def test_a_formula_keeps_its_result(mark_file):
    cell = '<c r="D5"><f>1000+1</f><v>1001</v></c>'
    done, path = mark_file(spoil.with_raw_cell(forge.workbook(), "D5", cell), mark("D5"))

    values = openpyxl.load_workbook(io.BytesIO(done.bytes), data_only=True)
    assert values[FIRMS]["D5"].value == 1001
    assert opened(done)[FIRMS]["D5"].value == "=1000+1"
    assert read(path).tables["enterprises"].lines[0].get("output_value") == 10_010_000


def test_comments_that_were_there_are_kept_and_added_to(mark_file):
    done, _ = mark_file(forge.workbook(edit=rich), mark("G6"), mark("D5"))

    sheet = opened(done)[FIRMS]
    assert sheet["G6"].comment.text.startswith(f"自己的批注\n\n{MARK_SIGN}")
    assert sheet["D5"].comment.text.startswith(MARK_SIGN)


def test_a_picture_and_its_drawing_are_not_touched(mark_file):
    content = forge.with_part(forge.workbook(), "xl/media/image1.png", b"\x89PNG not read")
    content = forge.with_part(content, "xl/drawings/drawing9.xml", "<xdr:wsDr xmlns:xdr='x'/>")

    after = forge.parts(mark_file(content, mark())[0].bytes)
    assert after["xl/media/image1.png"] == b"\x89PNG not read"
    assert after["xl/drawings/drawing9.xml"] == b"<xdr:wsDr xmlns:xdr='x'/>"


def test_the_drawing_is_inserted_in_the_order_of_elements(mark_file):
    tail = '<tableParts count="0"/><extLst><ext uri="x"/></extLst>'
    content = forge.with_sheet_changed(
        forge.workbook(), lambda xml: xml.replace("</worksheet>", f"{tail}</worksheet>")
    )
    done, _ = mark_file(content, mark())

    xml = forge.parts(done.bytes)[forge.part_of(content)].decode()
    assert re.search(r'<legacyDrawing [^>]*/><tableParts count="0"/><extLst>', xml)


# texts


CLEAN = forge.workbook()
TEXTS = st.text(
    st.characters(codec="utf-8") | st.sampled_from("=+-@\t\r\n\0<>&\"'_x000D_＝\ufffe"), max_size=60
)


@settings(max_examples=examples(150), deadline=None)
@given(message=TEXTS, remedy=TEXTS, remark=TEXTS)
def test_any_text_stays_a_text(tmp_path_factory, message, remedy, remark):
    path = forge.saved(CLEAN, tmp_path_factory.mktemp("texts"))
    done = marked(path, [mark("D5", message=message, remedy=remedy, remark=remark)])

    assert done.complete
    book = opened(done)
    said = book[FIRMS]["D5"].comment.text
    assert as_read(message) in as_read(said)
    row = book[INDEX_SHEET][6]
    assert [as_read(cell.value or "") for cell in row[4:7]] == [
        as_read(text) for text in (message, remedy, remark)
    ]
    assert {cell.data_type for cell in row if cell.value} <= {"s", "inlineStr"}
    assert all(cell.quotePrefix for cell in row)
    assert read(forge.saved(done.bytes, path.parent, "marked.xlsx")) == read(path)


def as_read(text):
    """A text without what XML cannot say, with its line ends as XML reads them."""
    text = re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
    return text.replace("_x005F_", "_").replace("\r\n", "\n").replace("\r", "\n")


def test_a_comment_is_as_long_as_a_program_takes(mark_file):
    done, _ = mark_file(forge.workbook(), mark("D5", message="长" * 40_000))

    assert len(opened(done)[FIRMS]["D5"].comment.text) == 8_000
    assert len(opened(done)[INDEX_SHEET]["E6"].value) == 32_000


def test_the_rows_of_the_index_are_high_enough_for_their_texts(mark_file):
    """Calc does not fit rows to wrapped texts by itself."""
    done, _ = mark_file(forge.workbook(), mark("D5", message="长" * 100), mark("D6", message="短"))
    index = opened(done)[INDEX_SHEET]
    rows = {row[4].value: row[0].row for row in index.iter_rows() if row[4].value}

    # 200 half-width characters in a column of 56.
    assert index.row_dimensions[rows["长" * 100]].height >= 4 * 15
    assert index.row_dimensions[rows["短"]].height < 20


# how long it takes


def test_500_findings_in_2000_lines_take_less_than_5_seconds(tmp_path):
    lines = [forge.enterprise(number) for number in range(2000)]
    path = forge.saved(with_shared_strings(forge.workbook(enterprises=lines)), tmp_path)
    marks = [mark(f"{'DEFGH'[n % 5]}{5 + 4 * n}", code=f"E{n}") for n in range(500)]

    began = time.monotonic()
    done = marked(path, marks)
    took = time.monotonic() - began

    assert took < 5
    sheet = opened(done)[FIRMS]
    filled = {c.coordinate for row in sheet.iter_rows() for c in row if colour(c)}
    assert filled == {each.cell for each in marks}
    commented = {
        c.coordinate: c.comment.text for row in sheet.iter_rows() for c in row if c.comment
    }
    assert all(f"{each.code}\n" in commented[each.cell] for each in marks)
