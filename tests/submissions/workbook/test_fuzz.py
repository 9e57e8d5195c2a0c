"""
Random and hostile content of a file: a reading or a finding, never a crash.

Here a few of the spoilt workbooks; `make fuzz` does 2,000.
"""

import datetime
import io
import random

import openpyxl
import pytest
import time_machine
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from submissions.workbook.protocol import lines, reading
from submissions.workbook.reading.workbook import read
from tests.depth import examples
from tests.fuzz import run
from tests.fuzz.mutants import mutants
from tests.fuzz.rules import raised
from tests.submissions.fault_catalogue import forge, spoil

SEED = 311
NUMBER = 150


def test_spoilt_workbooks_are_read_or_refused_and_nothing_breaks():
    """F-08, F-09"""
    tally = run.fuzz(raised, number=NUMBER, seed=SEED)

    assert tally.errors == []
    assert sum(tally.total(outcome) for outcome in run.OUTCOMES) == NUMBER
    # Chance must not have left the reader's own code alone.
    assert tally.total("findings") > NUMBER / 5
    assert tally.total("clean") > 0


def test_a_seed_spoils_the_same_files_at_any_time():
    with time_machine.travel("2025-10-01T08:00:00Z"):
        earlier = list(mutants(SEED, 20))

    assert list(mutants(SEED, 20)) == earlier


def test_failures_are_counted_and_reported(monkeypatch):
    def broken(_reading):
        raise ZeroDivisionError

    tally = run.fuzz(broken, number=5, seed=SEED)

    assert tally.total("broken") == 5
    assert "ZeroDivisionError" in tally.errors[0]


@pytest.mark.parametrize("at", range(20))
def test_the_upload_page_takes_spoilt_workbooks_too(hand_in, at):
    """F-08, F-09"""
    way, content = list(mutants(SEED, 20))[at]

    assert hand_in(content, f"{way}.xlsx").checked_at


# What people and programs put into cells. What XML cannot hold openpyxl refuses to write.
WRITABLE = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])
TEXTS = st.text(WRITABLE, max_size=30) | st.sampled_from(
    [
        *("", " ", "—", "无", "12万", "约12", "１２，３４", "1,234.50", "NaN", "-inf", "1e999"),
        *("٣", "=1+1", "=SUM(", "#REF!", "TRUE", "合计", "合 计", "其中：", "小计", "注：", "甲"),
        *("2025年6月", "2025.6.31", "26/3/31", "统一社会信用代码", "计量单位：元"),
        *("报告期：2025Q9", "%(x)s", "_x000D_", "_xD800_", "\u200b", "\u202e", "x" * 2001),
        forge.credit_code(1),
    ]
)
NUMBERS = st.integers(-(10**18), 10**18) | st.floats(allow_nan=False, allow_infinity=False)
DAYS = st.dates(datetime.date(1900, 1, 1)) | st.datetimes(datetime.datetime(1900, 1, 1))  # noqa: DTZ001
VALUES = (
    st.none()
    | st.booleans()
    | TEXTS
    | NUMBERS
    | DAYS
    | st.times()
    | st.timedeltas(datetime.timedelta(0), datetime.timedelta(9999))
)
PLACES = st.tuples(
    st.sampled_from(["城市汇总", "企业明细", "园区进展", "集群建设"]),
    st.integers(1, 12),
    st.integers(1, 12),
)


def all_sheets():
    return forge.workbook(
        parks=[{"park": "示例园区", "firms": 12, "output_value": 3.5}],
        blocks=[{"content": "1个研究院", "category": "研究院"}],
    )


def arrived(content, folder, name="报表.xlsx"):
    """The reading of a file, passed through the protocol and checked by the rules."""
    found = read(forge.saved(content, folder, name))
    sent = reading("\n".join(lines(found, None)).encode())
    assert sent == found
    assert found.tables or found.faults
    raised(sent)
    return found


@seed(SEED)
@settings(max_examples=examples(30), deadline=None)
@given(cells=st.dictionaries(PLACES, VALUES, min_size=1, max_size=25))
def test_any_value_in_any_cell_is_read_or_a_fault(cells, tmp_path_factory):
    """F-40, F-44, F-45, F-46, F-46b"""

    def fill(book):
        for (sheet, row, column), value in cells.items():
            book[sheet].cell(row, column).value = value

    arrived(forge.edited(all_sheets(), fill), tmp_path_factory.getbasetemp())


@seed(SEED)
@settings(max_examples=examples(60), deadline=None)
@given(
    kind=st.sampled_from(["", "n", "s", "str", "inlineStr", "b", "e", "d", "x"]),
    style=st.integers(-1, 9),
    formula=st.booleans(),
    text=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)
    | st.sampled_from(["0", "-1", "1", "1E400", "-0.0", "NaN", "45838", "2025-06-30T00:00:00Z"]),
    cell=st.sampled_from(["A5", "B5", "D5", "E6", "H5", "I7", "D4"]),
)
def test_any_element_in_a_cell_is_read_or_a_fault(
    kind, style, formula, text, cell, tmp_path_factory
):
    """F-42, F-43, F-45, F-46b: also what no program of ours writes."""
    said = text.replace("&", "&amp;").replace("<", "&lt;")
    value = f"<is><t>{said}</t></is>" if kind == "inlineStr" else f"<v>{said}</v>"
    made = f"<f>A1</f>{value}" if formula else value
    element = f'<c r="{cell}" t="{kind}" s="{style}">{made}</c>'
    content = spoil.with_raw_cell(all_sheets(), cell, element)

    arrived(content, tmp_path_factory.getbasetemp())


@seed(SEED)
@settings(max_examples=examples(60), deadline=None)
@given(
    cells=st.dictionaries(st.tuples(st.integers(0, 9), st.integers(0, 9)), TEXTS, max_size=15),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    delimiter=st.sampled_from([",", "\t", ";"]),
)
def test_any_text_in_a_csv_is_read_or_a_fault(cells, encoding, delimiter, tmp_path_factory):
    """F-20, F-23"""
    rows = [line.split(",") for line in forge.as_csv().decode().splitlines()]
    for (row, column), text in cells.items():
        if row < len(rows):
            rows[row][column] = text
    content = "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)

    arrived(content, tmp_path_factory.getbasetemp(), "报表.csv")


def test_a_value_that_is_written_and_read_is_the_same(tmp_path):
    """F-44: the figures of a thousand firms, through openpyxl and our reader."""
    chance = random.Random(SEED)
    figures = [round(chance.uniform(0, 10**9), chance.randint(0, 4)) for _ in range(1000)]
    book = openpyxl.load_workbook(io.BytesIO(forge.workbook(enterprises=[])))
    for row, figure in enumerate(figures, start=5):
        line = forge.enterprise(row, output_value=figure, revenue=f"{figure:,.4f}")
        for column, name in enumerate(forge.FIELDS["enterprises"], start=1):
            book["企业明细"].cell(row, column).value = line[name]
    file = io.BytesIO()
    book.save(file)
    table = read(forge.saved(file.getvalue(), tmp_path)).tables["enterprises"]

    assert len(table.lines) == 1000
    for line, figure in zip(table.lines, figures, strict=True):
        assert float(line.get("output_value")) == pytest.approx(figure * 10_000)
        assert line.get("revenue") == line.get("output_value")
