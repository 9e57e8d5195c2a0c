import pytest

from clusters.models import Publication
from tests.submissions.cast import make_row, make_submission
from tests.submissions.views.acts import messages, post


@pytest.fixture
def submission(city, officer):
    submission = make_submission(city, by=officer, status="submitted")
    make_row(submission)
    return submission


def test_the_reviewer_accepts_and_sees_a_message(client, reviewer, submission):
    assert "in force" in messages(post(client, reviewer, submission, "accept", base=""))
    submission.refresh_from_db()
    assert (submission.status, submission.decided_by) == ("accepted", reviewer)
    assert Publication.objects.count() == 1


@pytest.mark.fault("F-48")
def test_a_double_click_publishes_once(client, reviewer, submission):
    post(client, reviewer, submission, "accept")

    assert "cannot be done now" in messages(post(client, reviewer, submission, "accept"))
    assert Publication.objects.count() == 1


@pytest.mark.fault("F-47")
def test_acceptance_is_refused_if_the_version_in_force_has_changed(
    client, reviewer, submission, city
):
    post(client, reviewer, submission, "accept")
    restated = make_submission(city, status="submitted")

    assert "meanwhile" in messages(post(client, reviewer, restated, "accept", base=""))
    assert "in force" in messages(post(client, reviewer, restated, "accept", base=submission.pk))


@pytest.mark.parametrize(
    ("role", "status"), [("officer", 403), ("official", 403), ("admin", 403), ("stranger", 404)]
)
def test_nobody_else_accepts(client, request, role, status, submission):
    answer = post(client, request.getfixturevalue(role), submission, "accept")

    assert answer.status_code == status
    assert not Publication.objects.exists()


@pytest.mark.fault("F-54")
def test_rights_that_were_taken_away_are_gone_at_once(client, reviewer, submission):
    client.force_login(reviewer)
    reviewer.groups.clear()

    # Without a role there is no city either.
    assert client.post(f"{submission.get_absolute_url()}accept/").status_code == 404


def test_get_accepts_nothing(client, reviewer, submission):
    client.force_login(reviewer)

    answer = client.get(f"{submission.get_absolute_url()}accept/")
    assert answer["Location"] == submission.get_absolute_url()
