"""
A batch as background jobs: one for each file that is read, then one for each city.

Their queue is below that of single workbooks, so that a bureau never waits for a history. Each is
done again without harm where a worker died: a file that was read is not read, one that is received
not received twice.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from audit.acts import Act
from audit.recording import record
from clusters.models import City
from jobs.models import Job, JobState
from jobs.queue import background, newest_job, progress_of, start_once
from submissions.backfill.batches import in_order
from submissions.backfill.handing_in import take_through
from submissions.backfill.recognising import look_again, recognise_file
from submissions.backfill.settling import settle
from submissions.intake.background import failures_in_words, lane_of
from submissions.models import Batch, BatchFile

State = BatchFile.FileState


@dataclass(frozen=True, slots=True)
class FilesDone:
    """How many files of a city are handed in, of how many."""

    read: int
    of: int
    stage: str = "checking"


@background
def read_batch_file(job: Job) -> None:
    """Read a file of a batch; with the last one, hand in what is recognised."""
    file = BatchFile.objects.select_related("batch").get(pk=job.arguments["file"])
    if file.batch.stopped_at:
        return
    if file.state == State.WAITING:
        with failures_in_words():
            recognise_file(file)
    go_on_from(file.batch)


@background
def hand_in_city(job: Job) -> None:
    """Hand in the files of one city of a batch, by quarter."""
    batch = Batch.objects.get(pk=job.arguments["batch"])
    report = progress_of(job)
    files = to_hand_in(batch, City.objects.filter(code=job.arguments["city"]))
    for number, file in enumerate(files):
        report(FilesDone(number, len(files)))
        if Batch.objects.filter(pk=batch.pk, stopped_at__isnull=False).exists():
            return
        with failures_in_words():
            take_through(file)


def to_hand_in(batch: Batch, cities: Iterable[City]) -> list[BatchFile]:
    """
    Return the files of some cities that are to be handed in, by quarter.

    Those too that were received and not submitted: their findings may have been answered since.
    """
    states = (State.RECOGNISED, State.TAKEN)
    files = in_order(batch.files.filter(state__in=states, city__in=cities))
    return [one for one in files if one.submission is None or one.submission.status == "uploaded"]


@transaction.atomic
def start_batch(batch: Batch, *, by) -> None:
    """
    Put what is still to be done of a batch into the queue; what is there already stays.

    Files that lack a layout are read again if one was confirmed meanwhile.
    """
    Batch.objects.filter(pk=batch.pk).update(stopped_at=None)
    look_again(batch)
    for pk in batch.files.filter(state=State.WAITING).values_list("pk", flat=True):
        start_once(
            READ,
            by=by,
            subject=f"{subject_of(batch)}file {pk}",
            arguments={"file": pk, "batch": batch.pk},
        )
    go_on_from(batch)


def go_on_from(batch: Batch) -> None:
    """Where all files are read, start handing in those of each city that are not."""
    batch = Batch.objects.select_related("created_by").get(pk=batch.pk)
    if batch.stopped_at or not settle(batch):
        return
    cities = City.objects.filter(pk__in=batch.files.values("city"))
    for city in cities:
        if not to_hand_in(batch, [city]):
            continue
        start_once(
            HAND_IN,
            by=batch.created_by,
            subject=f"{subject_of(batch)}city {city.code}",
            lane=lane_of(city),
            arguments={"batch": batch.pk, "city": city.code},
        )


def stop_batch(batch: Batch, *, by) -> None:
    """Stop after the file that is being read or handed in."""
    Batch.objects.filter(pk=batch.pk).update(stopped_at=timezone.now())
    record(Act.BATCH_DECIDED, batch, by=by, after={"stopped": True})


def is_going_on(batch: Batch) -> bool:
    """Return whether a job of a batch waits or runs."""
    return _jobs(batch).filter(state__in=(JobState.WAITING, JobState.RUNNING)).exists()


def failures(batch: Batch) -> list[str]:
    """Return why the newest jobs of a batch failed, each reason once."""
    failed = _jobs(batch).filter(state=JobState.FAILED)
    newest = {one.subject: newest_job(one.subject) for one in failed.only("subject")}
    return sorted({job.error for job in newest.values() if job and job.state == JobState.FAILED})


def subject_of(batch: Batch) -> str:
    """Return what the subjects of a batch's jobs begin with."""
    return f"batch {batch.pk} "


def _jobs(batch: Batch):
    return Job.objects.filter(subject__startswith=subject_of(batch))


# Below everything else that waits.
LOW = -10
READ, HAND_IN = (one.using(priority=LOW) for one in (read_batch_file, hand_in_city))
