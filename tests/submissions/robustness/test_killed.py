"""kill -9 in the middle of an act: all or nothing, and a second attempt works."""

import os
import signal
import subprocess
import sys

import pytest
from django.db import connection

from clusters.models import CityReturn, Publication
from enterprises.models import Enterprise, EnterpriseReturn
from submissions.intake import receiving
from submissions.intake.originals import content_of
from submissions.models import Finding, Original, StagedRow, Submission
from submissions.review import actions
from tests.factories import make_period
from tests.submissions.cast import make_original, make_row, make_submission
from tests.submissions.fault_catalogue import forge

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.fault("F-51")]


def kill(act, where, submission, sent, *user):
    """Do the act in another process, which is killed at a place."""
    database = str(connection.settings_dict["NAME"])
    arguments = [database, sent, act, where, submission.pk, *user]
    done = subprocess.run(
        [sys.executable, "-m", "tests.submissions.robustness.dying", *map(str, arguments)],
        env=os.environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


@pytest.mark.parametrize(
    "where",
    [
        "submissions.review.publishing:bulk_create_with_history",
        "parks.models:ParkReturn.objects.bulk_create",
        "submissions.review.publishing:Publication.objects.append",
        "submissions.models:Submission.save",
        "django.db.backends.base.base:BaseDatabaseWrapper.commit",
    ],
)
def test_killed_while_accepting(where, city, officer, reviewer):
    period = make_period()
    before = make_submission(city, period, by=officer, status="submitted")
    make_row(before)
    actions.accept(before, by=reviewer)
    submission = make_submission(city, period, by=officer, status="submitted")
    make_row(submission)
    make_row(submission, "city", "output_value", this_year="5")
    make_original(submission, b"the original")
    # One that is in force already is superseded through save: the first call is the last.
    kill("accept", where, submission, "-", reviewer.pk)

    before.refresh_from_db()
    submission.refresh_from_db()
    assert (before.status, submission.status) == ("accepted", "submitted")
    assert EnterpriseReturn.objects.in_force().count() == EnterpriseReturn.objects.count() == 1
    assert not CityReturn.objects.exists()
    assert Enterprise.objects.count() == 1
    assert Publication.objects.count() == 1
    assert content_of(submission) == b"the original"

    assert actions.accept(submission, by=reviewer).status == "accepted"
    assert EnterpriseReturn.objects.in_force().count() == 1
    assert CityReturn.objects.in_force().count() == 1


@pytest.mark.parametrize(
    "where",
    [
        "submissions.intake.receiving:read_sandboxed",
        "submissions.models:Finding.objects.bulk_create",
        "submissions.models:Submission.save",
    ],
)
def test_killed_while_checking(where, city, officer):
    submission = make_submission(city, make_period(), by=officer, checked_at=None)
    make_original(submission, forge.workbook())
    kill("check", where, submission, "-")

    submission.refresh_from_db()
    assert submission.checked_at is None
    assert not StagedRow.objects.exists()
    assert not Finding.objects.exists()
    assert receiving.read_and_check(submission).rows.exists()


@pytest.mark.parametrize(
    "where",
    [
        "submissions.models:Original.objects.create",
        "submissions.intake.receiving:_find_or_create",
        "django.db.backends.base.base:BaseDatabaseWrapper.commit",
    ],
)
def test_killed_while_receiving(where, city, officer, tmp_path):
    first = make_submission(city, make_period(), by=officer)
    sent = tmp_path / "sent"
    sent.write_bytes(b"the second version")
    kill("receive", where, first, sent)

    assert Submission.objects.get() == first
    assert not Original.objects.exists()
    with sent.open("rb") as file:
        second = receiving.receive(
            file, city=city, period=first.period, by=officer, filename="报表.xlsx"
        )
    assert second.version == 2
    assert content_of(second) == b"the second version"
