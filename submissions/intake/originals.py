"""
The store of originals: files as they came, written once, never changed or deleted.

A file is stored under a generated UUID, so that no name from outside reaches the disk.
"""

import errno
import hashlib
import logging
import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from submissions.models import Submission
from submissions.refused import Refused
from submissions.workbook import limits

PIECE = 1024 * 1024

# The disk or the quota is full.
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

log = logging.getLogger(__name__)


class NotStored(Refused):
    """The file could not be written; nothing of it is stored, and the reason is logged."""

    def __init__(self, error: OSError) -> None:
        """Log the error, and make a message for the user."""
        log.error("An original could not be stored: %s", error)
        if error.errno in NO_ROOM:
            message = _(
                "The disk is full: your file was not kept. Try again later, and tell the "
                "administrator."
            )
        else:
            message = _(
                "The file could not be stored: %(error)s. Nothing was received; "
                "please tell the administrator."
            ) % {"error": error.strerror or str(error)}
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A stored file: its name in the store, size in bytes, SHA-256 in hexadecimal."""

    stored_as: uuid.UUID
    size: int
    sha256: str


def path_of(submission: Submission) -> Path:
    """Return the path of a submission's original."""
    return settings.ORIGINALS_DIR / str(submission.stored_as)


def store(file: BinaryIO) -> StoredFile:
    """
    Write a file into the store and return its name, size and hash.

    File and directory entry are synced to disk on return. Raises Refused for a file over the
    limit, NotStored if it cannot be written; neither leaves anything behind.
    """
    folder = settings.ORIGINALS_DIR
    stored_as = uuid.uuid4()
    unfinished = folder / f"{stored_as}.part"
    try:
        folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        stored = _write(file, unfinished, stored_as)
        unfinished.replace(folder / str(stored_as))
        _sync_folder(folder)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise NotStored(error) from error
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return stored


def discard(stored: StoredFile) -> None:
    """Delete a stored file that belongs to no submission."""
    (settings.ORIGINALS_DIR / str(stored.stored_as)).unlink(missing_ok=True)


def too_large() -> str:
    """Return the message for a file over the limit."""
    return _("The file is larger than %(limit)d MiB. A workbook of one city never is.") % {
        "limit": limits.FILE_SIZE // limits.MIB
    }


def _write(file: BinaryIO, path: Path, stored_as: uuid.UUID) -> StoredFile:
    """Copy a file to a new path; return its size and hash."""
    digest = hashlib.sha256()
    size = 0
    with path.open("xb") as out:
        os.fchmod(out.fileno(), settings.FILE_UPLOAD_PERMISSIONS)
        for piece in _pieces(file):
            size += len(piece)
            if size > limits.FILE_SIZE:
                raise Refused(too_large())
            digest.update(piece)
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    return StoredFile(stored_as, size, digest.hexdigest())


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    """Return an iterator over a file from its beginning."""
    file.seek(0)
    return iter(lambda: file.read(PIECE), b"")


def _sync_folder(folder: Path) -> None:
    """Sync a folder, so that its new entry survives a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
