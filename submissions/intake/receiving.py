"""From a file to a checked submission: receive, then read and check."""

import gc
import unicodedata
import uuid
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import PurePosixPath, PureWindowsPath
from typing import BinaryIO

from django.db import DatabaseError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.acts import Act
from audit.recording import record
from audit.refusals import refusals_recorded
from clusters.models import City, ReportingPeriod
from submissions.intake.carried_answers import carry_answers
from submissions.intake.foreign_reading import read_by_layout, use_of
from submissions.intake.originals import (
    NotStored,
    Received,
    as_file,
    keep,
    received,
)
from submissions.intake.quota import refuse_beyond_quota, refuse_without_reserve
from submissions.intake.staging import stage
from submissions.locks import one_at_a_time_in
from submissions.models import AnswerDraft, Explanation, Finding, LayoutUse, Submission
from submissions.no_room import is_no_room
from submissions.refused import Refused
from submissions.rules.catalogue import CATALOGUE
from submissions.rules.rule import Violation
from submissions.validation import checking
from submissions.workbook.contents import Reading
from submissions.workbook.sandbox import (
    CHECKING,
    ProgressStep,
    read_sandboxed,
    read_with_progress,
    result_of,
)
from submissions.workbook.staged_text import as_text

Status = Submission.Status

BATCH = 1000


@refusals_recorded(Act.UPLOADED, Refused)
def receive(
    file: BinaryIO,
    *,
    city: City,
    period: ReportingPeriod,
    by,
    filename: str,
    client_key: uuid.UUID | None = None,
    at: datetime | None = None,
    use: LayoutUse | None = None,
) -> Submission:
    """
    Store a file as the next version of a city's workbook for a period; return the submission.

    File and row are stored in one transaction; the file is not read here. The same form with the
    same file (client_key), or the same file as the newest version, makes no new version: the
    existing one is returned with `repeated` set. Another file from the same form is another
    version. at: when, in the made-up history of the demonstration; without it, now. use: the layout
    that a foreign file is read by, unsaved; the same file by another layout is another version.

    Raises Refused if the file is too large, if the form's key belongs to somebody else, or if this
    very file was sent back; NotStored if the disk is full.
    """
    refuse_without_reserve()
    stored = received(file)
    try:
        return _find_or_create(
            stored,
            city=city,
            period=period,
            by=by,
            filename=filename,
            client_key=client_key,
            at=at,
            use=use,
        )
    except DatabaseError as error:
        if is_no_room(error):
            raise NotStored(error) from error
        raise


@transaction.atomic
def _find_or_create(
    stored: Received, *, city, period, by, filename, client_key, at, use
) -> Submission:
    """Return the submission of a file: an existing one, or a new version."""
    one_at_a_time_in(city)
    earlier = _earlier_from_form(client_key, city=city, period=period, by=by)
    if earlier and earlier.sha256 != stored.sha256:
        # The form was used again with a corrected file, which gets no key.
        earlier = client_key = None
    earlier = earlier or _same_as_newest(stored, use, city=city, period=period)
    if earlier:
        earlier.repeated = True
        return earlier
    refuse_if_sent_back(stored.sha256, city=city, period=period, use=use)
    refuse_beyond_quota(city, period, len(stored.content))
    slot = Submission.objects.filter(city=city, period=period)
    submission = Submission.objects.create(
        city=city,
        period=period,
        version=(slot.aggregate(highest=Max("version"))["highest"] or 0) + 1,
        size=len(stored.content),
        sha256=stored.sha256,
        filename=plain_name(filename),
        client_key=client_key,
        uploaded_by=by,
        uploaded_at=at or timezone.now(),
    )
    keep(submission, stored)
    after = {"filename": submission.filename, "bytes": submission.size, "sha256": stored.sha256}
    if use:
        use.submission = submission
        use.save(force_insert=True)
        after["layout"] = str(use.layout)
    record(Act.UPLOADED, submission, by=by, after=after)
    return submission


def _earlier_from_form(client_key, *, city, period, by) -> Submission | None:
    """Return the submission of the same form; None for a new form. Raises Refused."""
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


def refuse_if_sent_back(
    sha256: str, *, city: City, period: ReportingPeriod, use: LayoutUse | None = None
) -> None:
    """Raise Refused, with the reason, if this very file, read so, was sent back to the city."""
    same = Submission.objects.filter(
        city=city,
        period=period,
        status=Status.SENT_BACK,
        sha256=sha256,
        layout_use__layout=use.layout if use else None,
    )
    if sent_back := same.order_by("-version").first():
        raise Refused(
            _(
                "This is, byte for byte, the file that was sent back as version %(version)d. The "
                "reason: “%(reason)s” Correct it, or answer in its 说明 cells, and upload it then."
            )
            % {"version": sent_back.version, "reason": sent_back.reason}
        )


def _same_as_newest(stored: Received, use: LayoutUse | None, *, city, period) -> Submission | None:
    """Return the newest version if it is the same file, read so, and stands; else None."""
    slot = Submission.objects.kept().filter(city=city, period=period)
    newest = slot.select_related("layout_use").order_by("-version").first()
    over = (Status.SENT_BACK, Status.WITHDRAWN)
    if newest is None or newest.sha256 != stored.sha256 or newest.status in over:
        return None
    by = getattr(newest, "layout_use", None)
    return newest if (by and by.layout_id) == (use and use.layout_id) else None


