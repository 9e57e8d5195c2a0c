import errno
import uuid

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import CityAssignment
from submissions.intake import background, receiving
from submissions.intake.originals import NotStored
from submissions.models import Original, Submission
from submissions.workbook import limits
from submissions.workbook.contents import Reading
from tests.factories import make_city, make_period, make_plan, make_user
from tests.submissions.cast import make_submission
from tests.submissions.fault_catalogue import forge
from tests.submissions.robustness.memory import read_with

URL = "/submissions/new/"


@pytest.fixture
def quick(monkeypatch):
    """No child process in tests that are not about reading."""
    read_with(monkeypatch, lambda *arguments: Reading())


@pytest.fixture
def send(client, officer, period):
    """Post a workbook as the officer, as the form does."""
    client.force_login(officer)

    def act(content=b"1", name="报表.xlsx", headers=None, **given):
        file = SimpleUploadedFile(name, content)
        return client.post(URL, {"file": file, "period": "2025Q3"} | given, headers=headers)

    return act


def test_a_workbook_becomes_a_checked_submission(send, client, officer):
    answer = send(forge.workbook())

    submission = Submission.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == submission.get_absolute_url()
    assert submission.uploaded_by == officer
    assert submission.lines == 3
    assert client.get(answer["Location"]).status_code == 200


def test_a_bureau_with_one_city_is_not_asked_and_cannot_choose(quick, send, city):
    make_city("370200")
    send(city="370200")

    assert Submission.objects.get().city == city


def test_a_bureau_with_several_cities_chooses_among_its_own(quick, send, officer, client):
    CityAssignment.objects.create(user=officer, city=make_city("370200"))
    make_city("370300")

    assert b"Qingdao" in client.get(URL).content
    assert b"Zibo" not in client.get(URL).content
    assert send().status_code == 422
    assert send(city="370300").status_code == 422
    assert send(city="370200").status_code == 302
    assert Submission.objects.get().city.code == "370200"


def test_uploader_and_state_cannot_be_posted(quick, send, officer, reviewer):
    send(uploaded_by=reviewer.pk, status="accepted", version=9)

    submission = Submission.objects.get()
    assert (submission.uploaded_by, submission.status, submission.version) == (
        officer,
        "uploaded",
        1,
    )


