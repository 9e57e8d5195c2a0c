"""Annotated workbooks read and annotated again: earlier annotations are replaced."""

import re

import pytest

from submissions.workbook import limits
from submissions.workbook.annotation.comments import boxes
from submissions.workbook.annotation.marking import marked
from submissions.workbook.annotation.styles import COLOURS
from submissions.workbook.layout import INDEX_SHEET, MARK_SIGN
from submissions.workbook.reading.workbook import read
from submissions.workbook.xml_patch import tree
from tests.submissions.fault_catalogue import forge, spoil
from tests.submissions.workbook.annotation.annotated import FIRMS, colour, mark, opened, rich

# read again


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(forge.workbook(), id="clean"),
        pytest.param(forge.workbook(edit=rich), id="rich"),
        pytest.param(forge.workbook(unit=None), id="no unit"),
        pytest.param(forge.workbook(with_city=False), id="no city"),
        pytest.param(spoil.with_prefixes(forge.workbook()), id="prefixes"),
        pytest.param(spoil.as_strict(forge.workbook()), id="strict"),
        pytest.param(spoil.without_references(forge.workbook()), id="no references"),
        pytest.param(spoil.with_shared_strings(forge.workbook()), id="shared strings"),
        pytest.param(spoil.with_dimension(forge.workbook(), "A1"), id="F-05"),
        pytest.param(spoil.with_stray_cell(forge.workbook()), id="F-06"),
        pytest.param(spoil.with_two_line_headings(forge.workbook()), id="F-30"),
        pytest.param(spoil.hide_rows(forge.workbook(), 5, 6), id="F-34"),
        pytest.param(spoil.without_cached_value(forge.workbook(), "D5"), id="F-42"),
        pytest.param(spoil.with_raw_value(forge.workbook(), "D5", "<v>NaN</v>"), id="F-45"),
        pytest.param(forge.workbook(enterprises=[]), id="F-36"),
    ],
)
def test_a_marked_file_gives_the_same_reading(mark_file, content, tmp_path):
    cells = [f"{letter}{row}" for letter in "ADEK" for row in range(1, 9)]
    marks = [mark(cell, sheet) for cell in cells for sheet in (FIRMS, "城市汇总")]
    original = read(forge.saved(content, tmp_path))
    done, path = mark_file(content, *marks)

    assert done.complete
    assert read(path) == original
    # And once more, as it came back.
    again = marked(path, [mark("D5")])
    assert read(forge.saved(again.bytes, tmp_path, "again.xlsx")) == original


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig"])
def test_a_csv_comes_back_as_a_workbook_of_texts(mark_file, encoding, tmp_path):
    content = forge.as_csv(encoding=encoding)
    done, path = mark_file(content, mark("D5"), name="报表.csv")

    sheet = opened(done)[FIRMS]
    assert sheet["A5"].value == forge.credit_code(1)
    assert {cell.data_type for row in sheet.iter_rows(min_row=5) for cell in row if cell.value} == {
        "s"
    }
    assert colour(sheet["D5"]) == COLOURS["mandatory"]
    assert read(path).tables == read(forge.saved(content, tmp_path, "报表.csv")).tables


def test_thirty_sheets_and_the_index_are_not_too_many(mark_file):
    def fill(book):
        for number in range(limits.SHEETS - len(book.sheetnames)):
            book.create_sheet(f"表{number}")

    _, path = mark_file(forge.workbook(edit=fill), mark())

    assert read(path).faults == []


# marked before


def test_a_corrected_cell_loses_its_annotation(mark_file):
    _, path = mark_file(forge.workbook(edit=rich), mark("D5"), mark("E6"), mark("G6"))
    again = marked(path, [mark("E6", code="E147"), mark("H7")])

    sheet = opened(again)[FIRMS]
    assert colour(sheet["D5"]) is None
    assert sheet["D5"].comment is None
    assert sheet["G6"].comment.text == "自己的批注"
    assert colour(sheet["E6"]) == COLOURS["mandatory"]
    assert sheet["E6"].comment.text.count(MARK_SIGN) == 1
    assert "E147" in sheet["E6"].comment.text
    assert sheet["H7"].comment
    assert opened(again).sheetnames.count(INDEX_SHEET) == 1
    drawing = forge.parts(again.bytes)["xl/drawings/commentsDrawing1.vml"]
    # One box for each comment: two marks, and one of the user's own.
    assert sorted(at for _start, _end, at in boxes(drawing)) == [(6, 5), (6, 7), (7, 8)]


def drawings(content):
    return {name: part for name, part in forge.parts(content).items() if name.endswith(".vml")}


def test_every_comment_has_one_box_and_every_box_a_number_of_its_own(mark_file):
    marks = [mark(f"D{row}") for row in range(5, 1300)]
    for content in (forge.workbook(), forge.workbook(edit=rich)):
        done, _ = mark_file(content, *marks, mark("A5", sheet="城市汇总"))

        names = []
        for part in drawings(done.bytes).values():
            # It is XML, and its prefixes are declared.
            names += [shape.attributes["id"] for shape in tree(part).each("shape")]
        placed = [at for part in drawings(done.bytes).values() for *_, at in boxes(part)]
        assert len(placed) == len(set(placed)) == len(names) == len(set(names))
        assert {(row, 4) for row in range(5, 1300)} | {(5, 1)} <= set(placed)


def test_boxes_are_added_to_a_drawing_that_is_no_xml(mark_file):
    name = "xl/drawings/commentsDrawing1.vml"
    content = forge.workbook(edit=rich)
    broken = forge.parts(content)[name].replace(b"</xml>", b"<br></xml>")
    content = forge.with_part(content, name, broken)
    done, path = mark_file(content, mark("D5"))
    again = marked(path, [])

    assert sorted(at for *_, at in boxes(forge.parts(done.bytes)[name])) == [(5, 4), (6, 7)]
    assert [at for *_, at in boxes(forge.parts(again.bytes)[name])] == [(6, 7)]


def test_comments_without_a_drawing_get_one(mark_file):
    parts = forge.parts(forge.workbook(edit=rich))
    del parts["xl/drawings/commentsDrawing1.vml"]
    sheet = "xl/worksheets/sheet2.xml"
    parts[sheet] = re.sub(rb"<legacyDrawing [^>]*/>", b"", parts[sheet])
    rels = "xl/worksheets/_rels/sheet2.xml.rels"
    parts[rels] = re.sub(rb"<Relationship [^>]*vmlDrawing[^>]*/>", b"", parts[rels])
    done, _ = mark_file(forge.package(parts), mark("D5"))

    placed = [at for part in drawings(done.bytes).values() for *_, at in boxes(part)]
    assert sorted(placed) == [(5, 4), (6, 7)]


def test_a_hidden_index_is_shown_again(mark_file):
    done, _ = mark_file(forge.workbook(), mark())

    def hide(book):
        book.active = 1
        book[INDEX_SHEET].sheet_state = "hidden"

    again, _ = mark_file(forge.edited(done.bytes, hide), mark())
    assert opened(again)[INDEX_SHEET].sheet_state == "visible"
