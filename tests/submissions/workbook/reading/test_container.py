"""The type of a file, by its content."""

import re
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from submissions.workbook import limits
from submissions.workbook.faults import Faults, Unreadable
from submissions.workbook.reading import container
from submissions.workbook.reading.container import identify
from submissions.workbook.reading.workbook import read
from tests.depth import examples
from tests.submissions.fault_catalogue import forge, forge_binary, spoil

XLS = forge_binary.as_xls(forge.workbook())


def refusal(content, tmp_path, name="报表.xlsx"):
    """Return the fault for which a file is refused."""
    with pytest.raises(Unreadable) as refused:
        identify(forge.saved(content, tmp_path, name), name, Faults())
    return refused.value.fault


def zipped(**contents):
    return forge.package(contents)


@pytest.mark.parametrize(
    ("content", "code", "kind"),
    [
        pytest.param(spoil.as_html_xls(), "E111", "HTML", id="F-11 a web page"),
        pytest.param(
            b"\xef\xbb\xbf\r\n <HTML>" + spoil.as_html_xls(), "E111", "HTML", id="F-11 with a BOM"
        ),
        pytest.param(
            "<html><table></table></html>".encode("utf-16"), "E111", "HTML", id="F-11 UTF-16"
        ),
        pytest.param(spoil.as_mhtml(), "E111", "MHTML", id="F-11 a web archive"),
        pytest.param(spoil.as_xml_2003(), "E118", None, id="F-11 XML of 2003"),
        pytest.param(spoil.ole("Workbook", "_VBA_PROJECT_CUR"), "E113", None, id="F-13 .xls"),
        pytest.param(
            spoil.ole("EncryptionInfo", "EncryptedPackage"), "E114", None, id="F-14 password"
        ),
        pytest.param(spoil.ole("WordDocument"), "E115", ".doc", id="F-15 .doc"),
        pytest.param(spoil.ole("PowerPoint Document"), "E115", ".ppt", id="F-15 .ppt"),
        pytest.param(spoil.ole("Something"), "E115", "OLE", id="F-15 another OLE file"),
        pytest.param(b"%PDF-1.7 ...", "E115", ".pdf", id="F-15 .pdf"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "E115", ".png", id="F-15 picture"),
        pytest.param(b"\xff\xd8\xff\xe0", "E115", ".jpg", id="F-15 photograph"),
        pytest.param(b"RIFF....WEBPVP8", "E115", ".webp", id="F-15 webp"),
        pytest.param(b"BM\x10\x00\x00\x00\x00\x00\x00\x00", "E115", ".bmp", id="F-15 bmp"),
        pytest.param(b"Rar!\x1a\x07\x00", "E115", ".rar", id="F-15 .rar"),
        pytest.param(zipped(**{"a.xlsx": b"x"}), "E115", ".zip", id="F-15 zip of files"),
        pytest.param(
            zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
            "E117",
            ".ods",
            id="F-15 .ods",
        ),
        pytest.param(
            zipped(**{"Index/Document.iwa": b"x"}), "E117", ".numbers", id="F-15 .numbers"
        ),
        pytest.param(
            zipped(**{"[Content_Types].xml": b"<Types/>", "word/document.xml": b"x"}),
            "E115",
            ".docx",
            id="F-16 .docx",
        ),
        pytest.param(
            forge.with_part(
                forge.workbook(),
                "[Content_Types].xml",
                '<Types><Override PartName="/xl/workbook.xml" '
                'ContentType="application/vnd.openxmlformats-officedocument.'
                'presentationml.presentation.main+xml"/></Types>',
            ),
            "E115",
            ".pptx",
            id="F-16 types of a .pptx",
        ),
        pytest.param(spoil.with_vba(forge.workbook()), "E113", None, id="F-13 macro"),
        pytest.param(b"", "E105", None, id="F-09 empty"),
        pytest.param(b" \r\n", "E105", None, id="F-09 blank"),
        pytest.param(bytes(range(256)) * 4, "E119", None, id="F-09 random bytes"),
    ],
)
def test_everything_else_is_refused_by_name(content, code, kind, tmp_path):
    fault = refusal(content, tmp_path, "报表.xls")

    assert fault.code == code
    assert fault.params.get("kind") == kind


@pytest.mark.parametrize(
    ("stream", "suffix"), [("WordDocument", ".wps"), ("PowerPoint Document", ".dps")]
)
def test_wps_own_formats_are_recognised_by_their_names(stream, suffix, tmp_path):
    """F-15: inside, they are those of Word and PowerPoint."""
    fault = refusal(spoil.ole(stream), tmp_path, f"报表{suffix}")

    assert (fault.code, fault.params) == ("E115", {"kind": suffix})


def test_a_macro_content_type_is_enough(tmp_path):
    """F-13: an .xlsm renamed, its macros under another name."""
    types = (
        '<Types><Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>'
    )
    content = forge.with_part(forge.workbook(), "[Content_Types].xml", types + "</Types>")

    assert refusal(content, tmp_path).code == "E113"


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        pytest.param(forge.workbook(), "报表.xls", "W112", id="F-12 xlsx named .xls"),
        pytest.param(forge.workbook(), "报表.csv", "W112", id="F-12 xlsx named .csv"),
        pytest.param(forge.as_csv(), "报表.xlsx", "W112", id="F-12 csv named .xlsx"),
        pytest.param(forge.workbook(), "报表.XLSX", None, id="its own name"),
        pytest.param(forge.as_csv(), "报表.csv", None, id="a csv's own name"),
        pytest.param(XLS, "报表.xls", None, id="F-17 its own name"),
        pytest.param(XLS, "报表.et", None, id="F-17 the name that WPS gives it"),
        pytest.param(XLS, "报表.xlsx", "W112", id="F-12 xls named .xlsx"),
        pytest.param(forge_binary.stream(forge.workbook()), "报表.xls", None, id="F-17 bare"),
        pytest.param(forge.workbook(), "报表", None, id="no ending"),
    ],
)
def test_a_file_is_read_by_content_and_another_ending_is_advisory(content, name, code, tmp_path):
    reading = read(forge.saved(content, tmp_path, "stored"), name)

    assert reading.lines == 3
    assert [f.code for f in reading.faults if f.code == "W112"] == ([code] if code else [])


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    """F-01"""
    path = forge.saved(spoil.zip_bomb(200), tmp_path)

    started = time.perf_counter()
    reading = read(path)

    assert [fault.code for fault in reading.faults] == ["E101"]
    assert float(reading.faults[0].params["found"]) >= 200
    assert time.perf_counter() - started < 1


