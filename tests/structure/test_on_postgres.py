"""Nothing that asks for locks, constraints or SQL is left to SQLite alone."""

import re

import pytest

from tests import on_postgres

# Words of a test that is about the database itself.
ABOUT = re.compile(
    r"transaction=True|transactional_db|IntegrityError|DataError|OperationalError"
    r"|select_for_update|connection\.(?:cursor|vendor)"
)
# Here such words only prepare: two programs' answers are compared; what is refused is never stored.
# The write lock of a whole database is SQLite's alone.
ON_SQLITE_ALONE = {
    "test_on_postgres.py",
    "test_verify_proof.py",
    "test_too_large.py",
    "test_locked_database.py",
}


def test_every_file_about_the_database_is_run_on_postgres():
    listed = set(on_postgres.files())
    about = {
        str(path)
        for path in on_postgres.HERE.rglob("test_*.py")
        if path.name not in ON_SQLITE_ALONE and ABOUT.search(path.read_text(encoding="utf-8"))
    }

    assert len(about) > 10
    assert about - listed == set()


def test_a_file_that_is_gone_is_missed(monkeypatch):
    monkeypatch.setitem(on_postgres.WHY, "a slip of the pen", ["test_no_such_thing.py"])

    with pytest.raises(FileNotFoundError, match="test_no_such_thing.py"):
        on_postgres.files()


def test_each_file_is_listed_once():
    names = [name for names in on_postgres.WHY.values() for name in names]

    assert len(names) == len(set(names))
