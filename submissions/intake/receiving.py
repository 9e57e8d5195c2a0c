"""From a file to a submission that somebody can look at: receive it, then read and check it."""

import gc
import unicodedata
import uuid
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath, PureWindowsPath
from typing import BinaryIO

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from clusters.models import City, ReportingPeriod
from submissions.intake.originals import StoredFile, discard, keep, path_of
from submissions.intake.staging import as_text, stage
from submissions.locks import one_at_a_time_in
from submissions.models import Explanation, Finding, Submission
from submissions.refused import Refused
from submissions.rules.catalogue import CATALOGUE
from submissions.rules.rule import Raised
from submissions.validation import checking
from submissions.workbook.contents import Reading
from submissions.workbook.sandbox import (
    CHECKING,
    ProgressStep,
    read_in_child,
    read_in_steps,
    to_the_end,
)

Status = Submission.Status

BATCH = 1000


def receive(
    file: BinaryIO,
    *,
    city: City,
    period: ReportingPeriod,
    by,
    filename: str,
    client_key: uuid.UUID | None = None,
) -> Submission:
    """
    Keep a file as the next version of a city's workbook for a period, and return it.

    Nothing has read the file when this returns: file first, then row, so that there is never
    a row without its file. What was there already comes back with `repeated` set, and makes
    no new version: the same form with the same file (client_key), or the very file that is the
    newest version. Another file from a form come back to is another version; and a file that was
    sent back may come again, for what is wrong with it may have been an explanation.

    Raises Refused if the file is too large, the disk will not take it, or the form's key is
    somebody else's.
    """
    kept = keep(file)
    try:
        submission = _enter(
            kept, city=city, period=period, by=by, filename=filename, client_key=client_key
        )
    except Refused:
        # Only now: after any other failure the row may be there, and a file too many does no harm.
        discard(kept)
        raise
    if submission.repeated:
        discard(kept)
    return submission


@transaction.atomic
def _enter(kept: StoredFile, *, city, period, by, filename, client_key) -> Submission:
    """Return the submission of a kept file: the one that is there already, or a new version."""
    one_at_a_time_in(city)
    earlier = _sent_before(client_key, city=city, period=period, by=by)
    if earlier and earlier.sha256 != kept.sha256:
        # The form was come back to, with a file that has been corrected: it has no key of its own.
        earlier = client_key = None
    earlier = earlier or _same_as_newest(kept, city=city, period=period)
    if earlier:
        earlier.repeated = True
        return earlier
    slot = Submission.objects.filter(city=city, period=period)
    return Submission.objects.create(
        city=city,
        period=period,
        version=(slot.aggregate(highest=Max("version"))["highest"] or 0) + 1,
        stored_as=kept.stored_as,
        size=kept.size,
        sha256=kept.sha256,
        filename=plain_name(filename),
        client_key=client_key,
        uploaded_by=by,
    )


def _sent_before(client_key, *, city, period, by) -> Submission | None:
    """Return what the same form has already brought; None if it is new. Raises Refused."""
    if client_key is None:
        return None
    earlier = Submission.objects.filter(client_key=client_key).first()
    if earlier and (earlier.city_id, earlier.period_id, earlier.uploaded_by_id) != (
        city.pk,
        period.pk,
        by.pk,
    ):
        raise Refused(_("This form was used before. Open the upload page again."))
    return earlier


def _same_as_newest(kept: StoredFile, *, city, period) -> Submission | None:
    """Return the newest version if it is this very file and still stands; None otherwise."""
    newest = Submission.objects.filter(city=city, period=period).order_by("-version").first()
    if newest and newest.sha256 == kept.sha256 and newest.status != Status.SENT_BACK:
        return newest
    return None


