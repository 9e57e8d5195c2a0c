"""How much a city may store for a quarter, and the room that is kept for decisions."""

import io
import shutil
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jobs.models import Job
from submissions.intake import background, quota, receiving
from submissions.models import Submission
from submissions.refused import Refused
from tests.factories import make_city, make_period
from tests.jobs.cast import make_job
from tests.submissions.cast import make_row, make_submission
from tests.submissions.fault_catalogue import forge

MIB = quota.MIB


@pytest.fixture
def receive(city, officer, period):
    def act(content=b"another file", of=None, within=None):
        return receiving.receive(
            io.BytesIO(content),
            city=of or city,
            period=within or period,
            by=officer,
            filename="报表.xlsx",
        )

    return act


def test_so_many_versions_are_received_and_no_more(receive, city, period, officer, monkeypatch):
    monkeypatch.setattr(quota, "VERSIONS", 3)
    for _ in range(2):
        make_submission(city, period, by=officer, status="discarded")
    assert receive(b"the last").version == 3

    with pytest.raises(Refused, match="3 versions for this quarter"):
        receive(b"one too many")
    assert Submission.objects.count() == 3
    assert receive(b"the last").repeated, "the same file again is none too many"
    assert receive(within=make_period("2025Q2"))
    assert receive(of=make_city("370200"))


def test_so_many_bytes_are_kept_and_no_more(receive, city, period, officer, monkeypatch):
    monkeypatch.setattr(quota, "BYTES", 2 * MIB)
    make_submission(city, period, by=officer, size=2 * MIB - 12)
    assert receive(b"twelve bytes")

    with pytest.raises(Refused, match="3 MiB with this file; at most 2 MiB"):
        receive(b"1")


def full(monkeypatch, free):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=free))


def test_without_reserve_uploads_are_refused_and_decisions_are_not(
    client, city, period, officer, reviewer, monkeypatch, caplog
):
    waiting = make_submission(city, period, by=officer, status="submitted")
    make_row(waiting)
    full(monkeypatch, quota.RESERVE - 1)
    client.force_login(officer)
    for address in ("/submissions/new/", "/submissions/check/"):
        file = SimpleUploadedFile("报表.xlsx", forge.workbook())
        answer = client.post(address, {"file": file, "period": "2025Q3"})
        assert answer.status_code == 507
        assert "kept for decisions" in answer.content.decode()
    assert "511 MiB free" in caplog.text
    assert Submission.objects.get() == waiting
    assert not Job.objects.exists()

    client.force_login(reviewer)
    client.post(f"{waiting.get_absolute_url()}accept/")
    waiting.refresh_from_db()
    assert waiting.status == "accepted"


def test_with_reserve_they_are_received(receive, monkeypatch):
    full(monkeypatch, quota.RESERVE)

    assert receive()


def test_files_that_are_only_checked_are_limited_by_day(
    client, officer, reviewer, period, monkeypatch, time_machine
):
    monkeypatch.setattr(quota, "CHECKED_BYTES", 100_000)
    client.force_login(officer)
    make_job(background.check_file, by=officer, state="done", file=b"0" * 95_000)
    make_job(background.check_file, by=reviewer, state="done", file=b"0" * 95_000)
    file = SimpleUploadedFile("报表.xlsx", forge.workbook())
    answer = client.post("/submissions/check/", {"file": file, "period": "2025Q3"})

    assert answer.status_code == 422
    assert "within a day" in answer.content.decode()
    Job.objects.filter(requested_by=officer).update(created_at="2025-10-01T00:00Z")
    file.seek(0)
    answer = client.post("/submissions/check/", {"file": file, "period": "2025Q3"})
    assert answer.status_code == 302


def test_the_limits_stand_on_the_page(client, officer, period):
    client.force_login(officer)

    assert "100 versions of 100 MiB together" in " ".join(
        client.get("/submissions/new/").content.decode().split()
    )
