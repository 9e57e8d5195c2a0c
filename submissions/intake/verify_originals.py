"""
Compares the store of originals with the database.

A row with a missing or changed file is a loss, to be restored from a backup. A file without a row
is harmless: an interrupted upload, or a database older than its files.
"""

import hashlib
import time
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from submissions.intake.originals import path_of
from submissions.models import Submission

# A younger file may belong to an upload in progress.
UNDER_WAY_SECONDS = 3600


@dataclass(slots=True)
class OriginalsReport:
    """
    The result of the comparison.

    intact   how many submissions have their original, byte for byte
    missing  submissions without their original
    changed  submissions whose original has another hash than when received
    unowned  files of no submission, older than UNDER_WAY_SECONDS
    """

    intact: int = 0
    missing: list[Submission] = field(default_factory=list)
    changed: list[Submission] = field(default_factory=list)
    unowned: list[Path] = field(default_factory=list)

    @property
    def is_intact(self) -> bool:
        """Return whether no original is missing or changed."""
        return not self.missing and not self.changed


def verify_originals() -> OriginalsReport:
    """Read every original and compare its hash. Changes nothing."""
    report = OriginalsReport()
    owned = set()
    # Files first, so that one that arrives meanwhile is not reported.
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
