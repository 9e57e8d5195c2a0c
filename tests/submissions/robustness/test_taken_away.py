"""F-54: rights are taken away, or the due day passes, between one step and the next."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import CityAssignment
from clusters.models import Publication
from submissions.deadlines.obligations import obligation
from submissions.models import Submission
from tests.factories import make_city
from tests.submissions.cast import make_finding, make_row, make_submission
from tests.submissions.fault_catalogue import forge
from tests.submissions.fault_catalogue.faults import sent
from tests.submissions.views.acts import messages, post

pytestmark = pytest.mark.fault("F-54")


@pytest.fixture
def uploaded(city, period, officer):
    """A workbook with an advisory finding, whose page the officer has open."""
    submission = make_submission(city, period, by=officer)
    make_row(submission)
    return submission


@pytest.mark.parametrize("act", ["submit", "check-again"])
def test_a_user_removed_from_the_bureau_finds_no_submission(act, client, officer, uploaded):
    client.force_login(officer)
    CityAssignment.objects.filter(user=officer).delete()

    assert client.post(f"{uploaded.get_absolute_url()}{act}/").status_code == 404
    uploaded.refresh_from_db()
    assert uploaded.status == "uploaded"


@pytest.mark.parametrize("act", ["submit", "check-again"])
def test_a_user_moved_to_another_bureau_cannot_change_it(act, client, officer, uploaded):
    client.force_login(officer)
    CityAssignment.objects.filter(user=officer).update(city=make_city("370200"))

    assert client.post(f"{uploaded.get_absolute_url()}{act}/").status_code == 404
    uploaded.refresh_from_db()
    assert uploaded.status == "uploaded"


def test_an_explanation_without_permission_is_not_stored(client, officer, uploaded):
    finding = make_finding(uploaded)
    client.force_login(officer)
    officer.groups.clear()
    url = f"{uploaded.get_absolute_url()}findings/{finding.pk}/explain/"

    assert client.post(url, {"text": "Moved here in July"}).status_code in (403, 404)
    assert uploaded.findings.unanswered().exists()


def test_a_form_left_open_uploads_nothing_once_the_right_is_gone(client, officer, period):
    client.force_login(officer)
    assert client.get("/submissions/new/").status_code == 200
    officer.groups.clear()
    answer = client.post(
        "/submissions/new/", {"file": sent(forge.workbook()), "period": period.code}
    )

    assert answer.status_code == 403
    assert not Submission.objects.exists()


def test_a_reviewer_whose_account_was_closed_accepts_nothing(client, reviewer, city, period):
    submission = make_submission(city, period, status="submitted")
    client.force_login(reviewer)
    reviewer.is_active = False
    reviewer.save()

    answer = client.post(f"{submission.get_absolute_url()}accept/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")
    assert not Publication.objects.exists()


def test_after_the_due_day_a_submission_is_accepted_and_late(
    client, officer, reviewer, city, period, uploaded
):
    """A period is never closed: a late workbook is accepted and marked late."""
    due = datetime(period.due_on.year, period.due_on.month, period.due_on.day, 12, tzinfo=UTC)
    with time_machine.travel(due + timedelta(days=1)):
        assert "Submitted" in messages(post(client, officer, uploaded, "submit"))
        uploaded.refresh_from_db()
        assert obligation(city, period, [uploaded], timezone.now()).late
        assert "in force" in messages(post(client, reviewer, uploaded, "accept", base=""))
