"""The admin's pages of the register as a file: who may see what, and what a large file costs."""

import csv
import io

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from enterprises.models import Enterprise
from enterprises.register import background
from enterprises.register.outcome import SHOWN
from enterprises.register.reading import limits
from foundation.exporting import CSV_TYPE
from jobs.models import Job
from jobs.reaping import prune
from tests.enterprises.register.cast import (
    EXPORT,
    IMPORT,
    PROCESS,
    confirm,
    may_be_confirmed,
    register,
    upload,
)
from tests.factories import credit_code, make_enterprise, make_user
from tests.jobs.cast import make_job

JOB = "admin:enterprises_enterprise_import_job"
EXPORT_JOB = "admin:enterprises_enterprise_export_job"
ONE = [credit_code(901), "甲", "济南市"]


def test_the_limits_are_on_the_page(keeper):
    page = keeper.get(reverse(IMPORT)).content.decode()
    assert "At most 10.0\xa0MB and 20,000 rows." in page


def test_a_file_over_the_limit_is_refused_in_words(keeper, monkeypatch):
    monkeypatch.setattr(limits, "FILE_SIZE", 10)
    page = upload(keeper, register(ONE))
    assert page.status_code == 422
    assert "The file is larger than 10\xa0bytes." in page.content.decode()


def test_an_upload_cut_off_on_its_way_is_refused_in_words(keeper):
    file = SimpleUploadedFile("r.csv", b" " * (limits.FILE_SIZE + 1))
    page = keeper.post(reverse(IMPORT), {"import_file": file, "reason": "x"})
    assert page.status_code == 413
    assert "The file is larger than 10.0\xa0MB." in page.content.decode()


# ---- how far it is -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("task", "stage", "words"),
    [
        (background.preview_import, "importing", "Compared with the register"),
        (background.import_register, "writing", "Written into the register"),
    ],
)
def test_until_it_is_done_the_page_says_how_far_it_is(keeper, admin, task, stage, words):
    job = make_job(task, by=admin, state="running", stage=stage, read=1_200, of=5_000)
    address = reverse(JOB, args=[job.pk])
    for page in (keeper.get(address), keeper.get(f"{address}?progress")):
        assert words in page.content.decode()
        assert "1,200 of 5,000 rows" in page.content.decode()
    assert "job_progress.js" in keeper.get(address).content.decode()
    assert not may_be_confirmed(keeper.get(address))


def test_why_a_job_failed_is_said_and_the_file_can_be_chosen_again(keeper):
    page = upload(keeper, b"\xff\xff\xff\xff")
    assert "neither an .xlsx workbook nor text" in page.content.decode()
    assert "Choose the file again" in page.content.decode()


# ---- a large file --------------------------------------------------------------------------


def test_of_a_large_file_the_page_shows_the_first_rows_and_a_file_all(keeper):
    old = [make_enterprise(name=f"旧{n}") for n in range(3)]
    rows = [[credit_code(n), f"新{n}", "济南市"] for n in range(2_000, 2_000 + SHOWN + 50)]
    rows += [[old[0].credit_code, "改名", "济南市"], [old[1].credit_code, old[1].name, "济南市"]]
    page = upload(keeper, register(*rows))
    shown = page.content.decode()
    assert f"this page shows the first {SHOWN} of each kind" in shown
    assert f"New: {SHOWN + 50} · changed: 1 · unchanged: 1 · refused: 0" in shown
    assert f"新{2_000 + SHOWN - 1}<" in shown
    assert f"新{2_000 + SHOWN}<" not in shown

    answer = keeper.get(page.request["PATH_INFO"] + "?list")
    assert answer["Content-Type"] == CSV_TYPE
    listed = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))[1:]
    assert [row[0] for row in listed] == [str(n) for n in range(2, len(rows) + 2)]
    assert listed[0][1:] == ["new", rows[0][0], rows[0][1], ""]
    assert listed[-2][1:] == ["changed", rows[-2][0], "改名", "企业名称: 旧0 → 改名"]
    assert listed[-1][1] == "unchanged"


# ---- who may -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [IMPORT, EXPORT])
def test_staff_without_the_permissions_are_refused_import_and_export(client, db, name):
    client.force_login(make_user(is_staff=True))
    assert client.get(reverse(name)).status_code == 403
    assert client.post(reverse(name), {"format": "0", "resource": "0"}).status_code == 403


def test_staff_without_the_permission_are_refused_the_confirmation_too(keeper, client):
    page = upload(keeper, register([credit_code(), "甲", "济南市"]))
    client.force_login(make_user(is_staff=True))
    assert confirm(client, page).status_code == 403
    assert not Enterprise.objects.exists()


def test_nobody_confirms_what_another_user_has_previewed(keeper, client, admin):
    page = upload(keeper, register([credit_code(), "甲", "济南市"]))
    client.force_login(make_user("admin"))
    refused = confirm(client, page)
    assert refused.status_code == 422
    assert "The previewed file is not there any more. Choose it again." in refused.content.decode()
    assert not Enterprise.objects.exists()
    # It is still there for its owner.
    client.force_login(admin)
    assert confirm(client, page).status_code == 200
    assert Enterprise.objects.exists()


@pytest.mark.parametrize("name", [JOB, EXPORT_JOB])
def test_nobody_else_sees_the_job(keeper, client, name):
    job = upload(keeper, register(ONE)).context["job"]
    client.force_login(make_user("admin"))
    for query in ("", "?progress", "?list", "?file"):
        assert client.get(reverse(name, args=[job.pk]) + query).status_code == 404


def test_jobs_of_other_tasks_are_not_shown(keeper, admin):
    export = make_job(background.export_register, by=admin, state="done", product=b"1")
    assert keeper.get(reverse(JOB, args=[export.pk])).status_code == 404
    preview = make_job(background.preview_import, by=admin, state="done", product=b"1")
    assert keeper.get(reverse(EXPORT_JOB, args=[preview.pk]) + "?file").status_code == 404


@pytest.mark.parametrize("given", ["", "abc", "../secret_key", "0" * 32])
def test_a_forged_confirmation_is_refused_in_words(keeper, given):
    upload(keeper, register(ONE))
    page = keeper.post(reverse(PROCESS), {"preview": given})
    assert page.status_code == 422
    assert "The previewed file is not there any more." in page.content.decode()
    assert not Enterprise.objects.exists()


def test_a_preview_with_a_refused_row_cannot_be_confirmed(keeper):
    page = upload(keeper, register(ONE, ["91", "乙", "济南市"]))
    assert not may_be_confirmed(page)
    assert confirm(keeper, page).status_code == 422
    assert not Enterprise.objects.exists()


def test_a_preview_confirmed_twice_is_written_once(keeper):
    page = upload(keeper, register(ONE))
    first, second = confirm(keeper, page), confirm(keeper, page)
    assert first.request["PATH_INFO"] == second.request["PATH_INFO"]
    assert Enterprise.history.count() == 1


def test_what_was_never_confirmed_is_gone_after_a_day(keeper, admin):
    with time_machine.travel("2026-11-28 04:00", tick=False):
        keeper.force_login(admin)
        page = upload(keeper, register(ONE))
    with time_machine.travel("2026-11-29 05:00", tick=False):
        prune()
        keeper.force_login(admin)
        assert keeper.get(page.request["PATH_INFO"]).status_code == 404
        assert confirm(keeper, page).status_code == 422
    assert Job.objects.get().file is None
