import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jobs.models import Job
from submissions.backfill import recognising, tasks
from submissions.models import Batch, BatchFile, Submission
from submissions.review import explaining
from tests.config.test_submit_returns import file_of
from tests.factories import make_city, make_period, make_plan, make_user

Status = Submission.Status
QUARTERS = ("2024Q1", "2024Q2", "2024Q3")


def archive(files: dict[str, bytes], name="history.zip"):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for inner, content in files.items():
            packed.writestr(inner, content)
    return SimpleUploadedFile(name, made.getvalue())


def states(batch=None):
    return {one.name: one.state for one in BatchFile.objects.all()}


@pytest.fixture
def periods(city, db):
    make_plan()
    return [make_period(code) for code in QUARTERS]


@pytest.fixture
def three(periods):
    return {f"{at}.xlsx": file_of(code) for at, code in enumerate(QUARTERS)}


@pytest.fixture
def bring(client, officer, periods):
    """Return a function: bring files as the officer does, and return the batch."""

    def act(*files, by=None, **given):
        client.force_login(by or officer)
        answer = client.post("/submissions/batches/", {"files": list(files)} | given)
        assert answer.status_code == 302, answer.context["form"].errors
        return Batch.objects.latest("pk")

    return act


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


def test_several_files_come_without_an_archive(bring, three):
    bring(*(SimpleUploadedFile(name, content) for name, content in three.items()))

    assert Submission.objects.waiting().count() == 3


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
    assert versions.count() == 2


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


def test_an_administrator_brings_a_dated_history_and_says_the_day(client, periods, three):
    admin = make_user("admin")
    client.force_login(admin)
    files = {"files": [archive(three)]}

    assert client.post("/submissions/batches/", files).status_code == 422
    files = {"files": [archive(three)], "published_on": "2024-12-01"}
    assert client.post("/submissions/batches/", files).status_code == 302
    assert Submission.objects.waiting().count() == 3


def test_only_who_may_bring_does(client, periods, three, reviewer):
    client.force_login(reviewer)

    assert client.post("/submissions/batches/", {"files": [archive(three)]}).status_code == 403
    assert b"Bring and read" not in client.get("/submissions/batches/").content


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


def test_too_large_together_is_refused_in_words(client, officer, periods, monkeypatch):
    from submissions.intake import upload_limit

    monkeypatch.setattr(upload_limit.limits, "ARCHIVE_SIZE", 1000)
    client.force_login(officer)
    files = [SimpleUploadedFile(f"{at}.xlsx", b"0" * 600) for at in range(2)]

    answer = client.post("/submissions/batches/", {"files": files})
    assert answer.status_code == 422
    assert "Bring them in several parts" in answer.content.decode()
    assert not Batch.objects.exists()


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


# ---- acceptance by city ------------------------------------------------------------------


def accept(client, batch, city="jinan"):
    """Press the one button of a city's page, as the page of the signed-in user has it."""
    address = f"{batch.get_absolute_url()}cities/{city}/"
    page = client.get(address)
    versions = [f"{pk}:{base}" for pk, base in page.context["waiting"]]
    return client.post(f"{address}accept/", {"version": versions}, follow=True)


def test_a_reviewer_accepts_all_quarters_of_a_city_with_one_button(bring, client, three, reviewer):
    batch = bring(archive(three))
    client.force_login(reviewer)

    answer = accept(client, batch)
    assert b"3 quarters accepted" in answer.content
    in_force = Submission.objects.in_force().order_by("decided_at")
    assert [one.period.code for one in in_force] == list(QUARTERS)
    assert {one.decided_by for one in in_force} == {reviewer}


def test_the_page_shows_what_does_not_follow_on(bring, client, three, reviewer):
    three["2.xlsx"] = file_of("2024Q3", figure=500)
    batch = bring(archive(three))
    client.force_login(reviewer)

    page = client.get(f"{batch.get_absolute_url()}cities/jinan/").content.decode()
    assert "a cumulative figure falls" in page
    assert "环保业务营业收入" in page
    sheet = client.get(f"{batch.get_absolute_url()}cities/jinan/?download=continuity.csv")
    assert sheet.status_code == 200


def test_what_was_not_shown_is_not_accepted(bring, client, three, reviewer):
    batch = bring(archive(three))
    client.force_login(reviewer)

    client.post(f"{batch.get_absolute_url()}cities/jinan/accept/", {"version": ["999:", "x"]})
    assert not Submission.objects.in_force().exists()


def test_the_first_refusal_ends_it(bring, client, three, reviewer):
    batch = bring(archive(three))
    client.force_login(reviewer)
    address = f"{batch.get_absolute_url()}cities/jinan/"
    versions = [f"{pk}:{base}" for pk, base in client.get(address).context["waiting"]]
    # Another version than the page showed is said to be in force.
    versions[1] = f"{versions[1].partition(':')[0]}:12345"

    answer = client.post(f"{address}accept/", {"version": versions}, follow=True)
    assert b"was not accepted, nor what follows" in answer.content
    assert [one.period.code for one in Submission.objects.in_force()] == ["2024Q1"]


def test_an_administrator_never_accepts_and_nobody_their_own(bring, client, three):
    admin = make_user("admin")
    batch = bring(archive(three), by=admin, published_on="2024-12-01")

    assert accept(client, batch).status_code == 403
    everything = make_user(is_superuser=True)
    again = file_of("2024Q1", remark="又一份")
    own = bring(archive({"a.xlsx": again}), by=everything)
    client.post(f"{own.get_absolute_url()}decide/", {"file": own.files.get().pk, "how": "only"})
    answer = accept(client, own)
    assert b"somebody else" in answer.content.lower() or b"Somebody other" in answer.content


def test_a_dated_history_is_published_on_its_day_however_it_is_accepted(
    bring, client, three, reviewer
):
    batch = bring(archive(three), by=make_user("admin"), published_on="2024-12-01")
    client.force_login(reviewer)
    first = Submission.objects.get(period__code="2024Q1")

    client.post(f"{first.get_absolute_url()}accept/", {"base": ""})
    accept(client, batch)
    days = {str(one.published_at.date()) for one in Submission.objects.in_force()}
    # The beginning of the day in the province.
    assert days == {"2024-11-30"}
    assert Submission.objects.in_force().count() == 3


def test_the_citys_bureau_answers_the_findings_of_a_history_that_an_administrator_brought(
    bring, client, periods, officer, reviewer
):
    batch = bring(
        archive({"a.xlsx": file_of("2024Q1", remark=None)}),
        by=make_user("admin"),
        published_on="2024-12-01",
    )
    submission = Submission.objects.get()
    assert submission.status == Status.UPLOADED
    for finding in submission.findings.unanswered():
        explaining.explain(finding, text="本季度新纳入统计口径", by=officer, confirmed=True)
    client.force_login(officer)
    client.post(f"{submission.get_absolute_url()}submit/")
    client.force_login(reviewer)
    accept(client, batch)
    accepted = Submission.objects.get()
    assert (accepted.submitted_by, accepted.decided_by) == (officer, reviewer)
    assert str(accepted.published_at.date()) == "2024-11-30"
