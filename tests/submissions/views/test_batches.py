from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from submissions.backfill import batches
from submissions.models import Batch, Submission
from submissions.review import actions
from tests.config.test_submit_returns import file_of
from tests.factories import make_city, make_user
from tests.submissions.backfill.bringing import archive, states


def test_several_files_come_without_an_archive(bring, three):
    bring(*(SimpleUploadedFile(name, content) for name, content in three.items()))

    assert Submission.objects.waiting().count() == 3


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


def test_too_large_together_is_refused_in_words(client, officer, periods, monkeypatch):
    from submissions.intake import upload_limit

    monkeypatch.setattr(upload_limit.limits, "ARCHIVE_SIZE", 1000)
    client.force_login(officer)
    files = [SimpleUploadedFile(f"{at}.xlsx", b"0" * 600) for at in range(2)]

    answer = client.post("/submissions/batches/", {"files": files})
    assert answer.status_code == 422
    assert "Bring them in several parts" in answer.content.decode()
    assert not Batch.objects.exists()


def test_who_has_brought_too_much_within_a_day_goes_on_tomorrow(bring, client, three, monkeypatch):
    bring(archive(three))
    monkeypatch.setattr(batches, "A_DAY", 1000)

    answer = client.post("/submissions/batches/", {"files": [archive(three)]})
    assert "Go on tomorrow" in answer.content.decode()
    assert Batch.objects.count() == 1


def add(client, batch, *files):
    return client.post(f"{batch.get_absolute_url()}add/", {"files": list(files)})


def test_more_files_are_added_to_a_batch_and_go_the_same_way(bring, client, three):
    first = {"0.xlsx": three.pop("0.xlsx")}
    batch = bring(archive(first))

    assert add(client, batch, archive(first | three))["Location"] == batch.get_absolute_url()
    assert states() == dict.fromkeys(("0.xlsx", "1.xlsx", "2.xlsx"), "taken")
    assert Submission.objects.waiting().count() == 3
    assert Batch.objects.count() == 1


def test_a_second_file_of_a_quarter_that_is_added_is_put_to_a_person(bring, client, three):
    batch = bring(archive(three))

    add(client, batch, archive({"again.xlsx": file_of("2024Q1", remark="本季度新增的企业")}))
    assert states()["again.xlsx"] == "asked"
    assert states()["0.xlsx"] == "taken"


def test_the_limits_are_those_of_the_whole_batch_and_nothing_of_what_is_refused_is_stored(
    bring, client, three, monkeypatch
):
    batch = bring(archive(three))
    monkeypatch.setattr("submissions.backfill.archive.limits.ARCHIVE_FILES", 4)

    answer = add(client, batch, archive({"a.xlsx": b"a", "b.xlsx": b"b"}))
    assert answer.status_code == 422
    assert "at most 4 are taken" in answer.text
    assert batch.files.count() == 3


def test_what_is_added_counts_for_the_day_on_which_it_comes(bring, client, three, monkeypatch):
    batch = bring(archive(three))
    Batch.objects.update(created_at=timezone.now() - timedelta(days=9))
    monkeypatch.setattr(batches, "A_DAY", 1000)

    assert "Go on tomorrow" in add(client, batch, archive({"a.xlsx": b"a"})).text


def test_only_who_brought_a_batch_adds_to_it_and_what_it_may_hold_stays(bring, client, three):
    admin = make_user("admin")
    batch = bring(archive(three), by=admin, published_on="2024-12-01")
    client.force_login(make_user("admin"))
    assert add(client, batch, archive({"a.xlsx": b"a"})).status_code == 403
    assert b"Add more files" not in client.get(batch.get_absolute_url()).content

    make_city("370800")
    client.force_login(admin)
    other = file_of("2024Q1", city="济宁市")
    add(client, batch, archive({"other.xlsx": other}))
    assert states()["other.xlsx"] == "refused"


def test_a_stopped_batch_stays_stopped_when_files_are_added(bring, client, three):
    batch = bring(archive({"0.xlsx": three["0.xlsx"]}))
    client.post(f"{batch.get_absolute_url()}stop/")

    add(client, batch, archive(three))
    assert states()["1.xlsx"] == "waiting"


def test_a_finished_batch_takes_no_more(bring, client, three, reviewer):
    batch = bring(archive({"0.xlsx": three["0.xlsx"]}))
    actions.accept(Submission.objects.get(), by=reviewer)

    assert b"Add more files" not in client.get(batch.get_absolute_url()).content
    answer = add(client, batch, archive(three))
    assert answer.status_code == 422
    assert "another one" in answer.text


def test_our_script_is_told_where_the_batch_is(client, officer, three):
    client.force_login(officer)
    headers = {"accept": "application/json, text/html;q=0.9"}
    sent = {"files": [archive(three)]}

    answer = client.post("/submissions/batches/", sent, headers=headers)
    assert answer.json() == {"address": Batch.objects.get().get_absolute_url()}


def test_a_batch_without_a_name_is_called_after_its_files(bring, three):
    assert bring(archive(three)).name == "history.zip"
    files = [SimpleUploadedFile(name, content) for name, content in three.items()]
    assert bring(*files).name == "0.xlsx and 2 more"


def test_where_nothing_was_brought_yet_the_list_says_what_to_do(client, officer, reviewer):
    client.force_login(officer)
    assert "press the button" in client.get("/submissions/batches/").text
    client.force_login(reviewer)
    assert "A bureau or an administrator brings" in client.get("/submissions/batches/").text
