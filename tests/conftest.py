"""The cast: who asks, in most tests."""

import gc

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.db.backends.base.operations import BaseDatabaseOperations
from django.utils import translation
from hypothesis import settings

from audit.append_only import rules
from audit.guards import lifted
from config.web.navigation import demonstration
from indicators.data import snapshot_reader
from measures import plan_ledger
from tests.depth import DEEP, examples
from tests.factories import make_city, make_user
from tests.migrated import begin_with_tables

# A busy machine is no fault of the code: nothing here is timed. The ordinary run tries the same
# examples each time, so that it says what a change broke; `make test-deep` looks for new ones.
settings.register_profile(
    "suite", deadline=None, max_examples=examples(25), derandomize=not DEEP, database=None
)
settings.register_profile("quick", deadline=None, max_examples=10)
settings.load_profile("suite")

# The roles of the province.
PROVINCE = ("reviewer", "official", "admin", "auditor")
# Every page as everyone: a part of `make test-quick` though it asks a database.
SMOKE = "test_city_scope.py"
# These ask no database and take long all the same: programs are started, files spoilt.
SLOW = {
    "test_sandbox.py",
    "test_container.py",
    "test_every_command.py",
    "test_first_start.py",
    "test_fuzz.py",
    "test_libreoffice.py",
    "test_marking_sandbox.py",
    "test_marking.py",
    "test_marking_again.py",
    "test_marking_failures.py",
    "test_round_trip.py",
    "test_bundle.py",
    "test_buffered_worker.py",
    "test_database_owner.py",
    "test_nginx.py",
    "test_serve.py",
    "test_spreadsheet.py",
    "test_standby.py",
    "test_two_hosts.py",
}
# What takes half a minute and more begins first, the longest at the head, so that no worker is left
# alone with it at the end.
FIRST = (
    *("test_manual.py", "test_city_scope.py", "test_two_hosts.py", "test_backup.py"),
    *("test_database_owner.py", "test_nginx.py", "test_disclosure.py", "test_five_people.py"),
    *("test_walk.py", "test_checks.py", "test_honest_surfaces.py", "test_faults_of_files.py"),
    *("test_standby.py", "test_loading.py", "test_round_trip.py", "test_any_order.py"),
    *("test_trace_to_originals.py", "test_recomputed_in_sql.py", "test_fuzz.py"),
    # Of the browser.
    *("test_every_page.py", "test_print_briefing.py", "test_main_job.py", "test_next_plan.py"),
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Put first what shares much, and mark what `make test-quick` runs."""
    place = {name: at for at, name in enumerate(FIRST)}
    items.sort(key=lambda item: place.get(item.path.name, len(FIRST)))
    for item in items:
        asks = item.get_closest_marker("django_db") or {"db", "live_server"} & {*item.fixturenames}
        slow = item.path.name in SLOW or item.get_closest_marker("browser")
        if item.path.name == SMOKE or not (asks or slow):
            item.add_marker("quick")


def pytest_collection_finish():
    """
    Leave what collection made out of the garbage collector's walks.

    Thousands of tests and their modules live to the end; to look at them again and again took a
    tenth of the processor time of a run.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix, django_db_blocker, pytestconfig
):
    """The test database begins as a copy of one that is migrated already."""
    with django_db_blocker.unblock():
        begin_with_tables(pytestconfig.cache.mkdir("migrated"))


@pytest.fixture(scope="session")
def django_db_keepdb():
    """Keep what stands in place of SQLite's file: Django would begin with an empty one."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="module")
def module_db(django_db_setup, django_db_blocker):
    """
    What a file's own fixtures write stays until its last test; what a test writes goes with it.

    Only for files all of whose tests are undone by a rollback: none with transaction=True.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def people(module_db):
    """The cast below, by name, for all tests of a file."""
    return {
        "officer": make_user("bureau", make_city("370100"), username="officer"),
        "stranger": make_user("bureau", make_city("370700"), username="stranger"),
        **{role: make_user(role, username=role) for role in PROVINCE},
    }


@pytest.fixture(autouse=True)
def _no_snapshot_of_another_test():
    """Every test's database numbers its publications anew."""
    snapshot_reader.forget()
    plan_ledger.forget()
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
    Between tests the tables are emptied, which is just what the guards refuse.

    For the whole session, because a test's own fixtures are gone before its database is emptied.
    """
    flush = BaseDatabaseOperations.execute_sql_flush

    def as_their_owner(ops, sql_list):
        emptying = "truncate" if ops.connection.vendor == "postgresql" else "delete"
        with lifted(*rules(), only=emptying):
            flush(ops, sql_list)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", as_their_owner)
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
def auditor(db):
    """Reads who did what, the histories and verification; writes nothing."""
    return make_user("auditor", username="auditor")


@pytest.fixture
def admin(db):
    """Keeps the register, users, targets and periods."""
    return make_user("admin", username="admin")
