"""Progress for a waiting page, and uploads whose client has disconnected."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from submissions.intake import progress, receiving
from submissions.models import Submission
from tests.submissions.fault_catalogue import forge

# As a browser sends it: compressed, the lines would not be read below.
WANTED = {"accept": f"{progress.LINES}, text/html;q=0.9", "accept-encoding": "gzip, br"}


@pytest.fixture
def upload(client, officer, period):
    """Return a function that uploads a workbook as our script does; its response, unread."""
    client.force_login(officer)

    def act(content=None, **given):
        file = SimpleUploadedFile("报表.xlsx", content or forge.workbook())
        sent = {"file": file, "period": "2025Q3"} | given
        return client.post("/submissions/new/", sent, headers=WANTED)

    return act


@pytest.fixture
def leave(monkeypatch):
    """Return a function that closes a response, as the server does on disconnection."""
    # At the end of a request Django looks whether its connection is still good; this is the tests'.
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
    return lambda answer: answer.close()


def told(answer):
    """All lines of a response."""
    return [json.loads(line) for line in answer.getvalue().decode().splitlines()]


def test_an_upload_is_stored_read_and_checked_before_the_page_that_waits(upload):
    answer = upload()
    said = told(answer)

    submission = Submission.objects.get()
    assert answer["Content-Type"] == progress.LINES
    assert answer["X-Accel-Buffering"] == "no"
    assert said[0] == {"stage": "stored", "address": submission.get_absolute_url()}
    assert said[-1] == {"stage": "done", "address": submission.get_absolute_url()}
    rows = [each for each in said if each["stage"] == "reading"]
    assert rows[-1]["read"] == rows[-1]["of"] == 17
    assert said[-2] == {"stage": "checking"}
    assert submission.checked_at
    assert submission.lines == 3


def test_findings_are_the_same_with_and_without_progress(
    upload, client, city, officer, period, tmp_path
):
    lines = [forge.enterprise(n) | {"output_value": "约一千"} for n in range(1, 40)]
    content = forge.workbook(enterprises=lines)
    told(upload(content))
    submission = Submission.objects.get()
    findings = list(submission.findings.values_list("code", "cell"))
    rows = list(submission.rows.values_list("key", "values"))

    receiving.read_and_check(submission)
    assert list(submission.findings.values_list("code", "cell")) == findings
    assert list(submission.rows.values_list("key", "values")) == rows


def test_it_is_stored_before_the_first_line_is_read(upload):
    upload()

    assert Submission.objects.get().checked_at is None


@pytest.mark.fault("F-49")
@pytest.mark.parametrize("heard", [1, 2, 3])
def test_a_disconnection_does_not_stop_the_check(upload, leave, heard):
    answer = upload()
    lines = iter(answer)
    for _ in range(heard):
        next(lines)
    leave(answer)

    submission = Submission.objects.get()
    assert submission.checked_at
    assert submission.rows.exists()


def test_the_same_again_is_done_at_once(upload):
    content = forge.workbook()
    told(upload(content))

    assert [each["stage"] for each in told(upload(content))] == ["stored", "done"]
    assert Submission.objects.count() == 1


@pytest.mark.fault("F-50")
def test_a_check_that_fails_is_reported_and_the_file_stays(upload, monkeypatch, caplog):
    monkeypatch.setattr(receiving.checking, "check", lambda *a, **k: 1 / 0)
    said = told(upload())

    assert [said[0]["stage"], said[-1]["stage"]] == ["stored", "broken"]
    assert "ZeroDivisionError" in caplog.text
    assert Submission.objects.get().checked_at is None


def test_a_failure_after_disconnection_is_logged(upload, leave, monkeypatch, caplog):
    monkeypatch.setattr(receiving.checking, "check", lambda *a, **k: 1 / 0)
    answer = upload()
    next(iter(answer))
    leave(answer)

    assert "ZeroDivisionError" in caplog.text


def test_a_submission_submitted_meanwhile_is_refused(upload):
    answer = upload()
    lines = iter(answer)
    next(lines)
    Submission.objects.update(
        status="submitted",
        submitted_at="2025-10-08T00:00Z",
        submitted_by=Submission.objects.get().uploaded_by,
    )
    said = [json.loads(line) for line in lines]

    assert said[-1]["stage"] == "refused"
    assert "is not checked again" in said[-1]["message"]


def test_a_missing_original_is_refused(upload, monkeypatch):
    monkeypatch.setattr(receiving, "keep", lambda *given: None)
    answer = upload()

    assert told(answer)[-1]["stage"] == "refused"


@pytest.mark.parametrize(
    "accept", ["*/*", "text/html", "text/html,application/xhtml+xml,*/*;q=0.8"]
)
def test_a_browser_without_our_script_gets_the_page(upload, client, accept):
    file = SimpleUploadedFile("报表.xlsx", forge.workbook())
    sent = {"file": file, "period": "2025Q3"}

    assert client.post("/submissions/new/", sent, headers={"accept": accept}).status_code == 302


def test_what_is_wrong_with_the_form_comes_as_the_page(upload):
    answer = upload(period="2099Q1")

    assert answer.status_code == 422
    assert answer["Content-Type"].startswith("text/html")
