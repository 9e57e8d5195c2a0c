"""The user's own workbook back, with findings in its cells and everything else as it was."""

import io
import re
import time

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from submissions.workbook import limits
from submissions.workbook.annotation import marking
from submissions.workbook.annotation.annotation import Annotation, Wording
from submissions.workbook.annotation.comments import boxes
from submissions.workbook.annotation.marking import marked
from submissions.workbook.annotation.styles import COLOURS
from submissions.workbook.layout import INDEX_SHEET, MARK_SIGN
from submissions.workbook.reading.workbook import read
from submissions.workbook.xml_patch import tree
from tests.depth import examples
from tests.submissions.fault_catalogue import forge, spoil

FIRMS = "企业明细"


def mark(cell="D5", sheet=FIRMS, code="E146", severity="mandatory", **given):
    texts = {"message": "“环保业务产值”不是数字。", "remedy": "写成 1234.5。"} | given
    return Annotation(sheet, cell, code, severity, **texts)


@pytest.fixture
def mark_file(tmp_path):
    """Return a function: the marked workbook of some bytes, and where it was saved."""

    def do(content, *marks, name="报表.xlsx"):
        done = marked(forge.saved(content, tmp_path, name), marks)
        return done, forge.saved(done.bytes, tmp_path, "marked.xlsx")

    return do


def opened(done):
    return openpyxl.load_workbook(io.BytesIO(understood(done.bytes)))


def understood(content):
    """The package as openpyxl knows it: it takes strict workbooks for empty ones."""
    strict = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    relations = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = forge.MAIN.encode()
    return forge.package(
        {
            name: part.replace(strict, relations).replace(spoil.STRICT.encode(), main)
            for name, part in forge.parts(content).items()
        }
    )


def with_shared_strings(content):
    """The workbook with shared strings that openpyxl finds as well."""
    parts = forge.parts(spoil.with_shared_strings(content))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    declared = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    types = parts["[Content_Types].xml"].replace(b"</Types>", declared.encode())
    strings = parts["xl/sharedStrings.xml"].replace(b"<rPh>", b'<rPh sb="0" eb="1">')
    return forge.package(parts | {"[Content_Types].xml": types, "xl/sharedStrings.xml": strings})


def colour(cell):
    return cell.fill.fgColor.rgb if cell.fill.patternType == "solid" else None


def rich(book):
    """Everything a city's workbook may hold beside figures."""
    sheet = book[FIRMS]
    sheet["F5"] = "=D5*2"
    sheet["G6"].comment = Comment("自己的批注", "张三")
    sheet.merge_cells("A1:C1")
    sheet.column_dimensions["B"].width = 41.5
    sheet.row_dimensions[6].hidden = True
    sheet["D6"].number_format = "#,##0.000"
    offered = DataValidation("list", formula1='"甲,乙"')
    sheet.add_data_validation(offered)
    offered.add("C5:C9")
    rule = CellIsRule(operator="lessThan", formula=["0"], fill=PatternFill(bgColor="FF0000"))
    sheet.conditional_formatting.add("D5:D9", rule)
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=4, min_row=4, max_row=7))
    sheet.add_chart(chart, "N2")
    book.create_sheet("本局台账")["A1"] = "不要动"
    book["本局台账"].sheet_state = "hidden"
    name = openpyxl.workbook.defined_name.DefinedName("全省", attr_text=f"'{FIRMS}'!$D$5")
    book.defined_names["全省"] = name
    sheet.print_area = "A1:J9"
    book.active = 1


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


def test_the_index_comes_first_and_leads_to_every_cell(mark_file):
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


def test_a_blank_cell_takes_the_look_of_its_row_or_column(mark_file):
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