@pytest.mark.parametrize("role", ["reviewer", "official", "admin"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_those_who_report_upload(client, request, role, method, period):
    client.force_login(request.getfixturevalue(role))

    assert getattr(client, method)(URL).status_code == 403
    assert not Submission.objects.exists()


def test_who_also_sees_the_province_uploads_for_their_own_cities_only(
    quick, client, official, city, period
):
    for one in (city, make_city("370200")):
        CityAssignment.objects.create(user=official, city=one)
    make_city("370300")
    official.user_permissions.add(Permission.objects.get(codename="upload_submission"))
    client.force_login(official)
    file = SimpleUploadedFile("报表.xlsx", b"1")

    refused = client.post(URL, {"file": file, "period": "2025Q3", "city": "370300"})
    assert refused.status_code == 422
    file.seek(0)
    client.post(URL, {"file": file, "period": "2025Q3", "city": "370200"})
    assert Submission.objects.get().city.code == "370200"


def test_the_limits_on_the_page_are_the_readers_own(client, officer):
    client.force_login(officer)

    page = client.get(URL).content.decode()
    assert f"{limits.FILE_SIZE // limits.MIB} MiB" in page
    assert f"{limits.UNPACKED_SIZE // limits.MIB} MiB unpacked" in page
    assert "20,000" in page or "20000" in page


def test_the_page_has_a_key_of_its_own_each_time(client, officer):
    client.force_login(officer)

    keys = {client.get(URL).context["form"]["client_key"].value() for _ in range(2)}
    assert len(keys) == 2


def test_the_link_of_the_inbox_chooses_the_period(client, officer, period):
    client.force_login(officer)

    assert b'value="2025Q3" selected' in client.get(URL + "?period=2025Q3").content


def test_a_form_without_a_file_is_refused_and_nothing_received(client, officer, period):
    client.force_login(officer)

    answer = client.post(URL, {"period": "2025Q3"})
    assert answer.status_code == 422
    assert "Choose the workbook" in answer.content.decode()


@pytest.mark.parametrize("code", ["2099Q1", "2025Q9", ""])
def test_a_period_that_is_not_over_is_refused(send, code):
    make_period("2099Q1")

    assert send(period=code).status_code == 422
    assert not Submission.objects.exists()


def test_a_file_over_the_limit_is_answered_with_413_and_a_message(send):
    answer = send(b"0" * (limits.FILE_SIZE + 1))

    assert answer.status_code == 413
    assert "larger than 10 MiB" in answer.content.decode()
    assert not Submission.objects.exists()


def test_a_file_of_just_the_limit_is_received(quick, send):
    assert send(b"0" * limits.FILE_SIZE).status_code == 302


def test_an_empty_file_is_reported(send):
    answer = send(b"")

    assert answer.status_code == 422
    assert "empty" in answer.content.decode()


@pytest.mark.fault("F-53")
def test_a_full_disk_is_reported(send, monkeypatch):
    def full(*arguments):
        raise NotStored(OSError(errno.ENOSPC, "No space left on device"))

    monkeypatch.setattr(receiving, "keep", full)
    answer = send()
    assert answer.status_code == 507
    assert "The disk is full: your file was not kept" in answer.content.decode()
    assert not Submission.objects.exists()


@pytest.mark.fault("F-48")
def test_five_times_the_same_form_is_one_submission(quick, send):
    key = str(uuid.uuid4())

    answers = [send(client_key=key) for _ in range(5)]
    assert {answer["Location"] for answer in answers} == {
        Submission.objects.get().get_absolute_url()
    }


def test_the_same_file_again_shows_a_message(quick, send, client):
    send()
    answer = send()

    assert "nothing new was received" in client.get(answer["Location"]).content.decode()
    assert Submission.objects.count() == 1


def test_a_refusal_of_the_intake_is_shown(quick, send, client, period, city):
    key = str(uuid.uuid4())
    send(client_key=key)
    client.force_login(make_user("bureau", city))

    answer = send(b"2", client_key=key)
    assert answer.status_code == 422
    assert "Open the upload page again" in answer.content.decode()


def test_a_check_that_breaks_leaves_the_submission_to_check_again(send, monkeypatch, client):
    monkeypatch.setattr(receiving, "read_with_progress", lambda *a: 1 / 0)
    send()

    submission = Submission.objects.get()
    page = client.get(submission.get_absolute_url()).content.decode()
    assert "broke off by a fault of the system" in page
    assert "has not been checked yet" in page
    assert "Check again" in page


def test_our_script_is_told_where_to_go_on(send, client):
    answer = send(headers={"accept": "application/json, text/html;q=0.9"})

    assert answer.status_code == 201
    assert answer.json() == {"address": Submission.objects.get().get_absolute_url()}


@pytest.mark.fault("F-51")
def test_without_a_place_in_the_queue_nothing_is_received(send, client, monkeypatch):
    monkeypatch.setattr(background, "start_check", lambda *a, **k: 1 / 0)
    client.raise_request_exception = False

    assert send().status_code == 500
    assert not Submission.objects.exists()
    assert not Original.objects.exists()


@pytest.fixture
def beside_the_plan(db):
    """A year after the 311 plan: its last quarters, one before and one after it."""
    make_plan()
    for code in ("2022Q4", "2025Q3", "2025Q4", "2026Q1"):
        make_period(code)
    with time_machine.travel("2026-11-29 04:00", tick=False):
        yield


def offered(form):
    return [value for value, _label in form.fields["period"].choices]


def test_a_bureau_is_offered_what_it_owes_the_newest_chosen(client, officer, beside_the_plan):
    client.force_login(officer)

    form = client.get(URL).context["form"]
    assert offered(form) == ["2025Q4", "2025Q3"]
    assert form["period"].value() == "2025Q4"
    assert client.get(URL + "?period=2025Q3").context["form"]["period"].value() == "2025Q3"


def test_a_bureau_brings_nothing_for_a_quarter_it_does_not_owe(quick, send, beside_the_plan):
    answer = send(period="2026Q1")
    assert answer.status_code == 422
    assert "no workbook is owed" in str(answer.context["form"].errors["period"])
    assert not Submission.objects.exists()


def test_a_bureau_corrects_what_was_back_filled_for_it(quick, send, city, beside_the_plan):
    make_submission(city, make_period("2022Q4"), status="accepted")
    assert send(period="2022Q4").status_code == 302


def test_a_user_who_back_fills_is_offered_every_quarter_that_is_over(
    quick, send, client, city, beside_the_plan
):
    client.force_login(make_user(is_superuser=True, is_staff=True))

    form = client.get(URL, headers={"accept-language": "zh-hans"}).context["form"]
    assert offered(form) == ["2026Q1", "2025Q4", "2025Q3", "2022Q4"]
    assert form["period"].value() == "2025Q4"
    labels = dict(form.fields["period"].choices)
    assert send(period="2022Q4", city="370100").status_code == 302
    assert "Not owed" in str(labels["2022Q4"]) or "不需报送" in str(labels["2022Q4"])
