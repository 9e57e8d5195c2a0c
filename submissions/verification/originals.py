"""Originals against their hash. One is in memory at a time."""

import hashlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from submissions.models import Original, Submission
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


def _submissions():
    return Submission.objects.select_related("city", "period").order_by("pk")
