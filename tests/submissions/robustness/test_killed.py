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
from submissions.models import Finding, StagedRow, Submission
from submissions.review import actions
from tests.factories import make_period
from tests.submissions.cast import make_row, make_submission
from tests.submissions.fault_catalogue import forge

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.fault("F-51")]


def kill(act, where, submission, originals, *user):
    """Do the act in another process, which is killed at a place."""
    database = str(connection.settings_dict["NAME"])
    arguments = [database, originals, act, where, submission.pk, *user]
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
        "submissions.review.publishing:_park_returns",
        "submissions.review.publishing:Publication.objects.create",
        "submissions.models:Submission.save",
        "django.db.backends.base.base:BaseDatabaseWrapper.commit",
    ],
)
def test_killed_while_accepting(where, city, officer, reviewer, originals):
    period = make_period()
    before = make_submission(city, period, by=officer, status="submitted")
    make_row(before)
    actions.accept(before, by=reviewer)
    submission = make_submission(city, period, by=officer, status="submitted")
    make_row(submission)
    make_row(submission, "city", "output_value", this_year="5")
    originals.mkdir()
    receiving.path_of(submission).write_bytes(b"the original")
    # One that is in force already is superseded through save: the first call is the last.
    kill("accept", where, submission, originals, reviewer.pk)

    before.refresh_from_db()
    submission.refresh_from_db()
    assert (before.status, submission.status) == ("accepted", "submitted")
    assert EnterpriseReturn.objects.in_force().count() == EnterpriseReturn.objects.count() == 1
    assert not CityReturn.objects.exists()
    assert Enterprise.objects.count() == 1
    assert Publication.objects.count() == 1
    assert receiving.path_of(submission).read_bytes() == b"the original"

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
def test_killed_while_checking(where, city, officer, originals):
    submission = make_submission(city, make_period(), by=officer, checked_at=None)
    originals.mkdir()
    receiving.path_of(submission).write_bytes(forge.workbook())
    kill("check", where, submission, originals)

    submission.refresh_from_db()
    assert submission.checked_at is None
    assert not StagedRow.objects.exists()
    assert not Finding.objects.exists()
    assert receiving.read_and_check(submission).rows.exists()


@pytest.mark.parametrize(
    "where",
    [
        "submissions.intake.originals:os.fsync",
        "submissions.intake.receiving:_find_or_create",
        "django.db.backends.base.base:BaseDatabaseWrapper.commit",
    ],
)
def test_killed_while_receiving(where, city, officer, originals):
    first = make_submission(city, make_period(), by=officer)
    sent = originals.parent / "sent"
    sent.write_bytes(b"the second version")
    kill("receive", where, first, originals)

    # At most a file that belongs to nobody; never a row without its file.
    assert Submission.objects.get() == first
    with sent.open("rb") as file:
        second = receiving.receive(
            file, city=city, period=first.period, by=officer, filename="报表.xlsx"
        )
    assert second.version == 2
    assert receiving.path_of(second).read_bytes() == b"the second version"
