import io

import openpyxl
import pytest
from django.utils import translation

from submissions.intake.marked_workbook import annotations_of, marked_name, marked_workbook
from submissions.models import Explanation
from submissions.workbook.layout import INDEX_SHEET
from tests.submissions.cast import make_finding, make_original, make_submission
from tests.submissions.fault_catalogue import forge


@pytest.fixture
def sent_back(city, period):
    """A submission with a file, sent back with a reason."""
    submission = make_submission(city, period, status="sent_back", reason="请核对")
    return make_original(submission, forge.workbook())


def find(submission, **given):
    return make_finding(
        submission, "W161", sheet="企业明细", cell="E6", params={"period": "2025Q2"}, **given
    )


def test_the_findings_are_in_the_cells_of_the_original(sent_back, reviewer):
    Explanation.objects.create(finding=find(sent_back), text="停产检修", given_by=reviewer)
    done = marked_workbook(sent_back)

    assert done.complete
    book = openpyxl.load_workbook(io.BytesIO(done.bytes))
    said = book["企业明细"]["E6"].comment.text
    assert "must be explained W161" in said
    assert "All lines are the same as in 2025Q2" in said
    assert "Explanation: 停产检修" in said
    index = [[cell.value for cell in row] for row in book[INDEX_SHEET].iter_rows()]
    assert index[0][0] == "Findings"
    assert index[5][:5] == ["remark of the reviewer", None, "whole file", None, "请核对"]


def test_answers_given_on_the_page_are_added_to_the_rows_explanation(sent_back, reviewer):
    """As somebody who reads the file alone must see them, and as the next upload brings them."""
    texts = ("停产检修", "停产检修", "七月复产")
    for text in texts:
        Explanation.objects.create(
            finding=find(sent_back, answer_cell="J6"), text=text, given_by=reviewer
        )
    refused = {"refused_in_cell": "核实无误", "refused_why": "stock", "answer_cell": "J7"}
    answered = find(sent_back, **refused)
    Explanation.objects.create(finding=answered, text="已停产", given_by=reviewer)
    find(sent_back, answer_cell="J5")

    book = openpyxl.load_workbook(io.BytesIO(marked_workbook(sent_back).bytes))
    there = [book["企业明细"][cell].value for cell in ("J5", "J6", "J7", "D6")]
    assert there == [None, "停产检修；七月复产", "核实无误；已停产", 1002]


def test_a_formula_in_an_explanation_is_left_alone(city, period, reviewer):
    def formula(book):
        book["企业明细"]["J6"] = '="停"&"产"'

    submission = make_submission(city, period)
    make_original(submission, forge.workbook(edit=formula))
    for cell in ("J6", "J7"):
        finding = find(submission, answer_cell=cell)
        Explanation.objects.create(finding=finding, text="停产检修", given_by=reviewer)

    book = openpyxl.load_workbook(io.BytesIO(marked_workbook(submission).bytes))
    there = [book["企业明细"][cell].value for cell in ("J6", "J7")]
    assert there == ['="停"&"产"', "停产检修"]


def test_the_reviewers_reason_comes_first(sent_back):
    find(sent_back)

    assert [mark.code for mark in annotations_of(sent_back)] == ["", "W161"]


def test_however_many_findings_there_are_it_is_one_query(sent_back, django_assert_num_queries):
    for _ in range(9):
        find(sent_back)

    with django_assert_num_queries(1):
        assert len(annotations_of(sent_back)) == 10


def test_the_marked_file_is_named_after_the_original(sent_back):
    sent_back.filename = "济南 报表.csv"

    assert marked_name(sent_back.filename) == "济南 报表（marked）.xlsx"


def test_a_file_that_was_marked_before_is_named_so_once():
    with translation.override("zh-hans"):
        assert marked_name("济南（已标注）（已标注）.xlsx") == "济南（已标注）.xlsx"
        assert marked_name("济南.et") == "济南（已标注）.xlsx"
