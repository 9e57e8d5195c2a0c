"""The whole way of a batch in one process: what manage.py submit_returns does."""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from submissions.backfill.archive import files_in, members
from submissions.backfill.batches import bring, in_order
from submissions.backfill.handing_in import take_through
from submissions.backfill.outcomes import NEED_A_PERSON, FileOutcome, layout_said, outcomes
from submissions.backfill.recognising import look_again, recognise_file
from submissions.backfill.settling import settle
from submissions.models import Batch, BatchFile

State = BatchFile.FileState


def batch_of(path: Path, *, by, cities, published_at: datetime | None) -> Batch:
    """
    Return the batch of a folder or archive: the one that an earlier run began, or a new one.

    cities are those whose workbooks the user may bring. Raises Refused for what is neither a
    folder nor an archive, is beyond the limits or may not be brought.
    """
    same = Batch.objects.filter(created_by=by, name=path.name[:200], published_at=published_at)
    given = {"by": by, "name": path.name, "cities": cities, "published_at": published_at}
    given["batch"] = same.first()
    if path.is_dir():
        return bring(files_in(path), **given)
    with path.open("rb") as file:
        return bring(members(file), **given)


def carry_through(batch: Batch, *, accept_by=None, report: Callable[[BatchFile], None]) -> None:
    """
    Read, recognise and hand in every file of a batch, as far as that is still to be done.

    report is called with each file after it was handed in. Raises NotStored if the disk is full.
    """
    look_again(batch)
    for file in batch.files.filter(state=State.WAITING):
        recognise_file(file)
    settle(batch)
    for file in in_order(batch.files.filter(state__in=(State.RECOGNISED, State.TAKEN))):
        take_through(file, accept_by=accept_by)
        report(file)


def summary(batch: Batch) -> dict[str, object]:
    """
    Return the object that the command prints: numbers, and the names of files in each list.

    A file of which a layout made several submissions counts once: accepted with the last of them.
    """
    files = list(batch.files.select_related("submission", "part_of"))
    came = outcomes(files)
    lists: dict[str, dict[str, None]] = {
        FileOutcome.FINDINGS: {},
        FileOutcome.UNREADABLE: {},
        FileOutcome.NOT_RECOGNISED: {},
    }
    whole = {file.pk for file in files if not file.part_of_id}
    accepted = set(whole)
    for file in files:
        outcome = came[file.pk]
        if outcome == FileOutcome.BY_LAYOUT:
            continue
        if outcome != FileOutcome.ACCEPTED:
            accepted.discard(file.part_of_id or file.pk)
        if outcome in NEED_A_PERSON:
            outcome = FileOutcome.NOT_RECOGNISED
        elif outcome == FileOutcome.SUBMITTED and file.reason:
            # Its acceptance was refused.
            outcome = FileOutcome.FINDINGS
        if outcome in lists:
            lists[outcome][file.name] = None
    return {"files": len(whole), "accepted": len(accepted)} | {
        str(key.value): list(names) for key, names in lists.items()
    }


def lines(batch: Batch) -> Iterable[str]:
    """Yield a line for each file and part: what it is, how far it came, and why no further."""
    people = ("submission", "city", "period", "layout__confirmed_by")
    files = list(batch.files.select_related(*people))
    came = outcomes(files)
    for file in sorted(files, key=lambda one: (one.part_of_id or one.pk, one.pk)):
        what = f"{file.city or '?'} {file.period or '?'}"
        by = layout_said(file) if came[file.pk] == FileOutcome.BY_LAYOUT else ""
        told = [file.name, by or what, str(came[file.pk].label), file.reason or findings_of(file)]
        yield ": ".join(filter(None, told))


def findings_of(file: BatchFile) -> str:
    """Return how many findings hold a file's submission up; "" if none does."""
    submission = file.submission
    if submission is None or submission.status != submission.Status.UPLOADED:
        return ""
    mandatory = submission.findings.mandatory().count()
    unanswered = submission.findings.unanswered().count()
    if not mandatory and not unanswered:
        return ""
    return _("%(mandatory)s mandatory, %(unanswered)s unanswered advisory findings") % {
        "mandatory": mandatory,
        "unanswered": unanswered,
    }
