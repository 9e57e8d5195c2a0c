import errno
import io

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from jobs.models import Job
from jobs.reaping import prune
from submissions.intake import background, dry_run, originals
from submissions.models import Explanation, Finding, Original, StagedRow, Submission
from submissions.validation import checking
from submissions.workbook import limits
from submissions.workbook.layout import INDEX_SHEET
from submissions.workbook.reading.workbook import read
from tests.factories import make_city, make_period, make_plan, make_user
from tests.jobs.cast import make_job
from tests.product.test_chinese_pages import PROPER_NAMES, english_on
from tests.submissions.fault_catalogue import forge

URL = "/submissions/check/"


@pytest.fixture
def folder(settings, tmp_path):
    """The folder for temporary copies."""
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "temp"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    return settings.FILE_UPLOAD_TEMP_DIR


@pytest.fixture
def bring(client, officer, period, folder):
    """Return a function that posts a file to the check page as the officer."""
    client.force_login(officer)

    def act(content, name="报表.xlsx", **given):
        file = SimpleUploadedFile(name, content)
        sent = {"file": file, "period": "2025Q3"} | given
        answer = client.post(URL, sent, follow=True)
        answer.body = answer.getvalue()
        assert not any(
            m.objects.exists() for m in (Submission, Original, StagedRow, Finding, Explanation)
        )
        assert not list(folder.iterdir())
        return answer

    return act


def faulty():
    """A workbook with one fault in D6."""
    lines = [forge.enterprise(n) for n in (1, 2, 3)]
    lines[1]["output_value"] = "约一千"
    return forge.workbook(enterprises=lines)


def test_findings_are_shown_at_their_cells_and_nothing_is_handed_in(bring, registered):
    answer = bring(faulty())

    page = answer.body.decode()
    assert answer.status_code == 200
    assert "企业明细!D6" in page
    assert "约一千" in page
    assert "示例环保企业2" in page
    assert "3 enterprise lines were read." in page
    assert "1 finding must be corrected." in page
    assert 'id="E146"' in page
    assert "?download=" not in page


def test_a_large_file_leaves_nothing_either(bring, settings, registered):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1

    assert "企业明细!D6" in bring(faulty()).body.decode()


def test_the_findings_are_those_of_the_rules_and_no_others(bring, city, period, tmp_path):
    content = faulty()
    path = forge.saved(content, tmp_path)
    raised = checking.check(read(path, "报表.xlsx"), city=city, period=period)

    page = bring(content).body.decode()
    assert raised
    assert all(each.code in page and each.message[:20] in page for each in raised)


def test_a_clean_workbook_may_be_uploaded_as_it_is(bring, registered):
    page = bring(forge.workbook()).body.decode()

    assert "None: everything is in order." in page
    assert "uploaded as it is, it can be submitted" in page
    assert "/submissions/new/?period=2025Q3" in page


def test_a_csv_is_checked_too(bring, registered):
    page = bring(forge.as_csv(), "企业明细.csv").body.decode()

    assert "3 enterprise lines were read." in page
    assert 'id="W139"' in page


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        pytest.param(b"%PDF-1.7", "报表.pdf", "E115", id="something else"),
        pytest.param(forge.workbook()[:500], "报表.xlsx", "E102", id="half a file"),
    ],
)
def test_an_unreadable_file_is_answered_with_a_message(bring, content, name, code):
    page = bring(content, name).body.decode()

    assert "Nothing could be read in this file" in page
    assert f'id="{code}"' in page


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(forge.workbook(city="青岛市"), "E162", id="another city's"),
        pytest.param(forge.workbook(period="2025年1—6月"), "E155", id="another quarter's"),
    ],
)
def test_another_place_or_quarter_is_a_finding(bring, registered, content, code):
    make_city("370200")
    answer = bring(content)

    assert answer.status_code == 200
    assert f'id="{code}"' in answer.body.decode()


def test_a_file_over_the_limit_is_answered_with_413_and_a_message(bring):
    answer = bring(b"0" * (limits.FILE_SIZE + 1))

    assert answer.status_code == 413
    assert "larger than 10 MiB" in answer.body.decode()


@pytest.mark.parametrize("given", [{"period": "2099Q1"}, {"period": ""}])
def test_an_invalid_form_is_answered_with_422(bring, given):
    assert bring(faulty(), **given).status_code == 422