def test_marks_stand_before_what_must_come_after_them_in_a_sheet(mark_file):
    tail = '<tableParts count="0"/><extLst><ext uri="x"/></extLst>'
    content = forge.with_sheet_changed(
        forge.workbook(), lambda xml: xml.replace("</worksheet>", f"{tail}</worksheet>")
    )
    done, _ = mark_file(content, mark())

    xml = forge.parts(done.bytes)[forge.part_of(content)].decode()
    assert re.search(r'<legacyDrawing [^>]*/><tableParts count="0"/><extLst>', xml)


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
def test_a_marked_file_says_the_same_as_before(mark_file, content, tmp_path):
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


def test_what_has_been_mended_loses_its_mark(mark_file):
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


def test_a_drawing_that_is_no_xml_is_added_to_all_the_same(mark_file):
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


# what cannot be done


def test_a_conversation_is_not_disturbed(mark_file):
    def talk(book):
        book[FIRMS]["D5"].comment = Comment("[Threaded comment]", "tc={0}")

    done, _ = mark_file(forge.workbook(edit=talk), mark("D5"))

    assert not done.complete
    assert "企业明细!D5" in done.lost[0]
    assert opened(done)[FIRMS]["D5"].comment.text == "[Threaded comment]"
    assert colour(opened(done)[FIRMS]["D5"]) == COLOURS["mandatory"]
    assert opened(done)[INDEX_SHEET]["A3"].value == done.lost[0]


def test_styles_that_cannot_be_added_to_leave_the_comments(mark_file):
    styles = forge.parts(forge.workbook())["xl/styles.xml"].decode()
    without = re.sub("<fills.*?</fills>", "", styles)
    done, path = mark_file(forge.with_part(forge.workbook(), "xl/styles.xml", without), mark())

    assert not done.complete
    assert done.lost == [Wording().no_colour]
    parts = forge.parts(done.bytes)
    assert parts["xl/styles.xml"].decode() == without
    assert b"E146" in parts["xl/comments1001.xml"]
    assert read(path).faults == []


def test_a_workbook_without_styles_gets_some(mark_file):
    parts = forge.parts(forge.workbook())
    del parts["xl/styles.xml"]
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = re.sub(rb'<Relationship [^>]*/styles"[^>]*/>', b"", parts[rels])
    done, _ = mark_file(forge.package(parts), mark())

    assert done.complete
    assert colour(opened(done)[FIRMS]["D5"]) == COLOURS["mandatory"]


def test_comments_in_no_known_form_are_left_alone(mark_file):
    content = forge.with_part(
        forge.workbook(edit=rich), "xl/comments/comment1.xml", f'<comments xmlns="{forge.MAIN}"/>'
    )
    done, _ = mark_file(content, mark("D5"))

    assert not done.complete
    assert done.lost == [Wording().no_comments % {"places": FIRMS}]


def test_a_signature_that_no_longer_holds_is_named(mark_file):
    content = forge.with_part(forge.workbook(), "_xmlsignatures/sig1.xml", "<s/>")

    assert mark_file(content, mark())[0].lost == [Wording().signature]


def test_a_marked_file_too_large_to_come_back_is_the_index_alone(mark_file, monkeypatch):
    monkeypatch.setattr(limits, "FILE_SIZE", 9_000)
    done, _ = mark_file(forge.workbook(), *[mark(f"D{row}") for row in range(5, 900)])

    assert not done.complete
    assert opened(done).sheetnames == [INDEX_SHEET]
    assert Wording().too_large in opened(done)[INDEX_SHEET]["A3"].value


def test_a_file_that_eats_the_memory_is_the_index_alone(mark_file, monkeypatch):
    def eat(*_):
        raise MemoryError

    monkeypatch.setattr(marking, "_Marking", eat)
    done, _ = mark_file(forge.workbook(), mark())

    assert Wording().died in done.lost[0]


