import io

import openpyxl
import pytest

from submissions.backfill.archive import Member
from submissions.backfill.batches import bring
from submissions.backfill.command_run import carry_through, summary
from submissions.backfill.outcomes import OF_STATE, OF_STATUS
from submissions.models import BatchFile, Submission
from tests.submissions.fault_catalogue import forge


def foreign(sheet: str) -> bytes:
    """A workbook with headings of somebody else's."""
    book = openpyxl.Workbook()
    book.active.title = sheet
    book.active.append(["单位", "名称", "一季度产值(亿元)"])
    book.active.append(["x", "某公司", 1.2])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.fixture
def state(officer, city):
    """Return a function: the state and reason of a file that was brought and read."""

    def of(name: str, content: bytes):
        batch = bring([Member(name, content)], by=officer, name="a", cities=[city])
        carry_through(batch, report=lambda file: None)
        file = BatchFile.objects.get(batch=batch)
        return file.state, file.reason, summary(batch)

    return of


@pytest.mark.parametrize("sheet", ["台账", "企业明细"])
def test_a_workbook_of_other_headings_needs_a_layout(state, sheet):
    found, reason, told = state("a.xlsx", foreign(sheet))

    assert found == "layout"
    assert "not those of the template" in reason
    assert told["not_recognised"] == ["a.xlsx"]


def test_a_csv_of_other_headings_needs_one_too(state):
    assert state("名单.csv", "名称,金额\n某公司,12\n".encode())[0] == "layout"


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", b"%PDF-1.4"), ("a.xlsx", b"x"), ("a.xlsx", b"")]
)
def test_what_is_no_workbook_is_unreadable_and_says_why(state, name, content):
    found, reason, told = state(name, content)

    assert found == "unreadable"
    assert reason
    assert told["unreadable"] == [name]


def test_what_must_be_corrected_is_said_before_how_the_file_was_read(state):
    _state, reason, _told = state("a.xlsx", b"x")

    assert "nothing need be done" not in reason.casefold()


def test_a_template_that_was_not_filled_in_is_unreadable_and_needs_no_layout(state):
    blank = {"output_value": None, "revenue": None, "total_revenue": None, "employees": None}
    blank |= {"rd_expenditure": None, "revenue_last_year": None}
    rows = [forge.city_row(measure, None) for measure in forge.CITY_LABELS]
    content = forge.workbook(enterprises=[forge.enterprise(1, **blank)], cities=rows)

    assert state("a.xlsx", content)[0] == "unreadable"


def test_every_state_of_a_submission_has_its_outcome_and_every_state_of_a_file():
    assert set(OF_STATUS) == set(Submission.Status)
    assert set(OF_STATE) == set(BatchFile.FileState) - {BatchFile.FileState.TAKEN}
