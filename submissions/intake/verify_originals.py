"""
The store of originals against the database: what each has that the other has not.

A row without its file, or with another one, is a loss and must be brought back from a backup. A
file without a row is harmless: an upload that broke off between the two, or a database that is
older than its files.
"""

import hashlib
import time
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from submissions.intake.originals import path_of
from submissions.models import Submission

# A file younger than this may be of an upload that is just being received.
UNDER_WAY_SECONDS = 3600


@dataclass(slots=True)
class OriginalsReport:
    """
    What was found.

    whole      how many submissions have their original, byte for byte
    missing    submissions without their original
    changed    submissions whose original is not what was received
    ownerless  files that belong to no submission, for an hour at least
    """

    intact: int = 0
    missing: list[Submission] = field(default_factory=list)
    changed: list[Submission] = field(default_factory=list)
    unowned: list[Path] = field(default_factory=list)

    @property
    def is_intact(self) -> bool:
        """Return whether nothing is lost."""
        return not self.missing and not self.changed


def verify_originals() -> OriginalsReport:
    """Read every original and return what is there, missing, changed. Changes nothing."""
    report = OriginalsReport()
    owned = set()
    # First the files: one that comes in meanwhile is not looked for among the rows.
    files = list(settings.ORIGINALS_DIR.glob("*"))
    for submission in Submission.objects.select_related("city", "period").order_by("pk"):
        path = path_of(submission)
        owned.add(path.name)
        if not path.is_file():
            report.missing.append(submission)
        elif sha256(path) != submission.sha256:
            report.changed.append(submission)
        else:
            report.intact += 1
    long_ago = time.time() - UNDER_WAY_SECONDS
    report.unowned = sorted(
        path for path in files if path.name not in owned and path.stat().st_mtime < long_ago
    )
    return report


def sha256(path: Path) -> str:
    """Return a file's SHA-256 in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
