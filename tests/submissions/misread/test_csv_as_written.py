"""A csv as Excel, WPS and databases write it."""

import csv
import io

import pytest

from tests.submissions.fault_catalogue import forge
from tests.submissions.fault_catalogue.readings import found, meanings, reading_of

LINES = [forge.enterprise(n, park=None, revenue_last_year=None) for n in range(1, 13)]
CLEAN = forge.as_csv(LINES)


def rows_of(content):
    return list(csv.reader(io.StringIO(content.decode())))


def written(rows, *, end="\r\n"):
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator=end).writerows(rows)
    return file.getvalue().encode()


def changed(change):
    """The clean csv with every field of its lines changed."""
    rows = rows_of(CLEAN)
    return written([*rows[:4], *([change(field) for field in row] for row in rows[4:])])


def dropped(rows, after):
    """Rows without their trailing blank fields, from a row on."""
    return [
        row if at < after else row[: max((n for n, f in enumerate(row, 1) if f), default=0)]
        for at, row in enumerate(rows)
    ]


SAME = {
    "I02 equals": changed(lambda field: f'="{field}"' if field else field),
    "equals as a text": changed(lambda field: f'="{field}" ' if len(field) == 18 else field),
    "tabs behind": changed(lambda field: f"{field}\t" if field else field),
    "blanks around": changed(lambda field: f" {field} " if field else field),
    "apostrophes": changed(lambda field: f"'{field}" if len(field) == 18 else field),
    "I04 end mark": CLEAN + b"\x1a",
    "end mark on a line": CLEAN.rstrip() + b"\r\n\x1a\r\n",
    "filled block": CLEAN + b"\x1a" * 300,
    "sep=": b"sep=,\r\n" + CLEAN,
    "sep= quoted": b'"sep=,"\r\n' + CLEAN,
    "SEP= after the mark": b"\xef\xbb\xbfSEP=,\r\n" + CLEAN,
    "sep=|": b"sep=|\r\n" + CLEAN.replace(b",", b"|"),
    "two marks": b"\xef\xbb\xbf" * 2 + CLEAN,
    "NULL": changed(lambda field: field or "NULL"),
    "\\N": changed(lambda field: field or "\\N"),
    "(null)": changed(lambda field: field or "(null)"),
    "all quoted": b"\r\n".join(
        b",".join(b'"' + f.encode() + b'"' for f in row) for row in rows_of(CLEAN)
    ),
    "CR only": CLEAN.replace(b"\r\n", b"\r"),
    "LF only": CLEAN.replace(b"\r\n", b"\n"),
    "thousands": changed(lambda f: f"{int(f):,}" if f.isdecimal() and len(f) < 9 else f),
    "accounting": changed(lambda f: f" {int(f):,}.00 " if f.isdecimal() and len(f) > 3 else f),
    "blank rows": CLEAN + b",,,,,,,,,\r\n" * 5,
    "Unicode text": b"\xff\xfe" + CLEAN.decode().replace(",", "\t").encode("utf-16-le"),
    "GB18030": CLEAN.decode().encode("gb18030"),
}


@pytest.mark.parametrize("content", SAME.values(), ids=SAME)
def test_the_same_lines_however_a_program_writes_them(content, tmp_path):
    reading = reading_of(content, tmp_path, "a.csv")

    assert [code for code, _, _ in found(reading)] == ["W139"]
    clean = reading_of(CLEAN, tmp_path, "b.csv")
    assert meanings(reading.tables["enterprises"]) == meanings(clean.tables["enterprises"])


@pytest.mark.parametrize("after", range(4, 16))
@pytest.mark.parametrize("kept", [0, 1])
def test_blank_fields_left_out_at_the_end_are_blank(after, kept, tmp_path):
    """I01: Excel leaves them out from the seventeenth row of a block on."""
    rows = dropped(rows_of(CLEAN), after)
    rows = [row + [""] * kept if len(row) + kept <= 10 else row for row in rows]
    reading = reading_of(written(rows), tmp_path, "a.csv")

    clean = reading_of(CLEAN, tmp_path, "b.csv")
    assert meanings(reading.tables["enterprises"]) == meanings(clean.tables["enterprises"])
    assert [code for code, _, _ in found(reading)] == ["W232", "W139"]


@pytest.mark.parametrize("at", [0, 1, 2, 3, 4, 5])
def test_a_lost_comma_is_never_taken_for_blanks_left_out(at, tmp_path):
    """A figure in the wrong column is worse than a refusal."""
    rows = rows_of(forge.as_csv([forge.enterprise(n, remark="新建项目") for n in (1, 2, 3)]))
    rows[5][at : at + 2] = [rows[5][at] + rows[5][at + 1]]
    reading = reading_of(written(rows), tmp_path, "a.csv")

    assert ("E122", "企业明细", "A6") in found(reading)
    assert reading.lines == 2


@pytest.mark.parametrize("field", ["park", "output_value"])
def test_a_blank_field_lost_in_the_middle_is_seen_by_what_slipped(field, tmp_path):
    lines = [forge.enterprise(n, **{field: None}) for n in (1, 2, 3)]
    rows = rows_of(forge.as_csv(lines))
    del rows[5][forge.FIELDS["enterprises"].index(field)]
    reading = reading_of(written(rows), tmp_path, "a.csv")

    assert {"E122", "W232"} & {code for code, _, _ in found(reading)}


def test_a_picture_in_a_csv_is_a_picture(tmp_path):
    content = forge.as_csv([forge.enterprise(1, remark='=DISPIMG("ID_1",1)')])

    assert found(reading_of(content, tmp_path, "a.csv"))[0] == ("E149", "企业明细", "J5")