def plain_name(filename: str) -> str:
    """Return a file name without folders and control characters, at most 255 characters."""
    last = PureWindowsPath(PurePosixPath(filename).name).name
    shown = "".join(c for c in last if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    if len(shown) > 255:
        suffix = PurePosixPath(shown).suffix[:10]
        shown = shown[: 255 - len(suffix)] + suffix
    return shown or "workbook"


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """
    Disable garbage collection in a with block.

    A workbook is half a million small objects without cycles that live to the end: collecting
    would take as long as all rules together.
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
    Read and check a submission's original; return the submission.

    Rows, findings and counters are stored in one transaction, so that after a crash the
    submission can be checked again. Checking again replaces rows and findings; an answer stays
    with a finding that is found again, and is carried over from an earlier version to a later one.

    Raises Refused if it is no longer open, or if its original is missing.
    """
    return result_of(check_in_steps(submission, with_progress=False))


def check_in_steps(
    submission: Submission, *, with_progress: bool = True
) -> Generator[ProgressStep, None, Submission]:
    """
    Do what read_and_check() does, and yield progress.

    Nothing is locked while progress is streamed: the transaction follows the last step.
    """
    with as_file(submission) as path, without_garbage_collection():
        if (use := use_of(submission)) is not None:
            reading = yield from read_by_layout(submission, use, path)
        elif with_progress:
            reading = yield from read_with_progress(path, submission.filename)
        else:
            reading = read_sandboxed(path, submission.filename)
        yield CHECKING
        violations = checking.check(reading, city=submission.city, period=submission.period)
        return _store_check(submission, reading, violations)


def _store_check(
    submission: Submission, reading: Reading, violations: list[Violation]
) -> Submission:
    """Store rows and findings in one transaction. Raises Refused if it is not open."""
    with transaction.atomic():
        submission = Submission.objects.select_for_update().get(pk=submission.pk)
        if submission.status != Status.UPLOADED:
            raise Refused(_("What has been submitted is not checked again."))
        answers = _answers(submission)
        stage(submission, reading)
        _drop_findings(submission)
        findings = Finding.objects.bulk_create(
            [as_finding(one, at, submission) for at, one in enumerate(violations, start=1)],
            batch_size=BATCH,
        )
        _restore_answers(answers, findings)
        carry_answers(submission, findings)
        submission.lines = reading.lines
        submission.nil = declared_nil(reading)
        submission.checked_at = timezone.now()
        submission.save(update_fields=["lines", "nil", "checked_at"])
    return submission


def declared_nil(reading: Reading) -> str:
    """Return why the city has nothing to report; "" without a declaration in 城市汇总."""
    table = reading.tables.get("city")
    return str(table.nil.value) if table and table.nil else ""


def as_finding(
    violation: Violation, position: int, submission: Submission | None = None
) -> Finding:
    """Return the Finding of a violation, unsaved; without a submission it can only be shown."""
    return Finding(
        submission=submission,
        position=position,
        code=violation.code,
        severity=CATALOGUE[violation.code].severity,
        trial=CATALOGUE[violation.code].trial,
        sheet=(violation.sheet or "")[:100],
        cell=violation.cell or "",
        value=(as_text(violation.value) or "")[:64],
        params=violation.params,
        explained_in_cell=as_text(violation.explained) or "",
        refused_in_cell=as_text(violation.refused) or "",
        refused_why=violation.refused_why,
        answer_cell=violation.answer_cell,
        about=as_text(violation.about) or "",
        firm=as_text(violation.firm) or "",
    )


def _identity(finding: Finding) -> tuple:
    """Return the key of a finding in a repeated check: its cell, else its parameters."""
    params = "" if finding.cell else tuple(sorted(finding.params.items()))
    return finding.code, finding.sheet, finding.cell, params


def _answers(submission: Submission) -> dict[tuple, Explanation | AnswerDraft]:
    """Return the answers given or typed so far, by their kind and the key of their finding."""
    return {
        (model, *_identity(one.finding)): one
        for model, given in (
            (Explanation, Explanation.objects.in_force()),
            (AnswerDraft, AnswerDraft.objects.all()),
        )
        for one in given.filter(finding__submission=submission).select_related("finding")
    }


def _drop_findings(submission: Submission) -> None:
    """Remove the findings of the last check; those that were explained stay with what was said."""
    Explanation.objects.filter(finding__submission=submission).supersede()
    explained = set(
        submission.findings.filter(explanations__isnull=False).values_list("pk", flat=True)
    )
    AnswerDraft.objects.filter(finding__in=explained).delete()
    Finding.objects.filter(pk__in=explained).update(dropped_at=timezone.now())
    submission.findings.all().delete()


def _restore_answers(answers: dict, findings: list[Finding]) -> None:
    """Attach the answers to the findings that were found again."""
    for model in (Explanation, AnswerDraft):
        again = []
        for finding in findings:
            if answer := answers.pop((model, *_identity(finding)), None):
                answer.pk, answer.finding = None, finding
                again.append(answer)
        model.objects.bulk_create(again, batch_size=BATCH)
