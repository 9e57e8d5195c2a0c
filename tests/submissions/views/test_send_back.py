import pytest

from tests.submissions.cast import make_submission
from tests.submissions.views.acts import messages, post


@pytest.fixture
def submission(city, officer):
    return make_submission(city, by=officer, status="submitted")


def test_the_reviewer_sends_back_and_the_city_reads_why(client, reviewer, officer, submission):
    answer = post(client, reviewer, submission, "send-back", reason="D17 <b>?")

    assert "Sent back" in messages(answer)
    client.force_login(officer)
    assert "D17 &lt;b&gt;?" in client.get(submission.get_absolute_url()).content.decode()


def test_without_a_reason_it_is_not_sent_back(client, reviewer, submission):
    assert "Say why" in messages(post(client, reviewer, submission, "send-back", reason=" "))
    submission.refresh_from_db()
    assert submission.status == "submitted"


@pytest.mark.parametrize(
    ("role", "status"), [("officer", 403), ("official", 403), ("admin", 403), ("stranger", 404)]
)
def test_nobody_else_sends_back(client, request, role, status, submission):
    answer = post(client, request.getfixturevalue(role), submission, "send-back", reason="x")

    assert answer.status_code == status
    submission.refresh_from_db()
    assert submission.status == "submitted"


def test_get_sends_nothing_back(client, reviewer, submission):
    client.force_login(reviewer)

    answer = client.get(f"{submission.get_absolute_url()}send-back/")
    assert answer["Location"] == submission.get_absolute_url()
