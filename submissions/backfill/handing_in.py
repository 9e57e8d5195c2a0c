"""From a recognised file to a submission: received, checked, submitted, and accepted if asked."""

import io

from django.db import transaction
from django.utils.translation import gettext as _

from submissions.backfill.batches import base_name
from submissions.intake import receiving
from submissions.intake.originals import NotStored
from submissions.models import BatchContent, BatchFile, LayoutUse, Submission
from submissions.refused import Refused
from submissions.review import actions

State = BatchFile.FileState
Status = Submission.Status


def take_through(file: BatchFile, *, accept_by=None) -> None:
    """
    Take a file as far as it goes: receive, check, submit, and accept if `accept_by` is given.

    Each step is a transaction of its own and is skipped where it has been done, so what was
    interrupted goes on here. Why it goes no further is stored in the file's reason.
    Raises NotStored if the disk is full.
    """
    reason = ""
    try:
        submission = received(file)
        if submission.checked_at is None:
            submission = receiving.read_and_check(submission)
        if not is_earlier_version(file):
            _decide(submission, file, accept_by=accept_by)
    except NotStored:
        # The disk is full: it is nothing about this file, and all the others would follow.
        raise
    except Refused as refusal:
        reason = str(refusal)
    mine = BatchFile.objects.filter(pk=file.pk)
    if reason and not mine.filter(submission__isnull=False).exists():
        mine.update(state=State.REFUSED, reason=reason)
    else:
        mine.update(reason=reason)


@transaction.atomic
def received(file: BatchFile) -> Submission:
    """Return a file's submission, received now if it was not. Raises Refused."""
    related = ("batch", "city", "period", "submission", "layout")
    file = BatchFile.objects.select_related(*related).get(pk=file.pk)
    if file.submission:
        return file.submission
    came = BatchContent.objects.filter(file=file.part_of_id or file.pk)
    submission = receiving.receive(
        io.BytesIO(bytes(came.values_list("content", flat=True).get())),
        city=file.city,
        period=file.period,
        by=file.batch.created_by,
        filename=base_name(file),
        use=LayoutUse(layout=file.layout) if file.layout else None,
    )
    file.submission, file.state, file.reason = submission, State.TAKEN, ""
    file.save(update_fields=["submission", "state", "reason"])
    return submission


def is_earlier_version(file: BatchFile) -> bool:
    """Return whether a later file of the same city and quarter is to be submitted instead."""
    same = BatchFile.objects.filter(batch=file.batch_id, city=file.city_id, period=file.period_id)
    later = same.filter(rank__gt=file.rank, state__in=(State.RECOGNISED, State.TAKEN))
    return later.exists()


def _decide(submission: Submission, file: BatchFile, *, accept_by) -> None:
    """Submit and accept, as far as that is still to be done. Raises Refused."""
    batch = file.batch
    if submission.status == Status.UPLOADED:
        reason = _("Back-filled with the batch “%(batch)s”.") % {"batch": batch}
        submission = actions.submit(submission, by=batch.created_by, reason=reason)
    if accept_by and submission.status == Status.SUBMITTED:
        actions.accept(submission, by=accept_by, published_at=batch.published_at)
