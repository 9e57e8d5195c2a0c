"""The register's file, read in a child process: whatever it is, in words and within the limits."""

import io
import json
import re
import time
import zipfile

import openpyxl
import pytest

from enterprises.register.reading import limits, reading_sandbox
from enterprises.register.reading.reading_sandbox import UnreadableRegister, read_register
from enterprises.register.reading.register_file import REQUIRED
from foundation.exporting import csv_bytes
from submissions.workbook.sandbox import result_of
from tests.enterprises.register.cast import dataset_of, register
from tests.factories import credit_code
from tests.submissions.fault_catalogue import forge, spoil

SHEET = "xl/worksheets/sheet1.xml"
PRINTS_ON = """
print('["a"]')
while True: print('[1,"' + 'x' * 99999 + '"]')
"""


def error_of(content):
    with pytest.raises(UnreadableRegister) as refused:
        dataset_of(content)
    return str(refused.value)


def test_unknown_missing_and_repeated_headings_are_all_named():
    content = csv_bytes(["企业名称", "法人", "企 业 名 称", "备注"], [["甲", "乙", "丙", "丁"]])
    assert error_of(content) == (
        "Unknown headings: 法人、备注. Missing headings: 统一社会信用代码、所在城市. "
        "Headings that stand twice: 企业名称."
    )


def test_headings_are_matched_after_folding(written):
    headings = ["所在 城市", "统一社会\n信用代码", "企业名称　"]
    found = dataset_of(written(headings, [["济南市", credit_code(), "甲"]]))
    assert found.headers[:3] == ["所在城市", "统一社会信用代码", "企业名称"]


def test_gb18030_and_utf8_without_bom_are_read():
    text = register([credit_code(), "甲", "济南市"]).decode("utf-8-sig")
    for encoding in ("utf-8", "gb18030"):
        assert dataset_of(text.encode(encoding))["企业名称"] == ["甲"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xff\xff\xff", "neither an .xlsx workbook nor text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old .xls"),
        (b"PK\x03\x04damaged", "cannot be read"),
        (b"\n\n", "Missing headings"),
    ],
)
def test_other_files_are_refused_in_words(content, words):
    assert words in error_of(content)


def test_a_file_of_headings_alone_is_refused(written):
    assert error_of(written(REQUIRED, []))


def test_a_row_longer_than_the_headings_is_refused(written):
    content = written(REQUIRED, [[credit_code(), "甲", "济南市", "多"]])
    assert error_of(content) == "Row 2 is longer than the row of headings."


def workbook(change):
    book = openpyxl.Workbook()
    book.active.append(list(REQUIRED))
    book.active.append([credit_code(905), "甲", "济南市"])
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_formulas_and_error_values_are_refused_at_their_cells():
    def change(book):
        book.active["B2"] = "=A2"
        book.active["C2"] = "#N/A"

    assert "B2, C2" in error_of(workbook(change))


def test_two_filled_sheets_are_refused_and_an_empty_second_one_is_not():
    filled = workbook(lambda book: book.create_sheet("二").append(["x"]))
    assert "Several sheets" in error_of(filled)
    assert len(dataset_of(workbook(lambda book: book.create_sheet("二")))) == 1


def test_a_workbook_that_says_it_is_one_cell_is_read_whole(forged):
    content = forged(
        workbook(lambda book: None),
        lambda sheet: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', sheet),
    )
    assert len(dataset_of(content)) == 1


def test_a_workbook_too_large_when_unpacked_is_refused(forged):
    content = forged(
        workbook(lambda book: None),
        lambda sheet: sheet.replace(b"</sheetData>", b"</sheetData>" + b" " * 60 * 1024 * 1024),
    )
    assert len(content) < 1024 * 1024
    assert error_of(content) == "This workbook is too large when unpacked."


# ---- evil files ----------------------------------------------------------------------------


