"""The cast: who asks, in most tests."""

from pathlib import Path

import pytest
from django.core.cache import cache
from django.db.backends.sqlite3.base import DatabaseOperations
from django.utils import translation
from hypothesis import settings

from config.web.navigation import demonstration
from indicators.data import snapshot_reader
from tests.factories import make_city, make_user

# A busy machine is no fault of the code: nothing here is timed.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")

HERE = Path(__file__).parent
# Arithmetic and the reader of workbooks: what asks no database here is run on SQLite alone.
PURE = ("indicators/formulas", "submissions/workbook", "submissions/rules", "test_templates.py")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark what asks no database, so that tests/run.py can leave it out on PostgreSQL."""
    for item in items:
        asks = item.get_closest_marker("django_db") or "db" in item.fixturenames
        if not asks and item.path.relative_to(HERE).as_posix().startswith(PURE):
            item.add_marker("pure")


@pytest.fixture(autouse=True)
def _no_snapshot_of_another_test():
    """Every test's database numbers its publications anew."""
    snapshot_reader.forget()
    cache.clear()


@pytest.fixture(autouse=True)
def _no_language_of_another_test():
    """A page that was asked for in Chinese leaves its thread speaking Chinese."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _no_demonstration_of_another_test():
    """Whether the database holds the demonstration is asked once a minute; tests of it forget()."""
    demonstration.note(False)


@pytest.fixture(autouse=True, scope="session")
def _what_is_frozen_can_be_flushed():
    """
    Between tests SQLite's tables are emptied by DELETE, which is just what its triggers refuse.

    PostgreSQL truncates, and its triggers are of rows. For the whole session, because a test's
    own fixtures are gone before its database is emptied.
    """
    flush = DatabaseOperations.execute_sql_flush

    def without_triggers(ops, sql_list):
        with ops.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
        flush(ops, sql_list)
        with ops.connection.cursor() as cursor:
            for _name, sql in triggers:
                cursor.execute(sql)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", without_triggers)
        yield


@pytest.fixture
def city(db):
    """Jinan, the officer's city."""
    return make_city("370100")


@pytest.fixture
def officer(city):
    """Works for Jinan's bureau: uploads and submits."""
    return make_user("bureau", city, username="officer")


@pytest.fixture
def stranger(db):
    """Works for another city's bureau, Weifang's."""
    return make_user("bureau", make_city("370700"), username="stranger")


@pytest.fixture
def reviewer(db):
    """Accepts or sends back, for the province."""
    return make_user("reviewer", username="reviewer")


@pytest.fixture
def official(db):
    """Reads everything, changes nothing."""
    return make_user("official", username="official")


@pytest.fixture
def admin(db):
    """Keeps the register, users, targets and periods."""
    return make_user("admin", username="admin")
