import io

import openpyxl
from lxml import html

from jobs.models import Job
from submissions.backfill import recognising, tasks
from submissions.models import BatchFile, Submission
from tests.config.test_submit_returns import file_of
from tests.factories import make_city, make_user
from tests.submissions.backfill.bringing import archive, states
from tests.submissions.views.conftest import QUARTERS

Status = Submission.Status


def test_an_archive_is_read_recognised_and_submitted(bring, client, three):
    batch = bring(archive(three))

    assert set(states().values()) == {"taken"}
    found = Submission.objects.order_by("period__code")
    assert [(one.period.code, one.status) for one in found] == [
        (code, Status.SUBMITTED) for code in QUARTERS
    ]
    page = client.get(batch.get_absolute_url())
    assert page.status_code == 200
    assert b"waits for the reviewer" in page.content
    assert client.get(f"{batch.get_absolute_url()}progress/").status_code == 200


def test_the_report_comes_as_a_file_with_what_is_missing(bring, client, three):
    del three["1.xlsx"]
    batch = bring(archive(three | {"x.xlsx": b"none"}))

    sheet = client.get(f"{batch.get_absolute_url()}?download=files.csv").content.decode("utf-8-sig")
    assert "x.xlsx" in sheet
    assert "missing" in sheet
    assert "unreadable" in sheet
    answer = client.get(f"{batch.get_absolute_url()}?download=matrix.xlsx")
    assert answer.content[:2] == b"PK"


def test_a_second_file_is_put_to_a_person_who_chooses_one(bring, client, three):
    batch = bring(archive(three | {"again.xlsx": file_of("2024Q1", remark="本季度新增的企业")}))

    assert states()["again.xlsx"] == states()["0.xlsx"] == "asked"
    assert not Submission.objects.filter(period__code="2024Q1").exists()
    chosen = BatchFile.objects.get(name="again.xlsx")
    client.post(f"{batch.get_absolute_url()}decide/", {"file": chosen.pk, "how": "only"})
    assert states()["0.xlsx"] == "left_out"
    assert Submission.objects.get(period__code="2024Q1").sha256 == chosen.sha256


def test_both_are_taken_as_versions_in_order_and_only_the_last_is_submitted(bring, client, three):
    batch = bring(archive(three | {"again.xlsx": file_of("2024Q1", remark="本季度新增的企业")}))

    last = BatchFile.objects.get(name="0.xlsx")
    client.post(f"{batch.get_absolute_url()}decide/", {"file": last.pk, "how": "last"})
    versions = Submission.objects.filter(period__code="2024Q1").order_by("version")
    assert [(one.filename, one.status) for one in versions] == [
        ("again.xlsx", Status.UPLOADED),
        ("0.xlsx", Status.SUBMITTED),
    ]
    client.post(f"{batch.get_absolute_url()}go-on/")
    assert Submission.objects.filter(period__code="2024Q1").count() == 2


def test_a_file_of_no_city_is_taken_once_a_person_says_whose_it_is(bring, client, periods):
    batch = bring(archive({"a.xlsx": file_of("2024Q1", city="某某")}))

    file = BatchFile.objects.get()
    assert file.state == "unknown"
    asked = {"file": file.pk, "how": "say", "city": "370100", "period": "2024Q1"}
    client.post(f"{batch.get_absolute_url()}decide/", asked)
    assert Submission.objects.get().city.code == "370100"


def test_a_bureau_never_hands_in_another_citys_file(bring, client, three):
    make_city("370800")
    batch = bring(archive({"a.xlsx": file_of("2024Q1", city="济宁市")}))

    assert states() == {"a.xlsx": "refused"}
    other = {"file": BatchFile.objects.get().pk, "how": "say", "city": "370800", "period": "2024Q1"}
    client.post(f"{batch.get_absolute_url()}decide/", other)
    assert not Submission.objects.exists()


def test_another_bureau_does_not_see_the_batch(bring, client, three):
    batch = bring(archive(three))
    client.force_login(make_user("bureau", make_city("370800")))

    assert client.get(batch.get_absolute_url()).status_code == 404
    assert client.get("/submissions/batches/").status_code == 200


def test_who_did_not_bring_it_decides_nothing(bring, client, three, reviewer):
    batch = bring(archive(three))
    client.force_login(reviewer)

    assert client.get(batch.get_absolute_url()).status_code == 200
    for act in ("go-on", "stop", "decide"):
        assert client.post(f"{batch.get_absolute_url()}{act}/").status_code == 403


def test_stopped_it_hands_nothing_in_until_somebody_goes_on(bring, client, three, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(tasks, "start_batch", None)
        patched.setattr("submissions.views.batches.start_batch", lambda *a, **k: None)
        batch = bring(archive(three))
    client.post(f"{batch.get_absolute_url()}stop/")
    assert set(states().values()) == {"waiting"}
    client.post(f"{batch.get_absolute_url()}go-on/")
    assert set(states().values()) == {"taken"}


def test_a_job_that_was_killed_is_taken_up_again_without_doubles(bring, client, three, monkeypatch):
    read = recognising.read_sandboxed
    died = []

    def dies(*args):
        if len(died) < 2:
            died.append(1)
            raise RuntimeError
        return read(*args)

    monkeypatch.setattr(recognising, "read_sandboxed", dies)
    batch = bring(archive(three))
    assert Job.objects.filter(state="failed").count() == 2
    assert not Submission.objects.exists()
    client.post(f"{batch.get_absolute_url()}go-on/")
    assert Submission.objects.count() == 3
    client.post(f"{batch.get_absolute_url()}go-on/")
    assert Submission.objects.count() == 3


def test_the_page_and_the_file_of_the_report_have_the_same_rows(bring, client, three):
    batch = bring(archive(three | {"x.xlsx": b"none"}))
    page = client.get(batch.get_absolute_url())
    rows = page.context["report"].rows
    assert len(rows) == 4

    book = openpyxl.load_workbook(
        io.BytesIO(client.get(f"{batch.get_absolute_url()}?download=files.xlsx").content)
    )
    cells = [[cell.value for cell in row] for row in book.active.iter_rows()]
    names = [row.file.name for row in rows]
    assert [row[0] for row in cells if row[0] in names] == names
    tree = html.fromstring(page.text)
    shown = tree.xpath("//section[@aria-labelledby='report']//tbody/tr")
    assert [row.xpath("string(*[1])").strip() for row in shown] == names


def test_without_scripts_the_page_asks_again_by_itself(bring, client, three, monkeypatch):
    batch = bring(archive(three))
    assert b'http-equiv="refresh"' not in client.get(batch.get_absolute_url()).content

    monkeypatch.setattr("submissions.views.batch.is_going_on", lambda batch: True)
    page = client.get(batch.get_absolute_url()).text
    assert '<noscript><meta http-equiv="refresh"' in page
    # What is typed or chosen meanwhile would be lost.
    assert 'type="file"' not in page


def test_the_page_leads_each_reader_to_what_is_theirs_to_do(bring, client, three, reviewer):
    three["2.xlsx"] = file_of("2024Q3", remark=None)
    batch = bring(archive(three))
    steps = client.get(batch.get_absolute_url()).context["next_steps"]
    assert [(what, number) for _city, what, number in steps] == [("findings", 1)]

    client.force_login(reviewer)
    page = client.get(batch.get_absolute_url())
    assert [(what, number) for _city, what, number in page.context["next_steps"]] == [
        ("submitted", 2)
    ]
    assert f"{batch.get_absolute_url()}cities/jinan/" in page.text
