"""The whole way of a batch in one process: what manage.py submit_returns does."""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from submissions.backfill.archive import files_in, members
from submissions.backfill.batches import bring, in_order
from submissions.backfill.handing_in import take_through
from submissions.backfill.outcomes import NEED_A_PERSON, FileOutcome, outcomes
from submissions.backfill.recognising import recognise_file
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
    for file in batch.files.filter(state=State.WAITING):
        recognise_file(file)
    settle(batch)
    for file in in_order(batch.files.filter(state__in=(State.RECOGNISED, State.TAKEN))):
        take_through(file, accept_by=accept_by)
        report(file)


def summary(batch: Batch) -> dict[str, object]:
    """Return the object that the command prints: numbers, and the names of files in each list."""
    files = list(batch.files.select_related("submission"))
    came = outcomes(files)
    lists: dict[str, list[str]] = {
        FileOutcome.FINDINGS: [],
        FileOutcome.UNREADABLE: [],
        FileOutcome.NOT_RECOGNISED: [],
    }
    for file in files:
        outcome = came[file.pk]
        if outcome in NEED_A_PERSON:
            outcome = FileOutcome.NOT_RECOGNISED
        elif outcome == FileOutcome.SUBMITTED and file.reason:
            # Its acceptance was refused.
            outcome = FileOutcome.FINDINGS
        if outcome in lists:
            lists[outcome].append(file.name)
    accepted = sum(one == FileOutcome.ACCEPTED for one in came.values())
    return {"files": len(files), "accepted": accepted} | {
        str(key.value): names for key, names in lists.items()
    }


def lines(batch: Batch) -> Iterable[str]:
    """Yield a line for each file: what it is, how far it came, and why no further."""
    files = list(batch.files.select_related("submission", "city", "period"))
    came = outcomes(files)
    for file in files:
        what = f"{file.city or '?'} {file.period or '?'}"
        told = [file.name, what, str(came[file.pk].label), file.reason or findings_of(file)]
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
