"""Backup, restore and the way back to an empty database, each by its command, on a real one."""

import io
import json
import os
import subprocess
import sys
import zipfile

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection

from config.deploy import backup_file, dumps, removing_demonstration
from enterprises.models import Enterprise
from submissions.backfill.archive import Member
from submissions.backfill.batches import bring
from submissions.intake import receiving
from submissions.models import BatchContent
from submissions.refused import Refused
from submissions.review import actions, explaining
from tests.factories import make_enterprise, make_period, make_user
from tests.submissions.cast import make_submission
from tests.submissions.fault_catalogue import forge
from tests.submissions.robustness.production import another_database, database_url
from tests.submissions.verification.conftest import without_guards

ADDRESSES = [
    *("indicators", "cities", "clusters", "parks", "enterprises", "submissions"),
    *("enterprises/?format=csv", "indicators/?period=2025Q3"),
]
ANSWERS = """
import json, django
django.setup()
from django.test import Client
client = Client()
from accounts.models import User
client.force_login(User.objects.get(username="admin"))
addresses = [f"/api/v1/{one}" if "?" in one else f"/api/v1/{one}/" for one in %r]
addresses.append("/submissions/%d/original/")
answers = [client.get(one, headers={"host": "127.0.0.1"}) for one in addresses]
assert [one.status_code for one in answers] == [200] * len(answers), answers
print(json.dumps([one.getvalue().hex() for one in answers]))
"""


@pytest.fixture
def accepted(transactional_db, city, officer, reviewer):
    """A province with one workbook that went the whole way."""
    make_user("admin", username="admin")
    for number in (1, 2, 3):
        firm = forge.enterprise(number)
        make_enterprise(city, credit_code=firm["credit_code"], name=firm["name"])
    submission = receiving.receive(
        io.BytesIO(forge.workbook(enterprises=[forge.enterprise(n, park=None) for n in (1, 2, 3)])),
        city=city,
        period=make_period(),
        by=officer,
        filename="报表.xlsx",
    )
    submission = receiving.read_and_check(submission)
    for finding in submission.findings.unanswered():
        explaining.explain(finding, text="已与企业核对合同台账", by=officer)
    actions.submit(submission, by=officer)
    return actions.accept(submission, by=reviewer)


@pytest.fixture
def run(tmp_path):
    """Return a function: run a command, or a program, on the other database."""
    with another_database(tmp_path) as address:
        (tmp_path / "data").mkdir()
        settings = {
            "DATA_DIR": str(tmp_path / "data"),
            "SECRET_KEY": "of this test alone",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "LANGUAGE_CODE": "en",
        }

        def act(*command, of=None):
            return subprocess.run(
                [sys.executable, *map(str, command)],
                env=os.environ | settings | {"DATABASE_URL": of or address},
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )

        yield act


def answers(done):
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def backup(accepted, tmp_path):
    call_command("backup", str(tmp_path / "backup.zip"), stdout=io.StringIO())
    return tmp_path / "backup.zip"


def test_answers_are_the_same_before_and_after(accepted, backup, run):
    restored = run("manage.py", "restore", backup)

    assert restored.returncode == 0, restored.stdout + restored.stderr
    asked = ANSWERS % (ADDRESSES, accepted.pk)
    before = answers(run("-c", asked, of=database_url()))
    assert answers(run("-c", asked)) == before
    assert bytes.fromhex(before[-1]).startswith(b"PK")


def test_a_restore_says_what_is_newer_elsewhere(accepted, backup, run, tmp_path, officer):
    make_submission(accepted.city, accepted.period, by=officer)
    call_command("backup", str(tmp_path / "later.zip"), stdout=io.StringIO())
    (tmp_path / "notes.zip").write_bytes(b"no backup")
    restored = run("manage.py", "restore", backup)

    assert restored.returncode == 0, restored.stdout + restored.stderr
    assert "later.zip" in restored.stdout
    assert "backup.zip" not in restored.stdout
    newer = next(line for line in restored.stdout.splitlines() if "later.zip" in line)
    assert "+1" in newer
    last = run("manage.py", "restore", tmp_path / "later.zip")
    assert last.returncode == 1
    assert "数据库不是空的" in last.stderr