def plain_name(filename: str) -> str:
    """Return a file's name as it is shown: without folders and control characters, 255 at most."""
    last = PureWindowsPath(PurePosixPath(filename).name).name
    shown = "".join(c for c in last if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    if len(shown) > 255:
        suffix = PurePosixPath(shown).suffix[:10]
        shown = shown[: 255 - len(suffix)] + suffix
    return shown or "workbook"


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """
    Let Python not look for garbage meanwhile.

    A workbook is half a million small objects without a cycle among them, all of them needed to
    the end: going through them again and again takes as long as all the rules together.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def read_and_check(submission: Submission) -> Submission:
    """
    Read a submission's original, check it, and return the submission with what was found.

    Rows, findings and counters are stored in one transaction, so that a process that dies on
    the way leaves a submission that can be checked again. Checked again, it gets new rows and
    findings; an explanation stays with a finding that is still there.

    Raises Refused if it is no longer open, or if its original is not there.
    """
    return to_the_end(check_in_steps(submission, tell=False))


def check_in_steps(
    submission: Submission, *, tell: bool = True
) -> Generator[ProgressStep, None, Submission]:
    """
    Do what read_and_check() does, and tell on the way how far it has come.

    Nothing is locked while somebody listens: the transaction comes after the last step.
    """
    path = path_of(submission)
    if not path.exists():
        raise Refused(_("The original file is not in its place. Please tell the administrator."))
    with without_garbage_collection():
        if tell:
            reading = yield from read_in_steps(path, submission.filename)
        else:
            reading = read_in_child(path, submission.filename)
        yield CHECKING
        raised = checking.check(reading, city=submission.city, period=submission.period)
        return _keep_check(submission, reading, raised)


def _keep_check(submission: Submission, reading: Reading, raised: list[Raised]) -> Submission:
    """Store what was read and found, all of it or nothing. Raises Refused if it is not open."""
    with transaction.atomic():
        submission = Submission.objects.select_for_update().get(pk=submission.pk)
        if submission.status != Status.UPLOADED:
            raise Refused(_("What has been submitted is not checked again."))
        explanations = _explanations(submission)
        stage(submission, reading)
        submission.findings.all().delete()
        findings = Finding.objects.bulk_create(
            [as_finding(one, at, submission) for at, one in enumerate(raised, start=1)],
            batch_size=BATCH,
        )
        _give_back(explanations, findings)
        submission.lines = reading.lines
        submission.nil = declared_nil(reading)
        submission.checked_at = timezone.now()
        submission.save(update_fields=["lines", "nil", "checked_at"])
    return submission


def declared_nil(reading: Reading) -> str:
    """Return why the city has nothing to report; empty if it does not say so in 城市汇总."""
    table = reading.tables.get("city")
    return str(table.nil.value) if table and table.nil else ""


def as_finding(raised: Raised, position: int, submission: Submission | None = None) -> Finding:
    """Return a finding as it is stored and shown; without a submission it can only be shown."""
    return Finding(
        submission=submission,
        position=position,
        code=raised.code,
        severity=CATALOGUE[raised.code].severity,
        trial=CATALOGUE[raised.code].trial,
        sheet=(raised.sheet or "")[:100],
        cell=raised.cell or "",
        value=(as_text(raised.value) or "")[:64],
        params=raised.params,
        explained_in_cell=as_text(raised.explained) or "",
        refused_in_cell=as_text(raised.refused) or "",
        refused_why=raised.why,
        answer_cell=raised.at,
        about=as_text(raised.about) or "",
        firm=as_text(raised.firm) or "",
    )


def _place(finding: Finding) -> tuple:
    """Return what a finding is known again by: its cell; without one, what it says."""
    said = "" if finding.cell else tuple(sorted(finding.params.items()))
    return finding.code, finding.sheet, finding.cell, said


def _explanations(submission: Submission) -> dict[tuple, Explanation]:
    """Return the explanations given so far, by code and place."""
    given = Explanation.objects.filter(finding__submission=submission).select_related("finding")
    return {_place(explanation.finding): explanation for explanation in given}


def _give_back(explanations: dict, findings: list[Finding]) -> None:
    """Attach explanations to the findings that have come up again."""
    again = []
    for finding in findings:
        if explanation := explanations.pop(_place(finding), None):
            again.append(
                Explanation(
                    finding=finding,
                    text=explanation.text,
                    given_at=explanation.given_at,
                    given_by_id=explanation.given_by_id,
                    nil=explanation.nil,
                )
            )
    Explanation.objects.bulk_create(again, batch_size=BATCH)
