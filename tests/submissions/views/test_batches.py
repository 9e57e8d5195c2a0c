from django.core.files.uploadedfile import SimpleUploadedFile

from submissions.backfill import batches
from submissions.models import Batch, Submission
from tests.factories import make_user
from tests.submissions.backfill.bringing import archive


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
