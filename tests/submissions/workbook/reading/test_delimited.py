"""A csv of enterprise lines."""

import pytest

from submissions.workbook.reading.workbook import read
from tests.submissions.fault_catalogue import forge

RARE = "㛃镕𠮷环保有限公司"
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"]


def reading_of(content, tmp_path):
    return read(forge.saved(content, tmp_path, "报表.csv"))


def codes(reading):
    return [fault.code for fault in reading.faults]


def meanings(reading):
    return [
        {name: value.value for name, value in line.values.items()}
        for line in reading.tables["enterprises"].lines
    ]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_every_encoding_and_delimiter_gives_the_same_reading(encoding, delimiter, tmp_path):
    """F-20"""
    expected = read(forge.saved(forge.workbook(with_city=False), tmp_path))
    reading = reading_of(forge.as_csv(encoding=encoding, delimiter=delimiter), tmp_path)

    assert reading.form == "csv"
    assert codes(reading) == ["W139"]
    assert meanings(reading) == meanings(expected)
    assert reading.tables["enterprises"].period.value == "2025Q3"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_rare_characters_survive(encoding, tmp_path):
    """F-20"""
    lines = [forge.enterprise(1, name=RARE)]
    reading = reading_of(forge.as_csv(lines, encoding), tmp_path)

    assert meanings(reading)[0]["name"] == RARE


def test_gbk_that_is_also_utf_8_is_recognised_by_its_headings(tmp_path):
    """F-20: 一 is D2 BB, which is a letter in UTF-8 too; the headings are not."""
    lines = [forge.enterprise(1, name="一业")]
    reading = reading_of(forge.as_csv(lines, "gb18030"), tmp_path)

    assert meanings(reading)[0]["name"] == "一业"


@pytest.mark.parametrize("encoding", ["big5", "shift_jis"])
def test_another_encoding_is_refused_with_its_line(encoding, tmp_path):
    """F-21"""
    text = "統一社會信用代碼,企業名稱\r\n1,臺灣公司\r\n"
    reading = reading_of(text.encode(encoding, "xmlcharrefreplace") + b"\xff\xff", tmp_path)

    assert codes(reading) == ["E121"]
    assert reading.tables == {}


def test_a_broken_byte_is_refused_with_line_and_byte(tmp_path):
    """F-21"""
    content = forge.as_csv(encoding="utf-8", end="\n").replace(
        "示例园区".encode(), b"A\xff\xffB", 1
    )
    fault = reading_of(content, tmp_path).faults[0]

    assert (fault.code, fault.cell, fault.params["line"]) == ("E121", "A5", "5")
    line = content.split(b"\n")[4]
    assert line[int(fault.params["byte"]) - 1] == 0xFF


@pytest.mark.parametrize(("first", "second"), [("utf-8", "gb18030"), ("gb18030", "utf-8")])
def test_two_encodings_in_one_file_are_refused(first, second, tmp_path):
    """F-22"""
    head = forge.as_csv([forge.enterprise(1)], first)
    tail = forge.as_csv([forge.enterprise(2)], second).split(b"\r\n")[4]
    fault = reading_of(head + tail, tmp_path).faults[0]

    assert (fault.code, fault.params["line"]) == ("E121", "6")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_ending_is_read(end, tmp_path):
    """F-23"""
    assert reading_of(forge.as_csv(end=end), tmp_path).lines == 3


def test_a_line_break_in_a_cell_does_not_shift_addresses(tmp_path):
    """F-23"""
    lines = [forge.enterprise(1, remark="第一行\n第二行"), forge.enterprise(2, revenue="12万")]
    reading = reading_of(forge.as_csv(lines), tmp_path)

    assert [line.row for line in reading.tables["enterprises"].lines] == [5, 6]
    assert [fault.cell for fault in reading.faults if fault.code == "E146"] == ["E6"]


def test_blank_lines_count_as_rows(tmp_path):
    content = forge.as_csv().replace(b"\r\n91", b"\r\n\r\n\r\n91", 1)
    reading = reading_of(content, tmp_path)

    assert [line.row for line in reading.tables["enterprises"].lines] == [7, 8, 9]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("示例园区,1001", "示例园区,1,001", id="a comma too many"),
        pytest.param("示例园区,1001", "1001", id="a comma too few"),
    ],
)
@pytest.mark.parametrize("remark", ["是", None])
def test_a_row_with_other_fields_than_its_headings_is_not_read(old, new, remark, tmp_path):
    """F-23"""
    lines = [forge.enterprise(1, remark=remark), forge.enterprise(2)]
    content = forge.as_csv(lines).decode().replace(old, new).encode()
    reading = reading_of(content, tmp_path)

    assert [(f.code, f.cell) for f in reading.faults if f.code == "E122"] == [("E122", "A5")]
    assert [line.row for line in reading.tables["enterprises"].lines] == [6]


@pytest.mark.parametrize(
    "broken", ['"示例园区', '"示例"园区', '"' + "长" * 140_000], ids=["open", "middle", "endless"]
)
def test_an_open_quotation_mark_is_refused_with_its_line(broken, tmp_path):
    """F-23"""
    content = forge.as_csv().decode().replace("示例园区", broken, 1).encode()
    fault = reading_of(content, tmp_path).faults[0]

    assert (fault.code, fault.cell, fault.params["line"]) == ("E123", "A5", "5")


def test_a_nul_is_refused_with_its_line(tmp_path):
    """F-23"""
    content = forge.as_csv().replace("示例园区".encode(), b"a\0b", 1)
    fault = reading_of(content, tmp_path).faults[0]

    assert (fault.code, fault.params["line"]) == ("E124", "5")


def test_a_delimiter_of_full_width_is_none(tmp_path):
    """F-23"""
    assert "E126" in codes(reading_of(forge.as_csv().replace(b",", "，".encode()), tmp_path))


def test_a_code_spoilt_by_excel_is_not_restored(tmp_path):
    """F-40"""
    reading = reading_of(forge.as_csv([forge.enterprise(1, credit_code="9.137E+17")]), tmp_path)

    assert [(f.code, f.cell) for f in reading.faults if f.code[0] == "E"] == [("E141", "A5")]
