"""What a file of the register may not be: each refusal is in words, and names its place."""

import io
import re
import zipfile

import openpyxl
import pytest

from enterprises.register.file_format import REQUIRED
from foundation.exporting import csv_bytes
from tests.enterprises.register.test_resources import error_of, register, upload
from tests.factories import credit_code


@pytest.fixture
def forged():
    """Change the sheet's XML of a workbook."""

    def forge(content, change):
        out = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(content)) as old,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for name in old.namelist():
                data = old.read(name)
                new.writestr(name, change(data) if "worksheets/sheet1" in name else data)
        return out.getvalue()

    return forge


def test_unknown_missing_and_repeated_headings_are_all_named(keeper):
    content = csv_bytes(["企业名称", "法人", "企 业 名 称", "备注"], [["甲", "乙", "丙", "丁"]])
    assert error_of(upload(keeper, content)) == (
        "Unknown headings: 法人、备注. Missing headings: 统一社会信用代码、所在城市. "
        "Headings that stand twice: 企业名称."
    )


def test_headings_are_matched_after_folding(keeper, written):
    headings = ["所在 城市", "统一社会\n信用代码", "企业名称　"]
    page = upload(keeper, written(headings, [["济南市", credit_code(), "甲"]]))
    assert page.context["confirm_form"]


def test_gb18030_and_utf8_without_bom_are_read(keeper):
    text = register([credit_code(), "甲", "济南市"]).decode("utf-8-sig")
    for encoding in ("utf-8", "gb18030"):
        assert len(upload(keeper, text.encode(encoding)).context["result"].new()) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xff\xff\xff", "neither an .xlsx workbook nor text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old .xls"),
        (b"PK\x03\x04damaged", "cannot be read"),
        (b"\n\n", "Missing headings"),
    ],
)
def test_other_files_are_refused_in_words(keeper, content, words):
    assert words in error_of(upload(keeper, content))


def test_a_file_of_headings_alone_is_refused(keeper, written):
    assert error_of(upload(keeper, written(REQUIRED, [])))


def test_a_row_longer_than_the_headings_is_refused(keeper, written):
    page = upload(keeper, written(REQUIRED, [[credit_code(), "甲", "济南市", "多"]]))
    assert error_of(page) == "Row 2 is longer than the row of headings."


def workbook(change):
    book = openpyxl.Workbook()
    book.active.append(list(REQUIRED))
    book.active.append([credit_code(905), "甲", "济南市"])
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_formulas_and_error_values_are_refused_at_their_cells(keeper):
    def change(book):
        book.active["B2"] = "=A2"
        book.active["C2"] = "#N/A"

    assert "B2, C2" in error_of(upload(keeper, workbook(change)))


def test_two_filled_sheets_are_refused_and_an_empty_second_one_is_not(keeper):
    page = upload(keeper, workbook(lambda book: book.create_sheet("二").append(["x"])))
    assert "Several sheets" in error_of(page)
    assert upload(keeper, workbook(lambda book: book.create_sheet("二"))).context["confirm_form"]


def test_a_workbook_that_says_it_is_one_cell_is_read_whole(keeper, forged):
    content = forged(
        workbook(lambda book: None),
        lambda sheet: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', sheet),
    )
    assert len(upload(keeper, content).context["result"].new()) == 1


def test_a_workbook_too_large_when_unpacked_is_refused(keeper, forged):
    content = forged(
        workbook(lambda book: None),
        lambda sheet: sheet.replace(b"</sheetData>", b"</sheetData>" + b" " * 60 * 1024 * 1024),
    )
    assert len(content) < 1024 * 1024
    assert error_of(upload(keeper, content)) == "This workbook is too large when unpacked."
