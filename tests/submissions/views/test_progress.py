import pytest

from jobs.workers import SignsOfLife
from submissions.intake import background
from tests.jobs.cast import make_job
from tests.submissions.cast import make_submission


@pytest.fixture
def submission(city, officer):
    return make_submission(city, by=officer, checked_at=None)


@pytest.fixture
def job(submission):
    """Return a function that makes the job of the submission's check."""

    def act(**given):
        return make_job(
            background.check_submission, subject=background.check_subject(submission), **given
        )

    return act


def test_a_waiting_check_has_its_place_in_the_queue(client, officer, submission, job):
    make_job(ago=60)
    job()
    client.force_login(officer)
    page = client.get(submission.get_absolute_url()).content.decode()

    assert "place 2" in page
    assert "no worker process runs" in page
    assert "Check again" not in page
    assert 'http-equiv="refresh"' in page
    SignsOfLife("host-1").sign()
    fragment = client.get(f"{submission.get_absolute_url()}progress/").content.decode()
    assert "no worker process runs" not in fragment
    assert "place 2" in fragment
    assert "<html" not in fragment


@pytest.mark.parametrize("role", ["officer", "reviewer", "official"])
def test_who_sees_the_submission_sees_how_far_it_is(client, request, role, submission, job):
    job(state="running", stage="reading", read=1200, of=2000)
    client.force_login(request.getfixturevalue(role))

    answer = client.get(f"{submission.get_absolute_url()}progress/")
    assert "1,200 of 2,000 rows read" in answer.content.decode()
    assert 'data-state="running"' in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_another_citys_is_404(client, stranger, submission, job):
    job()
    client.force_login(stranger)

    assert client.get(f"{submission.get_absolute_url()}progress/").status_code == 404


def test_without_a_check_there_is_no_progress(client, officer, submission):
    client.force_login(officer)

    assert client.get(f"{submission.get_absolute_url()}progress/").status_code == 404


def test_why_a_check_failed_stands_on_the_page(client, officer, submission, job):
    job(state="failed", error="It broke off.")
    client.force_login(officer)
    page = client.get(submission.get_absolute_url()).content.decode()

    assert "It broke off." in page
    assert "Check again" in page


def test_after_the_check_nothing_is_said_of_it(client, officer, submission, job):
    job(state="done")
    client.force_login(officer)

    assert "data-job" not in client.get(submission.get_absolute_url()).content.decode()
