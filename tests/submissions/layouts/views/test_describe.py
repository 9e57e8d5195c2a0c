import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jobs.models import Job
from submissions.workbook.foreign import foreign_sandbox
from tests.submissions.cast import make_finding, make_original, make_submission

pytestmark = pytest.mark.django_db
URL = "/submissions/layouts/new/"


@pytest.fixture
def quick(monkeypatch):
    """No child process in tests that are not about reading."""
    told = {"form": "xlsx", "sheets": []}
    monkeypatch.setattr("submissions.layouts.looking.sample_of", lambda path, name: told)


def test_a_file_is_kept_with_its_job_and_shown(quick, client, officer):
    client.force_login(officer)
    answer = client.post(URL, {"file": SimpleUploadedFile("旧表.xlsx", b"PK")})
    job = Job.objects.get()
    assert answer["Location"] == f"/submissions/layouts/file/{job.pk}/"
    assert bytes(job.file) == b"PK"
    # Our script asks for the address, to show how much is sent.
    sent = {"file": SimpleUploadedFile("旧表.xlsx", b"PK")}
    by_script = client.post(URL, sent, headers={"accept": "application/json"})
    assert by_script.status_code == 201
    assert by_script.json()["address"].startswith("/submissions/layouts/file/")
    assert "旧表.xlsx" in client.get(answer["Location"]).content.decode()


def test_a_form_without_a_file_is_refused_in_words(client, officer):
    client.force_login(officer)
    answer = client.post(URL, {})
    assert answer.status_code == 422
    assert "Choose the file" in answer.content.decode()


def test_a_workbook_with_other_headings_offers_its_description(quick, client, officer, city):
    submission = make_original(make_submission(city, by=officer), b"bytes")
    make_finding(submission, "E132", params={"heading": "企业名称"})
    client.force_login(officer)
    page = client.get(submission.get_absolute_url()).content.decode()
    assert f'name="submission" value="{submission.pk}"' in page
    answer = client.post(URL, {"submission": submission.pk})
    assert answer.status_code == 302
    assert bytes(Job.objects.latest("created_at").file) == b"bytes"


def test_another_citys_submission_cannot_be_described(client, stranger, city):
    submission = make_original(make_submission(city), b"bytes")
    client.force_login(stranger)
    assert client.post(URL, {"submission": submission.pk}).status_code == 404
    assert client.post(URL, {"submission": "x"}).status_code == 404


def test_a_file_that_cannot_be_read_says_why(client, officer, monkeypatch):
    told = {"fault": ["E105", None, None, None, {}]}
    monkeypatch.setattr("submissions.layouts.looking.sample_of", lambda path, name: told)
    client.force_login(officer)
    answer = client.post(URL, {"file": SimpleUploadedFile("x.xlsx", b"PK")}, follow=True)
    assert "E105" in answer.content.decode()
    assert foreign_sandbox.CHILD.exists()
