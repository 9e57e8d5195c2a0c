"""
Every way a file can be wrong as a whole, from the upload page to the marked workbook.

None gives an error page, a submission that hangs, a lost original or a process that swells; the
fixture hand_in asks for that. Here stands what is said, and at which cell.
"""

import io
import random

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from submissions.intake.marked_workbook import marked_name, marked_workbook
from submissions.models import Submission
from submissions.workbook import limits
from tests.submissions.fault_catalogue import forge, forge_binary, spoil
from tests.submissions.fault_catalogue.faults import fault, made, said

CLEAN = forge.workbook()
CSV = forge.as_csv()
XLS = forge_binary.as_xls(CLEAN)
XLS_WITH_PASSWORD = forge_binary.as_xls(CLEAN, before=forge_binary.password())


def random_bytes():
    return random.Random(311).randbytes(50_000)


def sheets(count):
    return forge.workbook(edit=lambda book: [book.create_sheet(f"s{n}") for n in range(count)])


def with_types(mark):
    of_main = f'PartName="/xl/workbook.xml" ContentType="application/{mark}+xml"'
    types = f"<Types><Override {of_main}/></Types>"
    return forge.with_part(CLEAN, "[Content_Types].xml", types)


def with_parts(**named):
    """The clean workbook with parts whose names begin with xl/."""
    return forge.package(forge.parts(CLEAN) | {f"xl/{name}": part for name, part in named.items()})


CONTAINERS = [
    fault("F-01", "zip bomb of 1 GiB", spoil.large_zip_bomb, "E101"),
    fault("F-01", "zip bomb of 11 MiB", lambda: spoil.zip_bomb(11), "E223"),
    fault("F-01b", "sizes that lie", lambda: spoil.lie_about_size(spoil.zip_bomb(90)), "E102"),
    fault("F-01c", "zip in a zip", lambda: forge.package({"a.xlsx": CLEAN}), "E115"),
    fault(
        "F-01c",
        "10,000 entries",
        lambda: spoil.with_entries(CLEAN, [(f"e{n}", b"") for n in range(10_000)]),
        "E221",
    ),
    fault("F-01c", "../", lambda: spoil.with_entries(CLEAN, [("../../evil", b"x")]), "E106"),
    fault("F-01c", "/etc", lambda: spoil.with_entries(CLEAN, [("/etc/evil", b"x")]), "E106"),
    fault("F-01c", "symbolic link", lambda: spoil.with_symlink(CLEAN), "E102"),
    fault("F-01c", "an entry twice", lambda: spoil.with_duplicate_entry(CLEAN), "E106"),
    fault("F-01c", "an encrypted entry", lambda: spoil.encrypted_entry(CLEAN), "E106"),
    fault("F-02", "billion laughs in a sheet", lambda: spoil.with_entity_bomb(CLEAN), "E103"),
    fault(
        "F-02",
        "billion laughs in shared texts",
        lambda: spoil.with_entity_bomb(spoil.with_shared_strings(CLEAN), "xl/sharedStrings.xml"),
        "E103",
    ),
    fault("F-04", "dimension of all", lambda: spoil.with_dimension(CLEAN, "A1:XFD1048576")),
    fault("F-05", "dimension A1", lambda: spoil.with_dimension(CLEAN, "A1")),
    fault("F-05", "dimension A1:C2", lambda: spoil.with_dimension(CLEAN, "A1:C2")),
    fault("F-05", "no dimension", lambda: spoil.with_dimension(CLEAN, None)),
    fault("F-06", "stray far away", lambda: spoil.with_stray_cell(CLEAN), "W129 XFD1048576"),
    fault(
        "F-06",
        "stray in row 60,000",
        lambda: spoil.with_stray_cell(CLEAN, "A60000", "孤立"),
        "W129 A60000",
    ),
    fault("F-07", "a million empty rows", lambda: spoil.with_empty_rows(CLEAN, 1_000_000)),
    *(
        fault(
            "F-08", f"cut at {share:.0%}", lambda share=share: spoil.truncate(CLEAN, share), "E102"
        )
        for share in (0.1, 0.5, 0.9, 0.99)
    ),
    fault("F-09", "one byte", b"\x00", "E124 A1"),
    fault("F-09", "blanks", b" \r\n", "E105"),
    fault("F-09", "random bytes", random_bytes, "E119"),
    fault("F-09", "random bytes after PK", lambda: b"PK\x03\x04" + random_bytes(), "E102"),
]