CLEAN = forge.workbook()
HOSTILE = {
    "F-01": spoil.zip_bomb(120),
    "F-01b": spoil.lie_about_size(CLEAN),
    "F-01c": spoil.with_duplicate_entry(CLEAN),
    "F-02": spoil.with_entity_bomb(CLEAN),
    "F-08": spoil.truncate(CLEAN, 0.9),
    "F-09 nothing": b"",
    "F-09 garbage": bytes(range(256)) * 9,
    "F-11": spoil.as_html_xls(),
    "F-13": spoil.with_vba(CLEAN),
    "F-14": spoil.ole("EncryptedPackage"),
    "a sheet that is no XML": forge.with_part(CLEAN, "xl/worksheets/sheet2.xml", "<worksheet"),
    "a sheet without data": forge.with_part(CLEAN, "xl/worksheets/sheet2.xml", "<worksheet/>"),
    "rows that are no numbers": forge.with_part(
        CLEAN, "xl/worksheets/sheet2.xml", forge.sheet_xml('<row r="x"><c r="A1" s="y"/></row>')
    ),
    "styles that are no numbers": forge.with_part(
        CLEAN, "xl/worksheets/sheet2.xml", forge.sheet_xml('<row r="5"><c r="D5" s="y"/></row>')
    ),
    "no sheets": forge.with_part(CLEAN, "xl/workbook.xml", f'<workbook xmlns="{forge.MAIN}"/>'),
    "no content types": forge.with_part(CLEAN, "[Content_Types].xml", "<Types>"),
    "no comments": forge.with_part(
        forge.workbook(edit=rich), "xl/comments/comment1.xml", "<comments"
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_cannot_be_marked_gives_the_index_alone(mark_file, name):
    done, _ = mark_file(HOSTILE[name], mark(), mark("A1", sheet=None, message="=cmd|' /C calc'!A0"))

    assert not done.complete
    assert Wording().unreadable in done.lost[0]
    sheet = opened(done)[INDEX_SHEET]
    assert opened(done).sheetnames == [INDEX_SHEET]
    assert sheet["A3"].value == done.lost[0]
    assert sheet["E6"].value == "=cmd|' /C calc'!A0"
    assert sheet["E6"].data_type == "s"


@settings(max_examples=examples(60), deadline=None)
@given(data=st.data())
def test_flipped_bytes_never_crash_it(tmp_path_factory, data):
    content = bytearray(RICH)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = forge.saved(bytes(content), tmp_path_factory.mktemp("flipped"))

    assert INDEX_SHEET in zipped_workbook(marked(path, [mark("D5"), mark("G6"), mark("Z99")]).bytes)


@settings(max_examples=examples(120), deadline=None)
@given(data=st.data())
def test_damaged_parts_never_crash_it_nor_change_what_is_read(tmp_path_factory, data):
    parts = forge.parts(RICH)
    name = data.draw(st.sampled_from(sorted(parts)))
    part = parts[name]
    start = data.draw(st.integers(0, len(part)))
    end = data.draw(st.integers(start, min(len(part), start + 200)))
    filling = data.draw(st.sampled_from([b"", b"<", b"&", b"\0", b"0", b"</c>", b'"', b"A1"]))
    parts[name] = part[:start] + filling + part[end:]
    path = forge.saved(forge.package(parts), tmp_path_factory.mktemp("damaged"))

    done = marked(path, [mark("D5"), mark("G6"), mark("Z99")])
    assert INDEX_SHEET in zipped_workbook(done.bytes)
    if done.complete:
        # Whatever is wrong with it stays wrong in the same way.
        assert read(forge.saved(done.bytes, path.parent, "marked.xlsx")) == read(path)


RICH = forge.workbook(edit=rich)


def zipped_workbook(content):
    return forge.parts(content)["xl/workbook.xml"].decode()


# texts


TEXTS = st.text(
    st.characters(codec="utf-8") | st.sampled_from("=+-@\t\r\n\0<>&\"'_x000D_＝\ufffe"), max_size=60
)


@settings(max_examples=examples(150), deadline=None)
@given(message=TEXTS, remedy=TEXTS, remark=TEXTS)
def test_whatever_a_text_holds_it_is_a_text(tmp_path_factory, message, remedy, remark):
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
