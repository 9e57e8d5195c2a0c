"""
A site that has applied the old migrations, and one made by the squashed ones, are the same.

The tests' own database is made by the squashed ones. The other is made by processes of their own,
as by a release in which the squashed files are not there yet.
"""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ProjectState

from foundation.migrating.creating_models import CreateModels
from tests.depth import DEEP
from tests.submissions.robustness.production import another_database, database_url
from tests.throwaway_postgres import binaries

ROOT = Path(__file__).resolve().parents[2]
BEFORE_THE_SQUASHED = """
import sys, django
django.setup()
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

load_disk = MigrationLoader.load_disk
def without_squashed(self):
    load_disk(self)
    files = self.disk_migrations
    self.disk_migrations = {key: one for key, one in files.items() if not one.replaces}

MigrationLoader.load_disk = without_squashed
call_command("migrate", *sys.argv[1:], verbosity=0)
"""
UPGRADED = """
import django
django.setup()
from django.core.management import call_command
from django.test import Client

call_command("migrate", check_unapplied=True, verbosity=0)
call_command("setup", static=False)
call_command("verify")
print(Client(headers={"host": "127.0.0.1"}).get("/readyz").json().get("migrations", "all"))
"""
# It takes as long as migrating twice: on SQLite only with DEEP=1.
SITES = [[], ["submissions", "0015_tasks_are_staged"]] if DEEP else [[]]
COMPARED = SITES if DEEP or connection.vendor == "postgresql" else []


def run(url, folder, *command):
    """Run Python on a database; return what it says."""
    settings = {"DATABASE_URL": url, "DATA_DIR": str(folder), "SECRET_KEY": "of this test alone"}
    done = subprocess.run(
        [sys.executable, *command],
        env=os.environ | settings | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def schema(url):
    """Return what makes the tables, indexes, constraints, triggers and functions of a database."""
    if connection.vendor == "sqlite":
        return of_sqlite(url.partition("///")[2].partition("?")[0])
    command = [binaries() / "pg_dump", "--schema-only", "--no-owner", "--no-privileges", url]
    dumped = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    lines = [one for one in dumped.splitlines() if not one.startswith(("--", "\\"))]
    return {one.strip() for one in "\n".join(lines).split(";\n\n") if one.strip()}


def of_sqlite(path):
    """Return the same of a file; a table's columns in any order: Django moves one it alters."""
    with closing(sqlite3.connect(path)) as file:
        found = file.execute("SELECT type, tbl_name, name, sql FROM sqlite_master").fetchall()
    return {
        (kind, table, name, tuple(sorted(parts(sql))) if kind == "table" else sql)
        for kind, table, name, sql in found
    }


def parts(sql):
    """Yield the columns and constraints of a CREATE TABLE: what stands between its own commas."""
    head, _, body = sql.partition("(")
    yield head
    depth, part = 0, ""
    for letter in body[: body.rindex(")")]:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and not depth:
            yield part.strip()
            part = ""
        else:
            part += letter
    yield part.strip()


if COMPARED:

    @pytest.mark.parametrize("old_until", COMPARED, ids=" ".join)
    def test_a_site_of_the_old_migrations_has_the_same_tables_and_goes_on(
        transactional_db, tmp_path, old_until
    ):
        is_the_same(tmp_path, old_until)


def is_the_same(tmp_path, old_until):
    """Assert it of a site that has applied the old files, all or until one of an app."""
    with another_database(tmp_path) as url:
        run(url, tmp_path, "-c", BEFORE_THE_SQUASHED, *old_until)
        if old_until:
            run(url, tmp_path, "manage.py", "migrate", "--verbosity=0")

        assert schema(url) == schema(database_url())
        assert run(url, tmp_path, "-c", UPGRADED).splitlines()[-1] == "all"
        recorded = run(url, tmp_path, "manage.py", "showmigrations", "--list")
        assert "[-]" not in recorded
        assert "[ ]" not in recorded


def test_what_stands_for_old_migrations_is_named_after_the_first_and_the_last():
    """And leaves none between them out."""
    files = MigrationLoader(None).disk_migrations
    squashed = {key: one for key, one in files.items() if one.replaces}

    assert squashed
    for (app, name), one in squashed.items():
        first, _, last = name.partition("_squashed_")
        between = [key for key in sorted(files) if key[0] == app and key not in squashed]
        names = [old for _app, old in between]
        start = next(at for at, old in enumerate(names) if old.startswith(first))
        assert one.replaces == between[start : names.index(last) + 1]


def test_tables_created_at_once_are_dropped_at_once(transactional_db):
    one = [("id", models.BigAutoField(primary_key=True))]
    other = [*one, ("one", models.ForeignKey("squashing.one", models.PROTECT))]
    operation = CreateModels([CreateModel("One", one), CreateModel("Other", other)])
    before = ProjectState()
    after = before.clone()
    operation.state_forwards("squashing", after)
    there = set(connection.introspection.table_names())

    with connection.schema_editor() as editor:
        operation.database_forwards("squashing", editor, before, after)
    made = set(connection.introspection.table_names()) - there
    with connection.schema_editor() as editor:
        operation.database_backwards("squashing", editor, after, before)

    assert made == {"squashing_one", "squashing_other"}
    assert set(connection.introspection.table_names()) == there
