"""How far each file of a batch has come, in the words of the command and of the report."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from submissions.models import BatchFile, Submission

State = BatchFile.FileState
Status = Submission.Status


class FileOutcome(models.TextChoices):
    """What became of a file; the first five are those of the report."""

    ACCEPTED = "accepted", pgettext_lazy("file", "accepted")
    FINDINGS = "findings", pgettext_lazy("file", "findings")
    UNREADABLE = "unreadable", pgettext_lazy("file", "unreadable")
    NOT_RECOGNISED = "not_recognised", pgettext_lazy("file", "not recognised")
    ASKED = "asked", pgettext_lazy("file", "to be decided")
    LAYOUT = "layout", pgettext_lazy("file", "layout needed")
    BY_LAYOUT = "by_layout", pgettext_lazy("file", "read by a layout")
    SUBMITTED = "submitted", pgettext_lazy("file", "waits for the reviewer")
    EARLIER = "earlier", pgettext_lazy("file", "earlier version")
    LEFT_OUT = "left_out", pgettext_lazy("file", "left out")
    WAITING = "waiting", pgettext_lazy("file", "not read yet")
    RECOGNISED = "recognised", pgettext_lazy("file", "not handed in yet")


OF_STATE = {
    State.WAITING: FileOutcome.WAITING,
    State.RECOGNISED: FileOutcome.RECOGNISED,
    State.ASKED: FileOutcome.ASKED,
    State.LAYOUT: FileOutcome.LAYOUT,
    State.BY_LAYOUT: FileOutcome.BY_LAYOUT,
    State.NOT_RECOGNISED: FileOutcome.NOT_RECOGNISED,
    State.UNREADABLE: FileOutcome.UNREADABLE,
    State.LEFT_OUT: FileOutcome.LEFT_OUT,
    # The intake refused it: something is to be corrected.
    State.REFUSED: FileOutcome.FINDINGS,
}
OF_STATUS = {
    Status.ACCEPTED: FileOutcome.ACCEPTED,
    Status.SUPERSEDED: FileOutcome.ACCEPTED,
    Status.SUBMITTED: FileOutcome.SUBMITTED,
    Status.SENT_BACK: FileOutcome.FINDINGS,
    Status.UPLOADED: FileOutcome.FINDINGS,
    Status.DISCARDED: FileOutcome.LEFT_OUT,
    # The city reports again.
    Status.WITHDRAWN: FileOutcome.FINDINGS,
}
# Those for which the command has one list: a person must say what they are.
NEED_A_PERSON = (FileOutcome.NOT_RECOGNISED, FileOutcome.ASKED, FileOutcome.LAYOUT)


def outcomes(files: Iterable[BatchFile]) -> dict[int, FileOutcome]:
    """Return the outcome of each file by its primary key; the files are all of one batch."""
    files = list(files)
    last: dict[tuple, int] = {}
    for file in files:
        if file.state in (State.TAKEN, State.RECOGNISED):
            slot = (file.city_id, file.period_id)
            last[slot] = max(last.get(slot, 0), file.rank)
    return {
        file.pk: _outcome(file, last=last.get((file.city_id, file.period_id), 0)) for file in files
    }


def _outcome(file: BatchFile, *, last: int) -> FileOutcome:
    if file.state != State.TAKEN:
        return OF_STATE[State(file.state)]
    if file.submission.status == Status.UPLOADED and file.rank < last:
        return FileOutcome.EARLIER
    return outcome_of(file.submission)


def outcome_of(submission: Submission) -> FileOutcome:
    """Return how far a submission has come."""
    if submission.status == Status.UPLOADED and submission.checked_at is None:
        return FileOutcome.RECOGNISED
    return OF_STATUS[Status(submission.status)]


def layout_said(file: BatchFile) -> str:
    """Return by which layout a file is read and who confirmed it; "" for our own workbook."""
    if file.layout is None:
        return ""
    said = {"layout": file.layout, "by": file.layout.confirmed_by}
    return _("%(layout)s, confirmed by %(by)s") % said
