"""
The tables as the migrations make them, made once and copied: migrating takes seconds.

On SQLite the copy is kept in pytest's cache, under a name made of the migrations; PostgreSQL keeps
a template database for as long as the server runs.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.apps import apps
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]


def begin_with_tables(cache: Path) -> None:
    """Let Django's test database begin as a copy of the migrated one; make that if need be."""
    test = connection.settings_dict["TEST"]
    name = f"migrated_{fingerprint()}"
    with locked(cache / "lock"):
        if connection.vendor == "sqlite":
            copy = cache / f"{name}.sqlite3"
            if not copy.exists():
                make_sqlite(copy)
            shutil.copyfile(copy, test["NAME"])
        else:
            make_postgres(name)
            test["TEMPLATE"] = name


def fingerprint() -> str:
    """Return what changes when a migration does, a dependency's too; 16 characters."""
    found = hashlib.sha256()
    folders = {app.label: Path(app.path) / "migrations" for app in apps.get_app_configs()}
    folders["foundation"] = ROOT / "foundation" / "migrating"
    for label, folder in sorted(folders.items()):
        for path in sorted(folder.glob("*.py")):
            found.update(f"{label} {path.name}".encode() + path.read_bytes())
    return found.hexdigest()[:16]


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep the other workers waiting."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def make_sqlite(copy: Path) -> None:
    """Migrate an empty database and keep it in place of those of other migrations."""
    for old in copy.parent.glob("migrated_*"):
        old.unlink()
    unfinished = copy.with_suffix(".unfinished")
    migrate(f"sqlite:///{unfinished}")
    unfinished.rename(copy)


def make_postgres(name: str) -> None:
    """Make the template database on the server, unless it is there."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone():
            return
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}_unfinished"')
        cursor.execute(f'CREATE DATABASE "{name}_unfinished"')
        server = urlsplit(os.environ["DATABASE_URL"])
        migrate(urlunsplit(server._replace(path=f"/{name}_unfinished")))
        cursor.execute(f'ALTER DATABASE "{name}_unfinished" RENAME TO "{name}"')


def migrate(url: str) -> None:
    """Run the migrations on a database in a process of its own."""
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity=0"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        check=True,
    )
