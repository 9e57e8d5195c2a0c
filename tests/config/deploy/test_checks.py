"""Where the embedded database lies is looked at before anything starts."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from config.deploy import checks


def use(monkeypatch, **database):
    """Let the check see another database; the tests' own connection stays what it is."""
    folder = settings.DATA_DIR
    seen = SimpleNamespace(DATABASES={"default": database}, DATA_DIR=folder)
    monkeypatch.setattr(checks, "settings", seen)


@pytest.fixture
def database(monkeypatch, tmp_path):
    """SQLite's file, in a folder of its own."""
    path = tmp_path / "data" / "tracker.sqlite3"
    path.parent.mkdir()
    path.touch()
    use(monkeypatch, ENGINE="django.db.backends.sqlite3", NAME=str(path))
    return path


def found():
    return checks.check_embedded_database(None)


def test_a_file_that_can_be_written_is_in_order(database):
    assert found() == []


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_read_only_database_is_told_in_words(database, monkeypatch, what):
    """F-59"""
    closed = database if what == "file" else database.parent
    allowed = os.access
    # The tests may run as root, who may write anywhere.
    monkeypatch.setattr(os, "access", lambda path, how: path != closed and allowed(path, how))

    assert [error.id for error in found()] == ["config.E001"]
    assert str(closed) in found()[0].msg
    with pytest.raises(SystemCheckError, match="cannot be written"):
        call_command("check")


def test_a_network_disk_is_told_in_words(database, monkeypatch, tmp_path):
    """F-59"""
    mounts = tmp_path / "mounts"
    folder = str(database.parent).replace(" ", "\\040")
    mounts.write_text(f"/dev/sda / ext4 rw 0 0\nserver:/data {folder} nfs4 rw 0 0\n")
    monkeypatch.setattr(checks, "MOUNTS", mounts)

    assert [error.id for error in found()] == ["config.E002"]
    assert "nfs4" in found()[0].msg


def test_the_mount_nearest_to_the_file_counts(monkeypatch, tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text("s / nfs rw 0 0\na /data ext4 rw 0 0\nb /data\\040two cifs rw 0 0\n")
    monkeypatch.setattr(checks, "MOUNTS", mounts)

    assert checks.file_system_of(Path("/data/x")) == "ext4"
    assert checks.file_system_of(Path("/data two/x")) == "cifs"
    assert checks.file_system_of(Path("/other")) == "nfs"
    monkeypatch.setattr(checks, "MOUNTS", tmp_path / "none")
    assert checks.file_system_of(Path("/data/x")) == ""


@pytest.mark.parametrize(
    "database",
    [
        {"ENGINE": "django.db.backends.postgresql", "NAME": "tracker"},
        {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"},
    ],
)
def test_other_databases_have_no_such_file(monkeypatch, database):
    use(monkeypatch, **database)

    assert found() == []


@pytest.fixture
def data_dir(monkeypatch, tmp_path):
    """A folder of data as an older version has left it."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    for name in ("tracker.sqlite3", "secret_key"):
        (folder / name).touch(mode=0o644)
    (folder / "static").mkdir(mode=0o755)
    monkeypatch.setattr(checks, "settings", SimpleNamespace(DATA_DIR=folder))
    return folder


def test_what_others_may_read_is_warned_of_until_it_is_closed(data_dir):
    [warning] = checks.check_private_files(None)
    assert "tracker.sqlite3" in warning.msg
    checks.close_private_files()
    assert checks.check_private_files(None) == []
    modes = {part.name: part.stat().st_mode & 0o777 for part in (data_dir, *data_dir.iterdir())}
    assert modes == {"data": 0o700, "tracker.sqlite3": 0o600, "secret_key": 0o600, "static": 0o755}
