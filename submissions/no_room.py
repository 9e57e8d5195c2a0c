"""Whether an error of the system or of the database means that a disk or a quota is full."""

import errno
from collections.abc import Iterator

from django.db import DatabaseError

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
# PostgreSQL's SQLSTATE, and SQLite's error numbers, of which the last byte counts. SQLite does
# not tell a full disk from a broken one.
FULL = {"53100", 10, 13}


def is_no_room(error: BaseException | None) -> bool:
    """Return whether an error, or one that it came from, says that there is no room to write."""
    return any(
        code_of(each) in FULL or (isinstance(each, OSError) and each.errno in NO_ROOM)
        for each in causes(error)
    )


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and what it came from."""
    while error:
        yield error
        error = error.__cause__ or error.__context__


def code_of(error: BaseException) -> str | int | None:
    """Return the database's own code of an error; None if it is not the database's."""
    if isinstance(error, DatabaseError):
        return None
    if code := getattr(error, "sqlite_errorcode", None):
        return code & 0xFF
    return getattr(error, "sqlstate", None)
