"""
The whole database as one file, while the site runs; and back. PostgreSQL: pg_dump's custom format.

Both give the rows of one moment and their number in each table, counted at that very moment.
"""

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import connection, transaction
from psycopg import pq

Counts = dict[str, int]


class DumpFailed(Exception):
    """The database's own program failed, or is not there; the text is what it said."""


def dump(path: Path) -> Counts:
    """Write the database to a new file; return the number of rows by table. Raises DumpFailed."""
    return _dump_postgres(path) if connection.vendor == "postgresql" else _dump_sqlite(path)


def load(path: Path) -> Counts:
    """Read a dump into the empty database; return its rows by table. Raises DumpFailed."""
    if connection.vendor == "postgresql":
        # All or nothing; owned by who restores.
        options = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
        _run("pg_restore", *options, "--dbname", _environment()["PGDATABASE"], str(path))
    else:
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as source:
            source.backup(connection.connection)
    return row_counts()


def is_empty() -> bool:
    """Return whether the database has no table at all."""
    return not connection.introspection.table_names()


def row_counts() -> Counts:
    """Return the number of rows of each table."""
    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
        counts = {}
        for table in tables:
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
            counts[table] = cursor.fetchone()[0]
    return counts


def _dump_sqlite(path: Path) -> Counts:
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
        # Else rows could stand in a second file beside it.
        copy.execute("PRAGMA journal_mode = DELETE")
        found = copy.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
        return {
            table: copy.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()[0]  # noqa: S608
            for (table,) in sorted(found.fetchall())
        }


def _dump_postgres(path: Path) -> Counts:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        moment = cursor.fetchone()[0]
        _run("pg_dump", "--format=custom", f"--snapshot={moment}", "--file", str(path))
        return row_counts()


def _run(*command: str) -> None:
    """Run a program of PostgreSQL on our database. Raises DumpFailed."""
    try:
        subprocess.run(
            command, env=os.environ | _environment(), check=True, capture_output=True, text=True
        )
    except FileNotFoundError as error:
        raise DumpFailed(f"{command[0]}: {error.strerror}") from error
    except subprocess.CalledProcessError as error:
        raise DumpFailed(error.stderr.strip()) from error


def _environment() -> dict[str, str]:
    """
    Return the variables from which libpq takes our connection: socket, hosts, TLS, password.

    Not as arguments, which every user of the machine can read.
    """
    connection.ensure_connection()
    info = connection.connection.info
    given = info.get_parameters() | {"password": info.password}
    names = {
        option.keyword.decode(): option.envvar.decode()
        for option in pq.Conninfo.get_defaults()
        if option.envvar
    }
    return {names[name]: value for name, value in given.items() if value and name in names}
