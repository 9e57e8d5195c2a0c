"""
F-53: the disk is full at each place where something is written.

Nothing is lost or half-written, and a page reports it. At each place the error is simulated; in
one test the disk is really full.
"""

import errno
import os
import random
import subprocess
import sys

import psycopg
import pytest
from django.conf import settings as django_settings
from django.db import OperationalError, connection

from clusters.models import CityReturn, Publication
from enterprises.models import Enterprise, EnterpriseReturn
from submissions.intake import receiving
from submissions.intake.originals import content_of
from submissions.models import Finding, Original, StagedRow, Submission
from tests.factories import make_period
from tests.submissions.cast import make_row, make_submission
from tests.submissions.fault_catalogue import forge
from tests.submissions.fault_catalogue.faults import sent

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.fault("F-53")]


def no_space(*args, **kwargs):
    """The error of a full disk."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class NoRoomFor:
    """Says of one table what the database says when its disk is full."""

    def __init__(self, table):
        self.start = f'INSERT INTO "{table}"'

    def __call__(self, execute, sql, params, many, context):
        if str(sql).startswith(self.start):
            full = OperationalError("could not extend the table's file")
            full.__cause__ = psycopg.errors.DiskFull("No space left on device")
            raise full
        return execute(sql, params, many, context)


@pytest.fixture
def visitor(client, officer):
    """The officer's browser."""
    make_period()
    client.force_login(officer)
    client.raise_request_exception = False
    return client


def upload(client, content=None):
    fields = {"file": sent(content or forge.workbook()), "period": "2025Q3"}
    return client.post("/submissions/new/", fields)


def says_that_the_disk_is_full(answer):
    page = answer.content.decode()
    assert answer.status_code == 507
    assert "The disk is full" in page
    assert "Traceback" not in page


def test_while_the_file_comes_in(visitor, monkeypatch, settings, tmp_path):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "temp"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    with monkeypatch.context() as full:
        handler = "django.core.files.uploadhandler.TemporaryFileUploadHandler"
        full.setattr(f"{handler}.receive_data_chunk", no_space)
        says_that_the_disk_is_full(upload(visitor))

    assert not Submission.objects.exists()
    assert not Original.objects.exists()
    assert not list(settings.FILE_UPLOAD_TEMP_DIR.iterdir())
    assert upload(visitor).status_code == 302
    assert Submission.objects.get().checked_at


@pytest.mark.parametrize("table", ["submissions_submission", "submissions_original"])
def test_while_the_original_and_its_row_are_stored(table, visitor, caplog):
    with connection.execute_wrapper(NoRoomFor(table)):
        answer = upload(visitor)

    says_that_the_disk_is_full(answer)
    assert "your file was not kept" in answer.content.decode()
    assert "could not extend the table's file" in caplog.text
    assert not Submission.objects.exists()
    assert upload(visitor).status_code == 302
    assert content_of(Submission.objects.get())


@pytest.mark.parametrize("what", ["rows", "findings"])
def test_while_what_was_read_is_stored(what, visitor, monkeypatch):
    content = forge.workbook()
    with monkeypatch.context() as full:
        if what == "rows":
            full.setattr(receiving, "stage", no_space)
        else:
            connection.execute_wrappers.append(NoRoomFor("submissions_finding"))
        upload(visitor, content)
        connection.execute_wrappers.clear()

    submission = Submission.objects.get()
    page = visitor.get(submission.get_absolute_url()).content.decode()
    assert "disk is full. Your file is kept" in page
    assert content_of(submission) == content
    assert submission.checked_at is None
    assert not StagedRow.objects.exists()
    assert not Finding.objects.exists()
    assert b"Check again" in visitor.get(submission.get_absolute_url()).content
    visitor.post(f"{submission.get_absolute_url()}check-again/")
    submission.refresh_from_db()
    assert submission.lines == 3