@pytest.mark.fault("F-53")
def test_a_full_disk_is_reported(bring, monkeypatch):
    def full(*arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    content = faulty()
    monkeypatch.setattr(originals.shutil, "copyfileobj", full)

    assert "The disk is full: your file was not kept" in bring(content).body.decode()


def test_a_check_that_breaks_says_so_and_is_logged(bring, registered, monkeypatch, caplog):
    monkeypatch.setattr(dry_run.checking, "check", lambda *a, **k: 1 / 0)

    assert "broke off by a fault of the system" in bring(faulty()).body.decode()
    assert "ZeroDivisionError" in caplog.text


def marked(client, answer):
    """The marked workbook of a check, as its page offers it."""
    made = client.post(f"{answer.request['PATH_INFO']}marked/", follow=True)
    assert "?file" in made.content.decode()
    return client.get(f"{made.request['PATH_INFO']}?file")


def test_the_workbook_with_its_findings_is_offered(bring, client, registered):
    answer = marked(client, bring(faulty(), "济南.xlsx"))

    book = openpyxl.load_workbook(io.BytesIO(answer.getvalue()))
    assert "attachment" in answer["Content-Disposition"]
    assert book["企业明细"]["D6"].comment
    assert INDEX_SHEET in book.sheetnames


def test_the_marked_workbook_of_a_file_that_cannot_be_read_says_so(bring, client):
    answer = marked(client, bring(b"%PDF-1.7", "报表.pdf"))

    book = openpyxl.load_workbook(io.BytesIO(answer.getvalue()))
    assert book.sheetnames == [INDEX_SHEET]


def test_only_who_checked_a_file_sees_it(bring, client, city, reviewer, registered):
    address = bring(faulty()).request["PATH_INFO"]
    for other in (make_user("bureau", city), reviewer):
        client.force_login(other)
        assert client.get(address).status_code == 404
        assert client.get(f"{address}?progress").status_code == 404
        assert client.post(f"{address}marked/").status_code == 404


def test_after_a_day_file_and_findings_are_gone(bring, client, officer, registered):
    with time_machine.travel("2026-11-28 04:00", tick=False):
        client.force_login(officer)
        address = bring(faulty()).request["PATH_INFO"]
    with time_machine.travel("2026-11-29 05:00", tick=False):
        prune()
        client.force_login(officer)
        answer = client.get(address)

    job = Job.objects.get()
    assert (job.file, job.result) == (None, None)
    assert answer.status_code == 404
    assert "deleted after a day" in answer.content.decode()


def test_until_it_is_checked_the_page_says_how_far_it_is(client, officer, city, period):
    client.force_login(officer)
    job = make_job(
        background.check_file,
        by=officer,
        state="running",
        stage="reading",
        read=300,
        of=2000,
        arguments={"city": city.code, "period": period.code},
    )
    page = client.get(f"{URL}{job.pk}/").content.decode()

    assert "300 of 2,000 rows read" in page
    assert 'http-equiv="refresh"' in page
    assert "300 of 2,000" in client.get(f"{URL}{job.pk}/?progress").content.decode()


def test_a_bureau_has_its_own_city_only(bring, client, city):
    make_city("370200")

    assert b"Qingdao" not in client.get(URL).content
    assert "Jinan" in bring(faulty(), city="370200").body.decode()


@pytest.mark.parametrize("role", ["reviewer", "official", "admin"])
def test_the_province_chooses_the_city(bring, client, request, role, registered):
    make_city("370200")
    client.force_login(request.getfixturevalue(role))

    assert bring(faulty()).status_code == 422
    page = bring(faulty(), city="370100").body.decode()
    assert "企业明细!D6" in page
    assert "/submissions/new/" not in page


def test_another_city_cannot_be_chosen(bring, client, stranger, city):
    make_city("370300")
    make_user("bureau", make_city("370300"))
    client.force_login(stranger)
    page = bring(faulty(), city=city.code).body.decode()

    assert "Jinan ·" not in page


def test_a_user_without_a_city_sees_a_message(client, db):
    client.force_login(make_user())

    assert "No city is assigned" in client.get(URL).content.decode()


def test_queries_do_not_grow_with_the_lines(
    client, officer, period, folder, registered, django_assert_max_num_queries
):
    client.force_login(officer)
    many = forge.workbook(enterprises=[forge.enterprise(n) for n in range(1, 200)])
    for content in (forge.workbook(), many):
        with django_assert_max_num_queries(39):
            file = SimpleUploadedFile("报表.xlsx", content)
            assert client.post(URL, {"file": file, "period": "2025Q3"}).status_code == 302


@pytest.mark.parametrize("page", ["/submissions/", "/submissions/new/?period=2025Q3"])
def test_it_is_linked_from_inbox_and_upload(client, officer, period, page):
    client.force_login(officer)

    assert client.get(page).content.decode().count('href="/submissions/check/') == 1


def test_findings_are_shown_in_chinese(bring, client, registered):
    client.cookies["django_language"] = "zh-hans"
    for content in (faulty(), forge.workbook(), b"%PDF-1.7"):
        assert english_on(bring(content), PROPER_NAMES | {"Jinan", "officer"}) == set()


def test_the_newest_quarter_that_is_owed_is_chosen(client, reviewer, officer):
    make_plan()
    for code in ("2022Q4", "2025Q4", "2026Q1"):
        make_period(code)
    make_city("370200")
    for user, offered in ((officer, ["2025Q4"]), (reviewer, ["2026Q1", "2025Q4", "2022Q4"])):
        client.force_login(user)
        with time_machine.travel("2026-11-29 04:00", tick=False):
            form = client.get(URL).context["form"]
        assert [value for value, _label in form.fields["period"].choices] == offered
        assert form["period"].value() == "2025Q4"
