"""What leaves the system and what is refused, whatever the address."""

import json
import logging
import os
import stat

import pytest
from django.db import DatabaseError
from django.urls import reverse

from audit import middleware as recording_middleware
from audit.access_log import OwnersLog
from audit.acts import Act
from audit.models import ActOutcome, AuditEvent, Channel
from tests.audit.cast import only
from tests.factories import make_enterprise, make_period
from tests.province import make_province
from tests.submissions.cast import make_original, make_submission


@pytest.fixture
def submission(officer, city):
    return make_original(make_submission(city, make_period("2025Q3"), by=officer), b"bytes")


def refused() -> AuditEvent:
    return only(Act.ACCESS_REFUSED, ActOutcome.REFUSED)


# ---- downloads and exports ---------------------------------------------------------------


def test_an_original_that_is_downloaded(client, officer, submission):
    client.force_login(officer)
    client.get(f"/submissions/{submission.pk}/original/")

    event = only(Act.DOWNLOADED)
    assert event.user == officer
    assert (event.object_type, event.object_id) == ("submissions.submission", str(submission.pk))
    assert event.after["file"] == submission.filename
    assert event.after["bytes"] == len(b"bytes")


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_a_table_of_a_page_with_its_filter_and_rows(client, official, city, form):
    make_period("2025Q3")
    for name in ("绿源一厂", "绿源二厂", "别的厂"):
        make_enterprise(city, name=name)
    client.force_login(official)
    client.get(f"/enterprises/?q=绿源&download=register.{form}")

    told = only(Act.DOWNLOADED).after
    assert "绿源" in told["filter"]
    assert told["rows"] == 2
    assert told["address"].startswith("/enterprises/?q=")


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_a_list_of_the_api_with_its_rows(client, official, form):
    make_province()
    client.force_login(official)
    client.get(f"/api/v1/cities/?format={form}").getvalue()

    event = only(Act.DOWNLOADED)
    assert event.channel == Channel.API
    assert event.after["rows"] == 16
    assert event.after["address"] == f"/api/v1/cities/?format={form}"


def test_the_template_and_the_export_of_the_admin_site(client, admin, city):
    make_period("2025Q3")
    client.force_login(admin)
    client.get(f"/submissions/template/?city={city.code}&period=2025Q3")
    export = reverse("admin:enterprises_enterprise_export")
    page = client.post(export, {"format": "0", "resource": "0"}, follow=True)
    client.get(f"{page.request['PATH_INFO']}?file")

    assert AuditEvent.objects.filter(act=Act.DOWNLOADED, user=admin).count() == 2


def test_a_page_that_is_read_is_no_download(client, official):
    make_province()
    client.force_login(official)
    client.get("/")
    client.get("/api/v1/openapi.json")
    client.head("/api/v1/cities/")
    assert not AuditEvent.objects.filter(act=Act.DOWNLOADED).exists()


def test_a_file_whose_event_cannot_be_stored_is_not_sent(client, officer, submission, monkeypatch):
    client.force_login(officer)
    client.raise_request_exception = False
    monkeypatch.setattr(recording_middleware, "record", fails)
    answer = client.get(f"/submissions/{submission.pk}/original/")
    assert answer.status_code == 500
    assert b"bytes" not in answer.content


def fails(*_given, **_told):
    raise DatabaseError("the event cannot be stored")


# ---- refused accesses --------------------------------------------------------------------


def test_another_citys_submission_answers_404_and_is_recorded(client, stranger, submission):
    client.force_login(stranger)
    assert client.get(f"/submissions/{submission.pk}/").status_code == 404

    event = refused()
    assert (event.user, event.object_id) == (stranger, str(submission.pk))
    assert event.after == {
        "method": "GET",
        "address": f"/submissions/{submission.pk}/",
        "status": 404,
    }


