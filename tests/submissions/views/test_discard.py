import pytest

from submissions.models import Submission
from tests.submissions.cast import make_submission
from tests.submissions.views.acts import messages, post


@pytest.fixture
def wrong(city, period, officer):
    return make_submission(city, period, by=officer)


def test_the_officer_discards_and_sees_the_version_that_stands(client, officer, city, wrong):
    later = make_submission(city, wrong.period, by=officer)
    answer = post(client, officer, later, "discard")

    assert "Version 2 is discarded" in messages(answer)
    assert answer.request["PATH_INFO"] == wrong.get_absolute_url()
    page = client.get(later.get_absolute_url()).content.decode()
    assert f"Discarded by {officer}" in page
    assert "Submit<" not in page


def test_the_only_version_shows_that_it_was_discarded(client, officer, wrong):
    assert "counts nowhere" in post(client, officer, wrong, "discard").content.decode()


def test_what_was_submitted_is_not_discarded(client, officer, city):
    submission = make_submission(city, by=officer, status="submitted")

    assert "cannot be done now" in messages(post(client, officer, submission, "discard"))
    submission.refresh_from_db()
    assert submission.status == "submitted"


@pytest.mark.parametrize(
    ("role", "status"), [("reviewer", 403), ("official", 403), ("stranger", 404)]
)
def test_nobody_else_discards(client, request, role, status, wrong):
    assert post(client, request.getfixturevalue(role), wrong, "discard").status_code == status
    assert not Submission.objects.filter(status="discarded").exists()
