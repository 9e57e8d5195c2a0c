"""Workbooks that cannot be annotated completely, and hostile ones."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from submissions.workbook import limits
from submissions.workbook.annotation import marking
from submissions.workbook.annotation.annotation import Wording
from submissions.workbook.annotation.marking import marked
from submissions.workbook.annotation.styles import COLOURS
from submissions.workbook.layout import INDEX_SHEET
from submissions.workbook.reading.workbook import read
from tests.depth import examples
from tests.submissions.fault_catalogue import forge, spoil
from tests.submissions.workbook.annotation.annotated import FIRMS, colour, mark, opened, rich

RICH = forge.workbook(edit=rich)
CLEAN = forge.workbook()


def test_a_threaded_comment_stays(mark_file):
    def talk(book):
        book[FIRMS]["D5"].comment = Comment("[Threaded comment]", "tc={0}")

    done, _ = mark_file(forge.workbook(edit=talk), mark("D5"))

    assert not done.complete
    assert "企业明细!D5" in done.lost[0]
    assert opened(done)[FIRMS]["D5"].comment.text == "[Threaded comment]"
    assert colour(opened(done)[FIRMS]["D5"]) == COLOURS["mandatory"]
    assert opened(done)[INDEX_SHEET]["A3"].value == done.lost[0]


def test_without_extensible_styles_only_comments_are_added(mark_file):
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


def zipped_workbook(content):
    return forge.parts(content)["xl/workbook.xml"].decode()
