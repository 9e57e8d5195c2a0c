"""One set-up at a time: two servers that start together share a database, or a folder."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

# Any number that no other program takes on this database.
LOCK = 3_112_023


@contextmanager
def one_setup_at_a_time() -> Iterator[None]:
    """Wait until no other process sets up this database, on whatever host it runs."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Of the session: migrations open and close transactions of their own.
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    else:
        with (settings.DATA_DIR / "setup.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
