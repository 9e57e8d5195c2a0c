"""
Publishes the figures of a submission; the only place where returns are written.

Figures in force are superseded and new ones added; no value is ever changed. Old ones end at the
moment when new ones begin, so that every moment has one figure. What is written is said by
returns_to_write.py, of which the preview is made too.
"""

from collections.abc import Collection
from datetime import datetime

from simple_history.utils import bulk_create_with_history

from audit.history import marked
from clusters.models import BlockReturn, BuildingBlock, CityReturn, Publication
from enterprises.models import Enterprise, EnterpriseReturn
from measures.evidence_files import claim
from measures.models import TaskReport
from parks.models import ParkReturn
from submissions.lineage.canonical_figures import figures_hash
from submissions.models import Submission
from submissions.review.returns_to_write import ReturnsToWrite, returns_to_write
from submissions.review.transitions import move

BATCH = 1000


def put_in_force(submission: Submission, *, at: datetime, recorded_at: datetime) -> Publication:
    """
    Put a submission's rows in force from a moment on, and return the publication.

    recorded_at is the clock of the server, which links the publication to the one before.

    decided_by must be set: it is recorded with new entries of the register. Only inside the
    transaction of acceptance, under the lock of submissions.locks. Raises Refused with the
    cell of a row that cannot be published.
    """
    written = returns_to_write(submission, at=at)
    end_figures(submission, at=at)
    for old in Submission.objects.in_force().filter(city=submission.city, period=submission.period):
        move(old, "supersede")
        old.superseded_at = at
        old.save(update_fields=["status", "superseded_at"])
    _end(written.ending, at=at)
    _join(submission, written)
    CityReturn.objects.bulk_create(written.city_returns)
    EnterpriseReturn.objects.bulk_create(written.enterprise_returns, batch_size=BATCH)
    ParkReturn.objects.bulk_create(written.park_returns)
    BlockReturn.objects.bulk_create(written.block_returns)
    for report in TaskReport.objects.bulk_create(written.task_reports):
        claim(report)
    return publish(submission, at=at, recorded_at=recorded_at)


def publish(submission: Submission, *, at: datetime, recorded_at: datetime) -> Publication:
    """
    Append a publication of the figures of the submission's city and period that begin at a moment.

    There are none where an acceptance was withdrawn.
    """
    city, period = submission.city, submission.period
    return Publication.objects.append(
        city=city,
        period=period,
        published_at=at,
        recorded_at=recorded_at,
        figures_hash=figures_hash(city=city, period=period, published_at=at),
    )


def end_figures(submission: Submission, *, at: datetime) -> None:
    """End all figures in force of the submission's city and period."""
    city, period = submission.city, submission.period
    for in_force in (
        CityReturn.objects.filter(city=city),
        EnterpriseReturn.objects.filter(city=city),
        ParkReturn.objects.filter(park__city=city),
        BlockReturn.objects.filter(block__category__cluster__city=city),
        TaskReport.objects.filter(city=city),
    ):
        in_force.in_force().filter(period=period).update(superseded_at=at)


def _end(ending: Collection[int], *, at: datetime) -> None:
    """End other cities' returns of enterprises that report here now, by their keys."""
    if ending:
        EnterpriseReturn.objects.in_force().filter(pk__in=ending).update(superseded_at=at)


def _join(submission: Submission, written: ReturnsToWrite) -> None:
    """Store the enterprises and blocks that are new, with who decided and why."""
    for model, new in ((Enterprise, written.joining), (BuildingBlock, written.new_blocks)):
        bulk_create_with_history(
            new,
            model,
            batch_size=BATCH,
            default_user=submission.decided_by,
            default_change_reason=marked(_reason(submission)),
        )


def _reason(submission: Submission) -> str:
    """Return why the register changed, as its history keeps it: a fact, and so in no language."""
    slot = f"{submission.city.code} {submission.period} v{submission.version}"
    return f"submission {submission.pk}: {slot}"
