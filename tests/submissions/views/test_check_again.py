import pytest

from jobs.models import Job
from submissions.intake import background
from tests.jobs.cast import make_job
from tests.submissions.cast import make_original, make_submission
from tests.submissions.fault_catalogue import forge
from tests.submissions.views.acts import messages, post


@pytest.fixture
def submission(city, officer):
    """Received and not checked, as after a crash."""
    submission = make_submission(city, by=officer, checked_at=None)
    make_original(submission, forge.workbook())
    return submission


def test_what_was_not_checked_is_checked(client, officer, submission):
    post(client, officer, submission, "check-again")

    assert submission.rows.filter(kind="enterprises").count() == 3


def test_a_missing_original_is_reported(client, officer, city):
    submission = make_submission(city, by=officer, checked_at=None)

    page = post(client, officer, submission, "check-again").content.decode()
    assert "not in its place" in page


def test_pressed_twice_it_is_checked_once(client, officer, submission):
    job = make_job(
        background.check_submission,
        subject=background.check_subject(submission),
        state="waiting",
    )
    post(client, officer, submission, "check-again")

    assert Job.objects.get() == job


def test_what_was_submitted_is_not_checked(client, officer, city):
    submission = make_submission(city, by=officer, status="submitted")
    answer = post(client, officer, submission, "check-again")

    assert "not checked again" in messages(answer)
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"), [("reviewer", 403), ("official", 403), ("admin", 403), ("stranger", 404)]
)
def test_nobody_else_checks(client, request, role, status, submission):
    answer = post(client, request.getfixturevalue(role), submission, "check-again")

    assert answer.status_code == status
    assert not submission.rows.exists()