OTHER_TYPES = [
    fault("F-11", "HTML", spoil.as_html_xls(), "E111", name="报表.xls"),
    fault("F-11", "HTML in UTF-16", "<html></html>".encode("utf-16"), "E111", name="报表.xls"),
    fault("F-11", "MHTML", spoil.as_mhtml(), "E111", name="报表.xls"),
    fault("F-11", "XML of 2003", spoil.as_xml_2003(), "E118", name="报表.xls"),
    fault("F-12", "xlsx named .xls", CLEAN, "W112", name="报表.xls"),
    fault("F-12", "xlsx named .csv", CLEAN, "W112", name="报表.csv"),
    fault("F-12", "xls named .xlsx", XLS, "W112"),
    fault("F-12", "xls named .csv", XLS, "W112", name="报表.csv"),
    fault("F-12", "csv named .xlsx", CSV, "W112", "W139"),
    fault("F-12", "csv named .xls", CSV, "W112", "W139", name="报表.xls"),
    fault("F-13", "macros", lambda: spoil.with_vba(CLEAN), "E113"),
    fault(
        "F-13",
        ".xlsm",
        lambda: with_types("vnd.ms-excel.sheet.macroEnabled.main"),
        "E113",
        name="报表.xlsm",
    ),
    fault("F-13", "other files", lambda: with_parts(**{"externalLinks/e1.xml": b"<x/>"}), "W194"),
    fault(
        "F-13",
        "DDE",
        lambda: with_parts(**{"externalLinks/e1.xml": b'<ddeLink ddeService="cmd"/>'}),
        "W194",
    ),
    fault("F-13", "OLE object", lambda: with_parts(**{"embeddings/o.bin": spoil.ole("Package")})),
    fault("F-14", "password", spoil.ole("EncryptionInfo", "EncryptedPackage"), "E114"),
    fault("F-15", ".wps", spoil.ole("WordDocument"), "E115", name="报表.wps"),
    fault(
        "F-15",
        ".ods",
        lambda: forge.package({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        "E117",
        name="报表.ods",
    ),
    fault("F-15", ".numbers", lambda: forge.package({"Index/Document.iwa": b"x"}), "E117"),
    fault("F-15", ".pdf", b"%PDF-1.7", "E115", name="报表.pdf"),
    fault("F-15", ".rar", b"Rar!\x1a\x07\x00", "E115", name="报表.rar"),
    fault("F-15", ".zip", lambda: forge.package({"报表.xlsx": CLEAN}), "E115", name="报表.zip"),
    fault("F-15", "picture", b"\x89PNG\r\n\x1a\n", "E115", name="报表.png"),
    fault("F-16", "types of .docx", lambda: with_types("wordprocessingml.document.main"), "E115"),
    fault("F-16", "types of .pptx", lambda: with_types("presentationml.presentation.main"), "E115"),
    fault(
        "F-16",
        "no worksheet",
        lambda: forge.with_part(
            CLEAN,
            "xl/_rels/workbook.xml.rels",
            forge.parts(CLEAN)["xl/_rels/workbook.xml.rels"].replace(
                b"relationships/worksheet", b"relationships/chartsheet"
            ),
        ),
        "E116",
    ),
    fault("F-17", ".xls", XLS, name="报表.xls"),
    fault("F-17", ".et", XLS, name="报表.et"),
    fault("F-17", "no records", spoil.ole("Workbook"), "E102", name="报表.xls"),
    fault("F-17", "broken records", b"\x09\x08\x10\x00\x00\x06\xff\xff", "E102", name="报表.xls"),
    fault("F-17", "a password", XLS_WITH_PASSWORD, "E114", name="报表.xls"),
    fault("F-17", "macros", lambda: spoil.ole("Workbook", "_VBA_PROJECT_CUR"), "E113"),
    fault(
        "F-17",
        "other files",
        lambda: forge_binary.as_xls(CLEAN, before=forge_binary.link()),
        "W194",
        name="报表.xls",
    ),
]


@pytest.mark.parametrize(("content", "name", "expected"), [*CONTAINERS, *OTHER_TYPES])
def test_a_faulty_file(hand_in, content, name, expected):
    assert said(hand_in(made(content), name)) == sorted(expected)


def test_an_open_document_workbook_is_refused_with_the_way_to_save_it(hand_in):
    """F-15"""
    content = forge.package({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"})
    finding = hand_in(content, "报表.ods").findings.get()

    assert "a workbook of another kind (.ods)" in finding.message
    assert "Excel 2007–365" in finding.remedy


def test_the_marked_workbook_of_an_old_one_is_an_xlsx(hand_in):
    """F-17"""
    content = forge_binary.as_xls(forge.workbook(enterprises=[forge.enterprise(1, revenue="12万")]))
    submission = hand_in(content, "报表.xls")
    marked = openpyxl.load_workbook(io.BytesIO(marked_workbook(submission).bytes))

    assert "E146 E5" in said(submission)
    assert "E146" in marked["企业明细"]["E5"].comment.text
    assert marked_name("报表.xls") == "报表（marked）.xlsx"


def test_a_file_of_ours_is_never_shown(hand_in, client, tmp_path, caplog):
    """F-03"""
    secret = forge.saved(b"top secret", tmp_path, "secret")
    submission = hand_in(spoil.with_external_entity(CLEAN, secret))

    assert said(submission) == ["E103"]
    page = client.get(submission.get_absolute_url()).content.decode()
    marked = b"".join(client.get(f"{submission.get_absolute_url()}marked/"))
    everything = [page, caplog.text, str(list(submission.findings.values()))]
    everything += [part.decode(errors="replace") for part in forge.parts(marked).values()]
    assert not [text for text in everything if "top secret" in text]


def test_an_empty_and_a_too_large_file_are_reported_on_the_upload_page(client, officer, period):
    """F-09, F-10"""
    client.force_login(officer)

    for content, status in ((b"", 422), (b"0" * (11 * limits.MIB), 413)):
        file = SimpleUploadedFile("报表.xlsx", content)
        answer = client.post("/submissions/new/", {"file": file, "period": "2025Q3"})
        assert answer.status_code == status
        assert answer.context["form"].errors["file"]
    assert not Submission.objects.exists()


@pytest.mark.parametrize("size", [2_000, 15_000_000])
def test_a_file_sent_as_base64_is_counted_as_it_comes_out(client, officer, period, size):
    """F-10: CVE-2026-33033. Django decodes such a part piece by piece."""
    client.force_login(officer)
    head = (
        '--x\r\nContent-Disposition: form-data; name="period"\r\n\r\n2025Q3\r\n'
        '--x\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n'
        "Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    body = head.encode() + b"MDAw" * (size // 3) + b"\r\n--x--\r\n"
    answer = client.post("/submissions/new/", body, content_type="multipart/form-data; boundary=x")

    assert answer.status_code == (302 if size < limits.FILE_SIZE else 413)
