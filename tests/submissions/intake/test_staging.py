from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from submissions.intake.staging import as_text, stage
from submissions.models import StagedRow
from submissions.workbook.contents import Line, Reading, SheetTable, Value
from tests.submissions.cast import make_row, make_submission

SHEET = "企业明细"


def reading_of(**values):
    """A reading of one enterprise line in row 7, its cells from A on."""
    cells = {
        name: Value(value, f"{chr(65 + at)}7", "")
        for at, (name, value) in enumerate(values.items())
    }
    return Reading({"enterprises": SheetTable("enterprises", SHEET, lines=[Line(7, cells)])})


@pytest.fixture
def staged(db):
    """Stage a reading of one line; return its row."""
    submission = make_submission()

    def act(**values):
        with transaction.atomic():
            stage(submission, reading_of(**values))
        return StagedRow.objects.get(submission=submission)

    return act


def test_a_row_keeps_each_value_and_its_cell(staged):
    row = staged(credit_code="X1", revenue=Decimal("12345000.50"), park=None)

    assert (row.kind, row.sheet, row.row, row.key) == ("enterprises", SHEET, 7, "X1")
    assert row.values == {"credit_code": "X1", "revenue": "12345000.50", "park": None}
    assert row.cells == {"credit_code": "A7", "revenue": "B7", "park": "C7"}


@pytest.mark.parametrize(
    "text",
    ["a\tb\nc\rd", "\\N", "\\.", "\\u0041 \\\\", "\"'{}%s%(x)s", "𠮷㛃镕", "\x01\x1f", "a\0b"],
)
def test_any_text_comes_back_as_it_was(staged, text):
    """COPY has special characters for the end of a field, a row and the data."""
    row = staged(credit_code=text, remark=text)

    assert row.key == row.values["remark"] == text.replace("\0", "")


def test_a_row_without_a_key_is_staged_too(staged):
    assert staged(credit_code=None, name="示例企业").key == ""


def test_staged_again_the_old_rows_are_gone_and_other_submissions_stay(staged):
    other = make_row(make_submission())
    staged(credit_code="X1")

    assert staged(credit_code="X2").key == "X2"
    assert StagedRow.objects.filter(pk=other.pk).exists()


def test_a_citys_measure_is_known_by_its_field(db):
    submission = make_submission()
    line = Line(5, {"measure": Value("环保业务产值", "A5", "环保业务产值")})
    with transaction.atomic():
        stage(submission, Reading({"city": SheetTable("city", "城市汇总", lines=[line])}))

    assert submission.rows.get().key == "output_value"


def test_values_are_staged_as_text_without_exponent():
    assert as_text(Decimal("1E+8")) == "100000000"
    assert as_text(Decimal("0.10")) == "0.10"
    assert as_text(date(2025, 9, 30)) == "2025-09-30"
    assert as_text("a\x00b") == "ab"
    assert as_text(None) is None
