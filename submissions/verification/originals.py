"""Originals and the files of batches against their hash. One is in memory at a time."""

import hashlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from submissions.models import BatchContent, BatchFile, Original, Submission
from submissions.verification.discrepancy import Discrepancy


def lost_originals() -> Iterator[Discrepancy]:
    """Yield the submissions whose file is not there."""
    for submission in _submissions().filter(original__isnull=True):
        yield Discrepancy(str(submission), _("Its original is lost."))


def changed_originals() -> Iterator[Discrepancy]:
    """Yield the submissions whose file is not the one that came."""
    for submission in _submissions().filter(original__isnull=False):
        kept = Original.objects.get(pk=submission.pk)
        found = (hashlib.sha256(kept.content).hexdigest(), len(kept.content))
        if not found == (kept.sha256, kept.size) == (submission.sha256, submission.size):
            yield Discrepancy(str(submission), _("Its original is not the file that was received."))


def changed_batch_files() -> Iterator[Discrepancy]:
    """Yield the files of batches whose content is lost, or not the one that came."""
    came = BatchFile.objects.filter(part_of=None)
    for file in came.select_related("batch").order_by("pk"):
        place = f"{file.batch} {file.batch_id}: {file.name}"
        kept = BatchContent.objects.filter(file=file).first()
        if kept is None:
            yield Discrepancy(place, _("Its content is lost."))
            continue
        found = (hashlib.sha256(kept.content).hexdigest(), len(kept.content))
        if found != (file.sha256, file.size):
            yield Discrepancy(place, _("It is not the file that was brought."))


def _submissions():
    return Submission.objects.select_related("city", "period").order_by("pk")
