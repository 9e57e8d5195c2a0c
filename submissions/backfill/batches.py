"""Stores many files as they came, before anything reads them."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from django.db import DatabaseError, transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.acts import Act
from audit.recording import record
from audit.refusals import refusals_recorded
from clusters.models import City, Plan
from submissions.access import BACKFILL, UPLOAD
from submissions.backfill.archive import Member, refuse_beyond_limits
from submissions.intake.originals import NotStored
from submissions.intake.quota import refuse_without_reserve
from submissions.models import Batch, BatchContent, BatchFile
from submissions.no_room import is_no_room
from submissions.refused import Refused
from submissions.workbook.limits import ARCHIVE_UNPACKED, MIB

State = BatchFile.FileState

# Of one user.
A_DAY = 2 * ARCHIVE_UNPACKED


@refusals_recorded(Act.BATCH_BROUGHT, Refused)
def bring(
    members: Iterable[Member],
    *,
    by,
    name: str,
    cities: Iterable[City],
    published_at: datetime | None = None,
    batch: Batch | None = None,
) -> Batch:
    """
    Store files as a batch, or as more of a batch; return it.

    What the batch has already is not stored twice; the same bytes under another name are named and
    left out. All is stored, or nothing.

    cities        those whose workbooks the user may bring; of a batch that is there its own count
    published_at  the declared moment of publication; None if that is the moment of acceptance

    Raises Refused beyond the limits, without files, or for a date that is not allowed; NotStored
    if the disk is full.
    """
    refuse_without_reserve()
    _refuse_beyond_day(by)
    _refuse_date(by, published_at)
    try:
        with transaction.atomic():
            if batch is None:
                batch = Batch.objects.create(
                    name=name[:200] or _("Workbooks"),
                    plan=Plan.objects.order_by("-first_year").first(),
                    created_by=by,
                    published_at=published_at,
                )
                batch.cities.set(cities)
            else:
                # Two who add at once: the limits are those of the whole batch.
                Batch.objects.select_for_update().get(pk=batch.pk)
            _add(batch, members, by=by)
            return batch
    except DatabaseError as error:
        if is_no_room(error):
            raise NotStored(error) from error
        raise


def in_order(files) -> list[BatchFile]:
    """Return files in the order in which they are handed in: by quarter, city and rank."""
    chosen = files.filter(city__isnull=False, period__isnull=False)
    return list(
        chosen.select_related("batch", "city", "period", "submission", "layout").order_by(
            "period__code", "city__code", "rank", "pk"
        )
    )


def _refuse_beyond_day(by) -> None:
    """Raise Refused if a user has brought too much within a day: nobody fills the disk."""
    since = timezone.now() - timedelta(days=1)
    came = BatchFile.objects.filter(part_of=None)
    recent = came.filter(batch__created_by=by, brought_at__gt=since)
    if (recent.aggregate(bytes=Sum("size"))["bytes"] or 0) > A_DAY:
        raise Refused(
            _("You have brought more than %(most)d MiB within a day. Go on tomorrow.")
            % {"most": A_DAY // MIB}
        )


def _refuse_date(by, published_at: datetime | None) -> None:
    """Raise Refused for a declared moment that the user may not give, or that is missing."""
    if published_at is None:
        if not by.has_perm(UPLOAD):
            raise Refused(
                _("Give the day of publication: an administrator brings only a dated history.")
            )
        return
    if not by.has_perm(BACKFILL):
        raise Refused(_("Only an administrator may date a back-filled history."))
    if published_at > timezone.now():
        raise Refused(_("The publication cannot be dated in the future."))


def _add(batch: Batch, members: Iterable[Member], *, by) -> None:
    """Store the files that the batch does not have. Raises Refused without any, or too many."""
    there = list(batch.files.filter(part_of=None).values_list("name", "sha256", "size"))
    known = {(name, digest) for name, digest, _size in there}
    first_with = {digest: name for name, digest, size in reversed(there) if size}
    total, came, new = sum(size for *_rest, size in there), 0, 0
    for member in members:
        came += 1
        digest = hashlib.sha256(member.content).hexdigest()
        if (member.name, digest) in known:
            continue
        known.add((member.name, digest))
        new += 1
        total += len(member.content)
        refuse_beyond_limits(len(known), total)
        _store(batch, member, digest, same=first_with.get(digest))
        if member.content:
            first_with.setdefault(digest, member.name)
    if not came:
        raise Refused(_("There are no files. Choose workbooks, or a ZIP archive of them."))
    record(
        Act.BATCH_BROUGHT,
        batch,
        by=by,
        after={"files": came, "new": new, "published_at": batch.published_at},
    )


def _store(batch: Batch, member: Member, digest: str, *, same: str | None) -> None:
    """Store a file with its bytes; one that was refused, or is there already, is not read."""
    state, reason = State.WAITING, ""
    if member.refused:
        state, reason = State.UNREADABLE, member.refused
    elif same is not None:
        words = _("It is, byte for byte, the same file as %(file)s.")
        state, reason = State.LEFT_OUT, words % {"file": same}
    file = BatchFile.objects.create(
        batch=batch,
        name=member.name,
        size=len(member.content),
        sha256=digest,
        state=state,
        reason=reason,
    )
    BatchContent.objects.create(file=file, content=member.content)


def base_name(file: BatchFile) -> str:
    """Return a file's name without the folders it lay in."""
    return PurePosixPath(file.name).name
