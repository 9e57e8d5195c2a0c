"""What leaves opens in a spreadsheet, and runs in none."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from foundation.exporting import csv_bytes, unguarded, xlsx_bytes

TRIGGERS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\n=1",
    "＝1",
    "＋1",
    "－1",
    "＠a",
    " =1",
    "\u200b=1",
]
# Text as a database can hold it, with what starts a formula more often than by chance.
texts = st.tuples(
    st.sampled_from(
        ["", "=", "+", "-", "@", "＝", "＋", "－", "＠", "'", "''=", "' =", "\t", "\n"]
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")),
).map("".join)


def rows_of_csv(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def cells_of_xlsx(content):
    return list(load_workbook(io.BytesIO(content)).active.iter_rows())


@pytest.mark.parametrize("text", TRIGGERS)
def test_text_like_a_formula_is_guarded_in_csv(text):
    assert rows_of_csv(csv_bytes(["名称"], [[text]]))[1] == [f"'{text}"]


@pytest.mark.parametrize("text", TRIGGERS)
def test_headings_are_guarded_too(text):
    assert rows_of_csv(csv_bytes([text], []))[0] == [f"'{text}"]
    assert cells_of_xlsx(xlsx_bytes("表", [text], []))[0][0].data_type == "s"


@pytest.mark.parametrize("text", TRIGGERS)
def test_text_like_a_formula_stays_text_in_xlsx(text):
    cell = cells_of_xlsx(xlsx_bytes("表", ["名称"], [[text]]))[1][0]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", text, True)


def test_numbers_stay_numbers_a_negative_one_too():
    row = [-3, Decimal("-12.50"), Decimal("1E+3"), None]
    assert rows_of_csv(csv_bytes(["a", "b", "c", "d"], [row]))[1] == ["-3", "-12.50", "1000", ""]
    cells = cells_of_xlsx(xlsx_bytes("表", ["a", "b", "c", "d"], [row]))[1]
    assert [c.data_type for c in cells] == ["n"] * 4
    assert [c.value for c in cells] == [-3, -12.5, 1000, None]


def test_csv_says_that_it_is_utf8_and_ends_its_lines_as_spreadsheets_do():
    content = csv_bytes(["名称"], [["济南"]])
    assert content == b"\xef\xbb\xbf" + "名称\r\n济南\r\n".encode()


def test_a_code_of_digits_is_in_text_format():
    cell = cells_of_xlsx(xlsx_bytes("表", ["代码"], [["370100000000000000"]]))[1][0]
    assert (cell.value, cell.data_type, cell.number_format) == ("370100000000000000", "s", "@")


def test_days_and_moments_are_the_provinces():
    row = [date(2025, 9, 30), datetime(2025, 9, 30, 18, tzinfo=UTC)]
    assert rows_of_csv(csv_bytes(["a", "b"], [row]))[1] == [
        "2025-09-30",
        "2025-10-01T02:00:00+08:00",
    ]
    cells = cells_of_xlsx(xlsx_bytes("表", ["a", "b"], [row]))[1]
    assert [c.value for c in cells] == [datetime(2025, 9, 30), datetime(2025, 10, 1, 2)]  # noqa: DTZ001


def test_what_no_file_can_hold_is_left_out():
    dirty = "a\0b\x1bc\ud800d\uffffe"
    assert rows_of_csv(csv_bytes(["n"], [[dirty]]))[1] == ["abcde"]
    assert cells_of_xlsx(xlsx_bytes("表", ["n"], [[dirty]]))[1][0].value == "abcde"


def test_a_text_over_the_limit_of_a_cell_is_cut_visibly():
    value = cells_of_xlsx(xlsx_bytes("表", ["n"], [["长" * 40_000]]))[1][0].value
    assert len(value) == 32_767
    assert value.endswith("…")


def test_a_title_that_no_sheet_may_bear_is_corrected():
    content = xlsx_bytes("2025/Q3: [企业]*?" + "长" * 40, ["n"], [])
    assert load_workbook(io.BytesIO(content)).active.title.startswith("2025 Q3   企业")


@given(st.lists(texts, min_size=1, max_size=5))
def test_every_text_comes_back_from_csv_as_it_was(row):
    content = csv_bytes(["n"] * len(row), [row])
    assert [unguarded(cell) for cell in rows_of_csv(content)[1]] == row


@given(st.lists(texts, min_size=1, max_size=5))
def test_every_text_comes_back_from_xlsx_as_it_was_and_never_as_a_formula(row):
    cells = cells_of_xlsx(xlsx_bytes("表", ["n"] * len(row), [row]))[1]
    assert not [c for c in cells if c.data_type == "f"]
    assert [c.value or "" for c in cells] == row