@pytest.mark.parametrize(
    "address",
    ["/enterprises/{code}/", "/cities/jinan/", "/submissions/template/?city=jinan"]
    + ["/notes/new/?about=enterprise:{code}&period=2025Q3"]
    + ["/api/v1/enterprises/{code}/"],
)
def test_so_are_other_scopes(client, stranger, city, address):
    make_period("2025Q3")
    firm = make_enterprise(city)
    client.force_login(stranger)
    assert client.get(address.format(code=firm.credit_code)).status_code == 404
    assert refused().after["status"] == 404


def test_what_there_is_not_is_not_refused(client, stranger, db):
    client.force_login(stranger)
    assert client.get("/submissions/999999/").status_code == 404
    assert not AuditEvent.objects.filter(act=Act.ACCESS_REFUSED).exists()


@pytest.mark.parametrize("address", ["/status/", "/audit/", "/admin/", "/admin/accounts/user/"])
def test_a_page_that_the_role_does_not_see(client, official, address):
    make_period("2025Q3")
    client.force_login(official)
    assert client.get(address, follow=True).status_code == 403
    assert refused().user == official


def test_a_write_that_the_role_may_not_do(client, official, submission):
    client.force_login(official)
    client.post(f"/submissions/{submission.pk}/accept/")
    assert refused().after["method"] == "POST"
    assert refused().object_id == str(submission.pk)


def test_the_api_without_a_sign_in(client, db):
    assert client.get("/api/v1/cities/").status_code == 401
    assert (refused().user, refused().channel) == (None, Channel.API)


def test_a_refusal_that_cannot_be_stored_stays_a_refusal(client, official, monkeypatch, caplog):
    make_period("2025Q3")
    client.force_login(official)
    monkeypatch.setattr(AuditEvent.objects, "create", fails)
    assert client.get("/audit/").status_code == 403
    assert "could not be recorded" in caplog.text


# ---- the access log ----------------------------------------------------------------------


def test_every_request_is_a_line_of_the_access_log(client, official, caplog):
    make_period("2025Q3")
    client.force_login(official)
    caplog.set_level(logging.INFO, "access")
    logging.getLogger("access").addHandler(caplog.handler)
    try:
        client.get("/methods/?period=2025Q3", REMOTE_ADDR="10.1.2.3")
    finally:
        logging.getLogger("access").removeHandler(caplog.handler)

    line = caplog.records[-1]
    assert (line.method, line.path, line.status) == ("GET", "/methods/?period=2025Q3", 200)
    assert line.roles == "official"
    assert line.milliseconds >= 0


def test_the_log_is_json_with_user_address_and_request_number(client, official, settings):
    make_period("2025Q3")
    client.force_login(official)
    answer = client.get("/methods/", REMOTE_ADDR="10.1.2.3")
    line = json.loads((settings.DATA_DIR / "access.log").read_text().splitlines()[-1])
    assert line["user"] == official.username
    assert line["address"] == "10.1.2.3"
    assert line["request_number"] == answer["X-Request-Number"]


def test_the_log_is_for_the_account_of_the_server_alone(tmp_path):
    before = os.umask(0)
    try:
        log = OwnersLog(tmp_path / "access.log", delay=True)
        log.emit(logging.makeLogRecord({"msg": "one line"}))
        log.close()
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "access.log").stat().st_mode) == 0o600
    assert (tmp_path / "access.log").read_text() == "one line\n"


def test_no_secret_stands_in_an_event_or_in_the_log(client, officer, settings):
    make_province()
    client.force_login(officer)
    client.get("/api/v1/cities/?token=hush-1&next_password=hush-2")
    client.post("/accounts/login/", {"username": "x", "password": "hush-3"})
    session = client.session.session_key

    told = json.dumps(list(AuditEvent.objects.values_list("after", "before", "why")))
    told += (settings.DATA_DIR / "access.log").read_text()
    assert "token=***" in told
    assert "hush" not in told
    assert session not in told
