import pytest
from django.contrib.auth.models import Permission

from tests.factories import make_group
from tests.submissions.cast import MANDATORY, make_finding, make_submission
from tests.submissions.views.acts import messages, post


@pytest.fixture
def submission(city, officer):
    return make_submission(city, by=officer)


def test_the_officer_submits_and_sees_a_message(client, officer, submission):
    assert "Submitted" in messages(post(client, officer, submission, "submit"))
    submission.refresh_from_db()
    assert (submission.status, submission.submitted_by) == ("submitted", officer)


def test_a_double_click_does_no_harm(client, officer, submission):
    post(client, officer, submission, "submit")
    again = post(client, officer, submission, "submit")

    assert "cannot be done now" in messages(again)
    submission.refresh_from_db()
    assert submission.status == "submitted"


def test_the_reason_of_a_refusal_is_shown(client, officer, submission):
    make_finding(submission, MANDATORY)

    assert "must be corrected" in messages(post(client, officer, submission, "submit"))


@pytest.mark.parametrize(
    ("role", "status"), [("reviewer", 403), ("official", 403), ("admin", 403), ("stranger", 404)]
)
def test_nobody_else_submits(client, request, role, status, submission):
    answer = post(client, request.getfixturevalue(role), submission, "submit")

    assert answer.status_code == status
    submission.refresh_from_db()
    assert submission.status == "uploaded"


def test_get_submits_nothing(client, officer, submission):
    client.force_login(officer)

    answer = client.get(f"{submission.get_absolute_url()}submit/")
    assert answer["Location"] == submission.get_absolute_url()


@pytest.mark.parametrize("act", ["submit", "discard", "check-again", "answers", "correct"])
def test_who_sees_the_province_acts_for_their_own_cities_only(client, stranger, submission, act):
    stranger.groups.add(make_group("official"))
    stranger.user_permissions.add(Permission.objects.get(codename="upload_submission"))
    assert post(client, stranger, submission, act).status_code == 403
    page = client.get(submission.get_absolute_url())
    assert page.status_code == 200
    assert not page.context["may_submit"]
    submission.refresh_from_db()
    assert submission.status == "uploaded"
