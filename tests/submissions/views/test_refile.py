import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from submissions.models import Submission
from tests.factories import make_period
from tests.submissions.cast import make_submission
from tests.submissions.fault_catalogue import forge
from tests.submissions.views.acts import messages, post


@pytest.fixture
def misfiled(client, officer, registered, period):
    """A workbook for the third quarter, uploaded for the second."""
    make_period("2025Q2")
    sent = {"file": SimpleUploadedFile("报表.xlsx", forge.workbook()), "period": "2025Q2"}
    client.force_login(officer)
    client.post("/submissions/new/", sent)
    return Submission.objects.get()


def test_the_page_offers_the_files_own_period(client, officer, misfiled):
    page = client.get(misfiled.get_absolute_url()).content.decode()

    assert "The file is for Q3 2025; Q2 2025 was chosen." in page
    assert f"/submissions/{misfiled.pk}/refile/" in page


def test_the_file_is_taken_in_for_its_own_period(client, officer, misfiled):
    answer = post(client, officer, misfiled, "refile")

    moved = Submission.objects.get(period__code="2025Q3")
    assert answer.request["PATH_INFO"] == moved.get_absolute_url()
    assert (moved.sha256, moved.filename) == (misfiled.sha256, misfiled.filename)
    assert moved.checked_at
    misfiled.refresh_from_db()
    assert misfiled.status == "discarded"


def test_a_file_that_names_no_other_period_stays(client, officer, city, period):
    submission = make_submission(city, period, by=officer)

    assert "names no other period" in messages(post(client, officer, submission, "refile"))
    assert Submission.objects.count() == 1


@pytest.mark.parametrize(("role", "status"), [("reviewer", 403), ("stranger", 404)])
def test_nobody_else_moves_it(client, request, role, status, misfiled):
    assert post(client, request.getfixturevalue(role), misfiled, "refile").status_code == status
    assert Submission.objects.count() == 1
