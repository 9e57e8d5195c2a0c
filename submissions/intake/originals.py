"""
Originals: the files as they came, in the database, written once, never changed or deleted.

Nothing else knows where their bytes are: who needs a path asks as_file(), who needs the bytes
content_of().
"""

import hashlib
import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from submissions.models import Original, Submission
from submissions.no_room import is_no_room
from submissions.refused import Refused
from submissions.workbook import limits

log = logging.getLogger(__name__)


class NotStored(Refused):
    """The file could not be written; nothing of it is stored, and the reason is logged."""

    def __init__(self, error: Exception) -> None:
        """Log the error, and make a message for the user."""
        log.error("An original could not be stored: %s", error)
        if is_no_room(error):
            message = _(
                "The disk is full: your file was not kept. Try again later, and tell the "
                "administrator."
            )
        else:
            message = _(
                "The file could not be stored: %(error)s. Nothing was received; "
                "please tell the administrator."
            ) % {"error": getattr(error, "strerror", None) or str(error)}
        super().__init__(message)


class Lost(Refused):
    """A submission has no original."""

    def __init__(self) -> None:
        """Make the message for the user."""
        super().__init__(_("The original file is not in its place. Please tell the administrator."))


@dataclass(frozen=True, slots=True)
class Received:
    """The bytes of a file that is to be stored, and their SHA-256 in hexadecimal."""

    content: bytes
    sha256: str


def received(file: BinaryIO) -> Received:
    """Return a file's bytes and hash. Raises Refused for a file over the limit."""
    file.seek(0)
    content = file.read(limits.FILE_SIZE + 1)
    if len(content) > limits.FILE_SIZE:
        raise Refused(too_large())
    return Received(content, hashlib.sha256(content).hexdigest())


def keep(submission: Submission, file: Received) -> None:
    """Store a submission's original. Only inside the transaction that makes the submission."""
    Original.objects.create(
        submission=submission, sha256=file.sha256, size=len(file.content), content=file.content
    )


def content_of(submission: Submission) -> bytes:
    """Return the bytes of a submission's original. Raises Lost."""
    found = Original.objects.filter(submission=submission).values_list("content", flat=True)
    if (content := found.first()) is None:
        raise Lost
    return bytes(content)


@contextmanager
def as_file(submission: Submission) -> Iterator[Path]:
    """
    Yield the path of a temporary copy of an original, for a child process or a library.

    The copy is always deleted afterwards. Raises Lost; OSError if the copy cannot be written: the
    original itself is stored all the same.
    """
    content = content_of(submission)
    with _temporary() as copy:
        copy.write(content)
        copy.flush()
        yield Path(copy.name)


@contextmanager
def temporary_copy(file: BinaryIO) -> Iterator[Path]:
    """
    Yield a temporary path with the bytes of a file that is not stored.

    The copy is always deleted afterwards. Raises NotStored if it cannot be written.
    """
    with _temporary() as copy:
        try:
            file.seek(0)
            shutil.copyfileobj(file, copy)
            copy.flush()
        except OSError as error:
            raise NotStored(error) from error
        yield Path(copy.name)


def _temporary():
    """Return a temporary file with a name that a child process can open."""
    return tempfile.NamedTemporaryFile(prefix="check-", dir=settings.FILE_UPLOAD_TEMP_DIR)


def too_large() -> str:
    """Return the message for a file over the limit."""
    return _("The file is larger than %(limit)d MiB. A workbook of one city never is.") % {
        "limit": limits.FILE_SIZE // limits.MIB
    }
