import io

import openpyxl
import pytest

from submissions.workbook.layout import INDEX_SHEET
from tests.submissions.cast import make_finding, make_original, make_submission
from tests.submissions.fault_catalogue import forge


@pytest.fixture
def submission(city, officer):
    submission = make_submission(city, by=officer)
    make_original(submission, forge.workbook())
    make_finding(submission, sheet="企业明细", cell="D5")
    return submission


def get(client, user, submission):
    client.force_login(user)
    return client.get(f"{submission.get_absolute_url()}marked/")


@pytest.mark.parametrize("role", ["officer", "reviewer", "official", "admin"])
def test_the_marked_workbook_is_for_the_city_and_the_province(client, request, role, submission):
    answer = get(client, request.getfixturevalue(role), submission)

    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == [INDEX_SHEET, "城市汇总", "企业明细"]
    assert book["企业明细"]["D5"].comment


def test_it_is_an_attachment_never_shown_inline(client, officer, submission):
    answer = get(client, officer, submission)

    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]


def test_another_citys_workbook_is_404(client, stranger, submission):
    assert get(client, stranger, submission).status_code == 404


def test_an_unchecked_submission_is_404(client, officer, submission):
    submission.checked_at = None
    submission.save()

    assert get(client, officer, submission).status_code == 404


def test_a_missing_original_is_no_server_error(client, officer, city):
    submission = make_submission(city, by=officer)

    assert get(client, officer, submission).status_code == 404


def test_a_file_that_cannot_be_marked_gives_the_list(client, officer, submission):
    submission = make_submission(submission.city, by=officer)
    make_original(submission, b"\xd0\xcf\x11\xe0 not a workbook")

    answer = get(client, officer, submission)
    assert openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames == [INDEX_SHEET]
