"""
Hands work over to workers, and carries it out there.

A task is a function of a module, made one by `background`; it takes a Job. It may run twice: when
a worker dies, another begins anew (reaping.py). So what a task does must come out the same.
"""

import logging
import time
import uuid
from collections import deque
from collections.abc import Callable, Generator
from datetime import timedelta
from functools import wraps
from typing import Any, Protocol, TypeVar

from django.conf import settings
from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django_tasks import task
from django_tasks.base import Task

from jobs.models import Job, JobState

log = logging.getLogger(__name__)

# How often progress is stored at most, in seconds; it is also the job's sign of life.
PROGRESS_EVERY = 0.5
# How long a job waits when another of its lane is running.
LANE_TAKEN = timedelta(seconds=1)
# What this process could not end since the database was away: jobs, each with its attempt.
broken_off: deque[tuple[uuid.UUID, int]] = deque()

Result = TypeVar("Result")


class JobFailed(Exception):
    """A job cannot be carried out. Its text is a sentence for the user, in their language."""


class ProgressReport(Protocol):
    """How far a task has come; `of` is 0 where it is not known."""

    stage: str
    read: int
    of: int


def background(work: Callable[[Job], None]) -> Task:
    """Return a task that carries out a function of a module with the job it is given."""

    @task()
    @wraps(work)
    def carried_out(job_id: str) -> None:
        carry_out(job_id, work)

    return carried_out


def start(work: Task, *, by, subject: str = "", lane: str = "", **more: Any) -> Job:
    """
    Return a new job for a task, in the queue.

    subject, lane, more  fields of Job
    """
    with transaction.atomic():
        job = Job.objects.create(
            task=work.module_path,
            subject=subject,
            lane=lane,
            requested_by=by,
            language=translation.get_language() or settings.LANGUAGE_CODE,
            **more,
        )
        work.enqueue(str(job.pk))
    # With a backend that carries out at once, it is done.
    job.refresh_from_db(fields=["state", "error"])
    return job


def start_once(work: Task, *, subject: str, **more: Any) -> Job:
    """Return the job of a subject that waits or runs, or a new one as start() makes it."""
    job = newest_job(subject)
    return job if job and job.is_open else start(work, subject=subject, **more)


def enqueue_again(job: Job, *, delay: timedelta | None = None) -> None:
    """Put a waiting job into the queue once more."""
    work = import_string(job.task)
    if delay:
        work = work.using(run_after=timezone.now() + delay)
    work.enqueue(str(job.pk))


def newest_job(subject: str) -> Job | None:
    """Return the newest job of a subject, without its files; None without one."""
    jobs = Job.objects.filter(subject=subject).defer("file", "product")
    return jobs.order_by("-created_at").first()


# ---- in the worker ---------------------------------------------------------------------


def carry_out(job_id: str, work: Callable[[Job], None]) -> None:
    """
    Carry out a job that waits, and record how it ended.

    One that runs or has ended is left alone, one whose lane is taken goes back to the queue. If
    the database is gone the job stays as it is: it is returned by its worker when the database
    is back, or by another one when its worker shows no life.
    """
    job = _claim(job_id)
    if job is None:
        return
    try:
        with translation.override(job.language):
            work(job)
    except (OperationalError, InterfaceError):
        broken_off.append((job.pk, job.attempts))
        raise
    except JobFailed as failure:
        end(job, JobState.FAILED, error=str(failure))
    except Exception:
        log.exception("Job %s broke off (%s)", job.pk, job)
        with translation.override(job.language):
            end(job, JobState.FAILED, error=broke_off(job))
    else:
        end(job, JobState.DONE)


def broke_off(job: Job) -> str:
    """Return the words for a job that failed by a fault of the program."""
    words = _("The work broke off by a fault of the system. Tell the administrator: %(job)s.")
    return words % {"job": str(job.pk)[:8]}


def _claim(job_id: str) -> Job | None:
    """Return a waiting job, now running; None if there is nothing to do now."""
    now = timezone.now()
    waiting = Job.objects.filter(pk=job_id, state=JobState.WAITING)
    begun = {"started_at": now, "alive_at": now, "attempts": F("attempts") + 1}
    try:
        with transaction.atomic():
            claimed = waiting.update(state=JobState.RUNNING, stage="", read=0, of=0, **begun)
    except IntegrityError:
        enqueue_again(Job.objects.get(pk=job_id), delay=LANE_TAKEN)
        return None
    return Job.objects.get(pk=job_id) if claimed else None


def end(job: Job, state: str, *, error: str = "") -> None:
    """Record the end of an attempt, unless the job was returned and begun anew meanwhile."""
    mine = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)
    mine.update(
        state=state,
        error=error,
        result=job.result,
        product=job.product,
        filename=job.filename,
        finished_at=timezone.now(),
    )


def with_progress(job: Job, steps: Generator[ProgressReport, None, Result]) -> Result:
    """Run steps to their end and return their value; store progress now and then."""
    report = progress_of(job)
    while True:
        try:
            step = next(steps)
        except StopIteration as end_of_steps:
            return end_of_steps.value
        report(step)


def progress_of(job: Job) -> Callable[[ProgressReport], None]:
    """Return what stores a job's progress now and then, each new stage at once."""
    stored, stage = 0.0, ""

    def report(step: ProgressReport) -> None:
        nonlocal stored, stage
        now = time.monotonic()
        if step.stage != stage or now - stored >= PROGRESS_EVERY:
            stored, stage = now, step.stage
            Job.objects.filter(pk=job.pk, attempts=job.attempts).update(
                stage=step.stage, read=step.read, of=step.of, alive_at=timezone.now()
            )

    return report