def test_the_manifest_counts_what_the_file_holds(backup):
    with zipfile.ZipFile(backup) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert archive.namelist() == ["manifest.json", "database.dump"]
    assert manifest["engine"] == connection.vendor
    # That it was made is noted and recorded after it.
    now = dumps.row_counts()
    after = {"jobs_operatorrun": 0, "audit_auditevent": now["audit_auditevent"] - 1}
    assert manifest["counts"] == now | after
    assert manifest["counts"]["submissions_original"] == 1
    assert "submissions.0009_originals" in manifest["migrations"]
    assert backup.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_is_never_overwritten(backup):
    before = backup.read_bytes()
    with pytest.raises(CommandError, match="There is a file already"):
        call_command("backup", str(backup))
    assert backup.read_bytes() == before


def test_what_fails_leaves_no_file(accepted, tmp_path, monkeypatch):
    def full(*args, **kwargs):
        raise OSError("No space left on device")

    monkeypatch.setattr("shutil.copyfileobj", full)
    with pytest.raises(CommandError, match="No space left"):
        call_command("backup", str(tmp_path / "backup.zip"))
    assert not [one for one in tmp_path.iterdir() if "backup" in one.name]


def test_a_database_that_is_not_empty_takes_no_backup(backup):
    with pytest.raises(CommandError, match="not empty"):
        call_command("restore", str(backup))


@pytest.fixture
def as_if_empty(monkeypatch):
    monkeypatch.setattr(dumps, "is_empty", lambda: True)
    monkeypatch.setattr(dumps, "load", lambda path: pytest.fail("it was read"))


def changed(backup, **given):
    """Give a backup another manifest."""
    with zipfile.ZipFile(backup) as archive:
        manifest = json.loads(archive.read("manifest.json")) | given
        content = archive.read("database.dump")
    with zipfile.ZipFile(backup, "w") as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
        archive.writestr("database.dump", content)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"engine": "oracle"}, "The backup is of oracle"),
        ({"migrations": ["submissions.9999_of_tomorrow"]}, "by a newer program"),
        ({"format": 2}, "by a newer program"),
        ({"sha256": "0" * 64}, "is damaged"),
        ({"surprise": 1}, "damaged, or not a backup"),
    ],
)
def test_a_backup_that_does_not_fit_is_refused_in_words(backup, as_if_empty, given, said):
    changed(backup, **given)
    with pytest.raises(CommandError, match=said):
        call_command("restore", str(backup))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut short", b"something else"])
def test_what_is_no_backup_is_refused_in_words(db, tmp_path, as_if_empty, content):
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(CommandError, match="damaged, or not a backup"):
        call_command("restore", str(tmp_path / "file"))


def test_a_restored_fault_is_found(accepted, tmp_path, run):
    with without_guards() as cursor:
        cursor.execute("DELETE FROM submissions_original")
    backup_file.write(tmp_path / "backup.zip")
    restored = run("manage.py", "restore", tmp_path / "backup.zip")

    assert restored.returncode == 1
    assert "originals-lost" in restored.stdout


# ---- the demonstration is removed --------------------------------------------------------------


def test_a_database_of_the_demonstration_alone_is_set_up_anew(accepted, tmp_path, run):
    get_user_model().objects.update(is_demonstration=True)
    Enterprise.objects.update(is_demonstration=True)
    backup_file.write(tmp_path / "backup.zip")
    run("manage.py", "restore", tmp_path / "backup.zip")
    removed = run("manage.py", "remove_demo")

    assert removed.returncode == 0, removed.stderr
    counts = "import json, django; django.setup(); from config.deploy import dumps; "
    counts += "print(json.dumps(dumps.row_counts()))"
    found = answers(run("-c", counts))
    assert found["clusters_city"] == 16
    assert found["accounts_user"] == found["submissions_original"] == 0
    assert run("manage.py", "verify").returncode == 0


def test_beside_a_real_account_nothing_is_removed(transactional_db):
    make_user("admin", username="wang")
    with pytest.raises(CommandError, match="real accounts here: wang"):
        call_command("remove_demo")
    assert get_user_model().objects.exists()


def test_beside_a_batch_nothing_is_removed_even_if_an_account_of_the_demonstration_brought_it(
    transactional_db, city
):
    jinan = make_user("bureau", city, is_demonstration=True)
    bring([Member("一季度.xlsx", b"x")], by=jinan, name="2024年报表", cities=[city])
    with pytest.raises(CommandError, match="2024年报表"):
        call_command("remove_demo")
    assert BatchContent.objects.exists()


@pytest.mark.parametrize("what", ["submission", "enterprise", "nothing"])
def test_beside_anything_real_it_is_refused(db, what):
    if what == "submission":
        make_submission()
    elif what == "enterprise":
        make_enterprise()
    with pytest.raises(Refused):
        removing_demonstration.refuse_with_real_data()
