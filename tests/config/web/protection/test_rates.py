"""How often an hour one may check, upload, preview and export; told in words, with the wait."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import RequestCount
from accounts.request_counts import count
from config.web.protection.rates import RATES
from jobs.models import Job
from submissions.models import Submission
from tests.submissions.cast import make_submission

TEN_PAST = datetime(2026, 1, 20, 4, 10, tzinfo=UTC)
MOST = {rate.key: rate.most for rate in RATES}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TEN_PAST, tick=False) as travelling:
        yield travelling


def asked_before(user, what, times):
    """The user has asked for it so often within this hour."""
    count(user, what)
    RequestCount.objects.update(requests=times)


def send(client, view):
    file = SimpleUploadedFile("报表.xlsx", b"no workbook")
    return client.post(reverse(view), {"file": file, "period": "2025Q3"})


@pytest.mark.parametrize(
    ("view", "key"),
    [
        ("submissions:check", "check"),
        ("submissions:upload", "upload"),
        ("submissions:layout_describe", "upload"),
    ],
)
def test_one_file_too_many_within_an_hour_is_refused_in_words(client, officer, clock, view, key):
    client.force_login(officer)
    asked_before(officer, key, MOST[key] - 1)
    assert send(client, view).status_code != 429
    jobs, stored = Job.objects.count(), Submission.objects.count()
    refused = send(client, view)
    assert (refused.status_code, refused["Retry-After"]) == (429, str(50 * 60 + 1))
    assert "at most 30 an hour. Go on in 51 minutes" in refused.content.decode()
    assert (Job.objects.count(), Submission.objects.count()) == (jobs, stored)
    clock.shift(timedelta(minutes=50, seconds=1))
    assert send(client, view).status_code != 429


def test_another_user_is_not_held_up(client, officer, stranger):
    asked_before(officer, "check", MOST["check"])
    client.force_login(stranger)
    assert send(client, "submissions:check").status_code != 429


def test_the_page_with_the_form_is_not_counted(client, officer):
    client.force_login(officer)
    asked_before(officer, "check", MOST["check"])
    assert client.get(reverse("submissions:check")).status_code == 200


def test_previews_are_limited(client, officer, city):
    page = reverse("submissions:preview", args=[make_submission(city=city).pk])
    client.force_login(officer)
    assert client.get(page).status_code == 200
    asked_before(officer, "preview", MOST["preview"])
    assert client.get(page).status_code == 429


@pytest.mark.parametrize(
    "path",
    ["/cities/?download=cities.csv", "/api/v1/cities/?format=xlsx", "/api/v1/cities/?format=csv"],
)
def test_exports_are_limited_and_a_program_is_told_in_json(client, official, path):
    client.force_login(official)
    sent = client.get(path)
    assert sent.status_code == 200
    # Read to its end, or its file would stay open.
    assert sent.getvalue()
    asked_before(official, "export", MOST["export"])
    refused = client.get(path)
    assert refused.status_code == 429
    if path.startswith("/api/"):
        assert "at most 600 an hour" in refused.json()["detail"]
    assert client.get("/cities/").status_code == 200
    assert client.get("/api/v1/cities/").status_code == 200


def test_counts_of_past_hours_are_not_kept(official, clock):
    for _ in range(3):
        count(official, "export")
        clock.shift(timedelta(hours=1))
    count(official, "export")
    assert RequestCount.objects.get().requests == 1


def test_two_processes_that_begin_an_hour_together_count_both(official, monkeypatch):
    """The row of the other is there when this one is stored."""
    first = RequestCount.objects.bulk_create

    def meanwhile(rows, **given):
        RequestCount.objects.create(user=official, what="export", hour=rows[0].hour, requests=1)
        return first(rows, **given)

    monkeypatch.setattr(RequestCount.objects, "bulk_create", meanwhile)
    assert count(official, "export") == 2