@pytest.mark.parametrize(
    "table",
    [
        "enterprises_enterprise",
        "enterprises_historicalenterprise",
        "clusters_cityreturn",
        "enterprises_enterprisereturn",
        "clusters_publication",
    ],
)
def test_while_figures_and_their_record_are_written(table, client, city, officer, reviewer):
    submission = make_submission(city, make_period(), by=officer, status="submitted")
    make_row(submission)
    make_row(submission, "city", "output_value", this_year="5")
    client.force_login(reviewer)
    client.raise_request_exception = False
    with connection.execute_wrapper(NoRoomFor(table)):
        says_that_the_disk_is_full(client.post(f"{submission.get_absolute_url()}accept/"))

    submission.refresh_from_db()
    assert submission.status == "submitted"
    for model in (Publication, CityReturn, EnterpriseReturn, Enterprise, Enterprise.history):
        assert not getattr(model, "objects", model).exists()
    client.post(f"{submission.get_absolute_url()}accept/")
    submission.refresh_from_db()
    assert submission.status == "accepted"
    assert Publication.objects.count() == EnterpriseReturn.objects.count() == 1


def test_while_the_marked_workbook_is_made(visitor, monkeypatch):
    upload(visitor)
    submission = Submission.objects.get()
    with monkeypatch.context() as full:
        full.setattr("tempfile.TemporaryFile", no_space)
        says_that_the_disk_is_full(visitor.get(f"{submission.get_absolute_url()}marked/"))

    assert visitor.get(f"{submission.get_absolute_url()}marked/").status_code == 200


def test_while_a_session_is_written(client, officer):
    officer.set_password("correct horse battery")
    officer.save()
    client.raise_request_exception = False
    fields = {"username": officer.username, "password": "correct horse battery"}
    with connection.execute_wrapper(NoRoomFor("django_session")):
        says_that_the_disk_is_full(client.post("/accounts/login/", fields))

    assert client.post("/accounts/login/", fields).status_code == 302


def noise(lines):
    """A workbook that does not compress."""
    letters = random.Random(5).choices("甲乙丙丁戊己庚辛壬癸天地玄黄宇宙洪荒", k=200 * lines)
    names = ["".join(letters[n * 200 : (n + 1) * 200]) for n in range(lines)]
    return forge.workbook(
        enterprises=[forge.enterprise(n + 1, remark=name) for n, name in enumerate(names)]
    )


@pytest.mark.parametrize(
    ("lines", "most"),
    [
        pytest.param(600, 60_000, id="the file does not fit"),
        pytest.param(3, 30_000, id="the database does not fit"),
        pytest.param(600, 400_000, id="what was read does not fit"),
    ],
)
def test_with_a_disk_that_is_really_full(lines, most, visitor, tmp_path):
    """A process whose files may not grow: PostgreSQL's own are not its own, SQLite's are."""
    content = noise(lines)
    path = forge.saved(content, tmp_path)
    session = visitor.cookies[django_settings.SESSION_COOKIE_NAME].value
    connection.close()
    database = str(connection.settings_dict["NAME"])
    arguments = [database, most, session, path]
    done = subprocess.run(
        [sys.executable, "-m", "tests.submissions.robustness.crowded", *map(str, arguments)],
        env=os.environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    status, _, page = done.stdout.partition("\n")

    assert "Traceback" not in page
    if status == "507":
        assert "The disk is full" in page
    else:
        assert (connection.vendor, status) == ("postgresql", "302")
    for submission in Submission.objects.all():
        assert content_of(submission) == content
        assert submission.rows.exists() == (submission.checked_at is not None)
    if len(content) > most:
        # Where the database is another machine's, the file is stored, and its check is owed.
        assert status == ("302" if connection.vendor == "postgresql" else "507")
        assert Submission.objects.exists() == (connection.vendor == "postgresql")
    assert upload(visitor, content).status_code == 302
    submission = Submission.objects.latest("pk")
    assert submission.checked_at
    assert submission.lines == lines