def many_shared_strings(count):
    """A small workbook that unpacks to very many texts which no cell uses."""
    parts = forge.parts(spoil.with_shared_strings(forge.workbook()))
    name = next(one for one in parts if "sharedStrings" in one)
    many = b"".join(b"<si><t>%d</t></si>" % (number % 7) for number in range(count))
    return forge.package(parts | {name: parts[name].replace(b"</sst>", many + b"</sst>")})


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(lambda: spoil.zip_bomb(120), id="zip bomb"),
        pytest.param(lambda: many_shared_strings(2_700_000), id="shared strings"),
        pytest.param(
            lambda: spoil.with_entity_bomb(workbook(lambda book: None), SHEET), id="entity bomb"
        ),
        pytest.param(lambda: spoil.truncate(workbook(lambda book: None), 0.5), id="cut short"),
        pytest.param(lambda: b"\n" * 5_000_000, id="blank lines"),
        pytest.param(lambda: register(*[["1", "2", "3"]] * 20_001), id="too many rows"),
        pytest.param(lambda: register(["1", "aXb", "3"]).replace(b"X", b"\0"), id="NUL"),
    ],
)
def test_an_evil_file_is_refused_within_the_limits(content):
    evil = content()
    started = time.monotonic()
    assert error_of(evil)
    assert time.monotonic() - started < limits.CHILD_WALL_SECONDS


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(
            lambda xml: xml.replace(
                b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"/></row></sheetData>'
            ),
            id="far cell",
        ),
        pytest.param(
            lambda xml: xml.replace(b"</sheetData>", b"<row/>" * 1_000_000 + b"</sheetData>"),
            id="a million empty rows",
        ),
    ],
)
def test_what_costs_much_is_read_within_the_limits(change, forged):
    content = forged(workbook(lambda book: None), change)
    started = time.monotonic()
    assert len(dataset_of(content)) == 1
    assert time.monotonic() - started < limits.CHILD_WALL_SECONDS


@pytest.mark.parametrize(
    ("code", "words"),
    [
        pytest.param("import os; os.abort()", "cannot be read", id="crashes"),
        pytest.param("print('garbage')", "cannot be read", id="prints garbage"),
        pytest.param("print('[1]')", "cannot be read", id="breaks off"),
        pytest.param("print('5')", "cannot be read", id="lies"),
        pytest.param('print(\'{"fault":"none"}\')', "cannot be read", id="unknown fault"),
        pytest.param("pass", "cannot be read", id="says nothing"),
        pytest.param("import time; time.sleep(60)", "more time or memory", id="hangs"),
        pytest.param(PRINTS_ON, "more time or memory", id="prints on"),
        pytest.param("import os; os.kill(os.getpid(), 9)", "more time or memory", id="is killed"),
    ],
)
def test_a_failing_child_is_a_refusal_in_words(code, words, tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "CHILD_OUTPUT", 5 * limits.MIB)
    program = tmp_path / "child.py"
    program.write_text(code)
    with pytest.raises(UnreadableRegister, match=words):
        result_of(read_register(b"x", program=program, seconds=1))


def test_the_child_limits_itself_and_has_no_secrets_and_no_django(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "s3cret")
    program = tmp_path / "child.py"
    program.write_text(f"""
import json, os, resource, runpy, sys
runpy.run_path({str(reading_sandbox.CHILD)!r})
kinds = ["AS", "CPU", "FSIZE", "NOFILE", "CORE"]
found = [resource.getrlimit(getattr(resource, "RLIMIT_" + kind))[1] for kind in kinds]
told = json.dumps([found, dict(os.environ), sorted(sys.modules)])
print(json.dumps({{"fault": "long_row", "row": told}}))
""")
    told = (
        error_from(program)
        .removeprefix("Row ")
        .removesuffix(" is longer than the row of headings.")
    )
    found, environment, modules = json.loads(told)
    assert found == [
        limits.CHILD_MEMORY,
        limits.CHILD_CPU_SECONDS,
        limits.CHILD_FILE_SIZE,
        limits.CHILD_OPEN_FILES,
        0,
    ]
    assert "s3cret" not in str(environment)
    assert not {"django", "sqlite3", "socket"} & set(modules)


def error_from(program):
    with pytest.raises(UnreadableRegister) as refused:
        result_of(read_register(b"x", program=program))
    return str(refused.value)


def test_progress_is_told_and_all_rows_of_the_largest_file_are_read():
    rows = [[credit_code(n), f"示例环保企业{n}", "济南市"] for n in range(limits.ROWS)]
    seen = []

    def watched():
        found = yield from read_register(csv_bytes(REQUIRED, rows))
        seen.append(len(found))

    seen[:0] = [step.read for step in watched()]
    assert seen == sorted(seen)
    assert seen[-1] == limits.ROWS


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
