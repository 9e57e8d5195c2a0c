"""Submissions in every state, with rows and findings, created without a workbook."""

import hashlib
import uuid
from datetime import UTC, datetime

from django.utils import timezone

from submissions.models import Batch, BatchFile, Finding, Original, StagedRow, Submission
from submissions.rules.catalogue import CATALOGUE
from tests.audit.rewritten import rewrite
from tests.factories import credit_code, make_city, make_period, make_user

Status = Submission.Status

UPLOADED_AT = datetime(2025, 10, 8, 8, tzinfo=UTC)
ADVISORY, MANDATORY = "W167", "E173"


def make_submission(city=None, period=None, *, by=None, status="uploaded", reviewer=None, **given):
    """A checked submission, by default without rows or findings, the next version of its slot."""
    city, period = city or make_city(), period or make_period()
    by = by or make_user("bureau", city)
    values = {
        "city": city,
        "period": period,
        "version": Submission.objects.filter(city=city, period=period).count() + 1,
        "filename": "报表.xlsx",
        "size": 3,
        "sha256": uuid.uuid4().hex * 2,
        "uploaded_by": by,
        "uploaded_at": UPLOADED_AT,
        "checked_at": UPLOADED_AT,
        "lines": 0,
        "status": status,
    }
    if status == Status.DISCARDED:
        values |= {"discarded_by": by, "discarded_at": UPLOADED_AT}
    elif status != Status.UPLOADED:
        values |= {"submitted_by": by, "submitted_at": UPLOADED_AT}
    published = status in (Status.ACCEPTED, Status.SUPERSEDED, Status.WITHDRAWN)
    if published or status == Status.SENT_BACK:
        values |= {"decided_by": reviewer or make_user("reviewer"), "decided_at": UPLOADED_AT}
    if status in (Status.SENT_BACK, Status.WITHDRAWN):
        values["reason"] = "D17 looks wrong"
    if published:
        values["published_at"] = UPLOADED_AT
    if status in (Status.SUPERSEDED, Status.WITHDRAWN):
        values["superseded_at"] = timezone.now()
    return Submission.objects.create(**values | given)


def make_original(submission, content):
    """Give a submission a file; returns the submission, whose hash and size are the file's."""
    submission.sha256, submission.size = hashlib.sha256(content).hexdigest(), len(content)
    same = Submission.objects.filter(pk=submission.pk)
    rewrite(same, sha256=submission.sha256, size=submission.size)
    Original.objects.create(
        submission=submission, sha256=submission.sha256, size=len(content), content=content
    )
    return submission


def make_row(submission, kind="enterprises", key=None, *, row=None, sheet="企业明细", **values):
    """A staged row; each value has a cell of its own, from column A on."""
    row = row or 5 + submission.rows.filter(kind=kind).count()
    if key is None:
        key = credit_code(city_code=submission.city.code)
    if kind == "enterprises":
        values = {"credit_code": key, "name": f"企业{key[-4:]}", "revenue": "900.00"} | values
        values = {"output_value": "1000.00"} | values
    return StagedRow.objects.create(
        submission=submission,
        kind=kind,
        sheet=sheet,
        row=row,
        key=key,
        values=values,
        cells={name: f"{chr(65 + at)}{row}" for at, name in enumerate(values)},
    )


def make_finding(submission, code=ADVISORY, **given):
    """A finding; advisory and about the whole file by default."""
    return Finding.objects.create(
        **{
            "submission": submission,
            "position": submission.findings.count() + 1,
            "code": code,
            "severity": CATALOGUE[code].severity,
            "params": {"city": "济南市", "first": "A5"},
        }
        | given
    )


def make_batch(submission, **given):
    """A batch of one file, which has become a submission; brought by whom the submission is."""
    batch = Batch.objects.create(name="补报", created_by=submission.uploaded_by, **given)
    batch.cities.add(submission.city)
    BatchFile.objects.create(
        batch=batch,
        name="2024/报表.xlsx",
        size=submission.size,
        sha256=submission.sha256,
        state="taken",
        city=submission.city,
        city_from="header",
        period=submission.period,
        period_from="stamp",
        submission=submission,
    )
    return batch