def test_a_bomb_below_the_limit_is_recognised_by_its_ratio(tmp_path):
    """F-01"""
    assert refusal(spoil.zip_bomb(11), tmp_path).code == "E223"


def test_one_part_may_not_be_as_large_as_all_together(tmp_path, monkeypatch):
    """F-01"""
    monkeypatch.setattr(limits, "ENTRY_SIZE", 1_000)

    fault = refusal(forge.workbook(), tmp_path)
    assert fault.code == "E222"
    assert float(fault.params["found"]) > float(fault.params["limit"]) - 0.1


def test_a_directory_with_wrong_sizes_is_refused(tmp_path):
    """F-01b"""
    reading = read(forge.saved(spoil.lie_about_size(spoil.zip_bomb(90)), tmp_path))

    assert [fault.code for fault in reading.faults] == ["E102"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(spoil.with_duplicate_entry(forge.workbook()), id="F-01c duplicate"),
        pytest.param(spoil.encrypted_entry(forge.workbook()), id="F-01c encrypted"),
        pytest.param(
            spoil.with_entries(forge.workbook(), [("../evil", b"x")]), id="F-01c parent folder"
        ),
    ],
)
def test_an_oddly_built_package_is_refused(content, tmp_path):
    assert refusal(content, tmp_path).code == "E106"


def test_too_many_parts_are_counted(tmp_path):
    """F-01c"""
    entries = [(f"e{n}", b"") for n in range(limits.ENTRIES)]
    fault = refusal(spoil.with_entries(forge.workbook(), entries), tmp_path)

    assert fault.code == "E221"
    assert int(fault.params["found"]) > int(fault.params["limit"])


def test_only_ordinary_compression_is_unpacked(tmp_path):
    """F-01c: lzma may ask for any amount of memory."""
    path = tmp_path / "报表.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")

    with pytest.raises(Unreadable) as refused:
        identify(path, path.name, Faults())
    assert refused.value.fault.code == "E106"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_workbook_is_reported_as_incomplete(share, tmp_path):
    """F-08"""
    assert refusal(spoil.truncate(forge.workbook(), share), tmp_path).code == "E102"


def test_a_file_over_the_limit_is_refused_unread(tmp_path):
    """F-10"""
    fault = refusal(b"\0" * (limits.FILE_SIZE + 1), tmp_path)

    assert (fault.code, fault.params["limit"]) == ("E107", "10")


@pytest.mark.parametrize("sheet", ["xl/worksheets/sheet2.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_entities_are_refused_in_every_part(sheet, tmp_path):
    """F-02"""
    reading = read(forge.saved(spoil.with_entity_bomb(forge.workbook(), sheet), tmp_path))

    assert [fault.code for fault in reading.faults] == ["E103"]


def test_a_sheet_cannot_include_local_files(tmp_path):
    """F-03"""
    secret = forge.saved("机密".encode(), tmp_path, "secret")
    reading = read(forge.saved(spoil.with_external_entity(forge.workbook(), secret), tmp_path))

    assert [fault.code for fault in reading.faults] == ["E103"]
    assert "机密" not in str(reading)


def test_references_to_other_files_are_advisory(tmp_path):
    """F-13"""
    content = forge.with_part(forge.workbook(), "xl/externalLinks/externalLink1.xml", "<x/>")
    reading = read(forge.saved(content, tmp_path))

    assert reading.lines == 3
    assert "W194" in [fault.code for fault in reading.faults]


def test_nothing_is_ever_extracted_or_decoded_by_guess():
    """F-01c, F-21"""
    source = "".join(path.read_text() for path in Path(container.__file__).parents[1].rglob("*.py"))

    assert not re.findall(r"extract\w*\(|[\"'](?:ignore|replace|surrogateescape)[\"']", source)


CLEAN = forge.workbook()


@settings(max_examples=examples(150), deadline=None)
@given(content=st.binary(max_size=400))
def test_random_bytes_never_raise_an_error(content, tmp_path_factory):
    """F-09"""
    reading = read(forge.saved(content, tmp_path_factory.getbasetemp(), "random"))

    assert reading.faults


@settings(max_examples=examples(150), deadline=None)
@given(at=st.integers(0, len(CLEAN) - 1), byte=st.integers(0, 255), cut=st.integers(0, len(CLEAN)))
def test_a_damaged_workbook_never_raises_an_error(at, byte, cut, tmp_path_factory):
    """F-09"""
    spoilt = CLEAN[:at] + bytes([byte]) + CLEAN[at + 1 :]
    folder = tmp_path_factory.getbasetemp()

    read(forge.saved(spoilt, folder, "spoilt"))
    assert read(forge.saved(CLEAN[:cut], folder, "cut")).tables == {} or cut == len(CLEAN)
