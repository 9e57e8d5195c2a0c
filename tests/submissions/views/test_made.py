import pytest
import time_machine

from jobs.reaping import prune
from submissions.intake import background
from submissions.views import marked
from tests.factories import make_user
from tests.jobs.cast import make_job
from tests.submissions.cast import make_finding, make_original, make_submission
from tests.submissions.fault_catalogue import forge


@pytest.fixture
def large(monkeypatch, city, officer):
    """A submission with a finding, which is too large to be marked at once."""
    monkeypatch.setattr(marked, "is_large", lambda submission: True)
    submission = make_submission(city, by=officer)
    make_original(submission, forge.workbook())
    make_finding(submission, sheet="企业明细", cell="D5")
    return submission


def test_a_large_workbook_is_made_by_a_worker_and_offered(client, officer, large):
    client.force_login(officer)
    page = client.get(f"{large.get_absolute_url()}marked/", follow=True)
    address = page.request["PATH_INFO"]

    assert 'url=?file"' in page.content.decode()
    assert large.get_absolute_url() in page.content.decode()
    answer = client.get(f"{address}?file")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.content.startswith(b"PK")


def test_until_it_is_made_the_page_says_how_far_it_is(client, officer):
    client.force_login(officer)
    job = make_job(background.mark_submission, by=officer, state="running", arguments={"back": "/"})
    page = client.get(f"/submissions/made/{job.pk}/").content.decode()

    assert "under way" in page
    assert 'http-equiv="refresh"' in page
    assert "under way" in client.get(f"/submissions/made/{job.pk}/?progress").content.decode()
    assert client.get(f"/submissions/made/{job.pk}/?file").status_code == 404


def test_why_it_failed_is_said(client, officer):
    client.force_login(officer)
    job = make_job(background.mark_submission, by=officer, state="failed", error="No room.")

    assert "No room." in client.get(f"/submissions/made/{job.pk}/").content.decode()


def test_nobody_else_gets_it(client, officer, reviewer, city, large):
    client.force_login(officer)
    address = client.get(f"{large.get_absolute_url()}marked/")["Location"]
    for other in (reviewer, make_user("bureau", city)):
        client.force_login(other)
        assert client.get(address).status_code == 404
        assert client.get(f"{address}?file").status_code == 404


def test_other_jobs_are_not_offered(client, officer):
    client.force_login(officer)
    job = make_job(background.check_file, by=officer, state="done", product=b"1")

    assert client.get(f"/submissions/made/{job.pk}/").status_code == 404


def test_after_a_day_it_is_gone(client, officer, large):
    with time_machine.travel("2026-11-28 04:00", tick=False):
        client.force_login(officer)
        address = client.get(f"{large.get_absolute_url()}marked/")["Location"]
    with time_machine.travel("2026-11-29 05:00", tick=False):
        prune()
        client.force_login(officer)
        assert client.get(f"{address}?file").status_code == 404
