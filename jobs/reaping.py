"""Returns jobs whose worker died, and deletes what nobody needs any more."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from jobs.models import Job, JobState, Worker
from jobs.queue import broken_off, enqueue_again

log = logging.getLogger(__name__)

# A worker that shows no life for longer is dead. Longer than a child process may take for a file,
# and than a large workbook takes to be checked.
LOST_AFTER = timedelta(seconds=100)
# A job waits longer than this only if there is more to do; or its place in the queue is lost.
UNQUEUED_AFTER = timedelta(minutes=2)
# A job is begun anew once.
ATTEMPTS = 2
# Files of jobs are for whom asked for them, for a day.
FILES_KEPT = timedelta(days=1)
JOBS_KEPT = timedelta(days=30)


def reap(*, lost_after: timedelta = LOST_AFTER) -> int:
    """
    Return lost jobs to the queue, once; fail them the second time. Return how many there were.

    lost_after  how long a running job may show no life; 0 where no other worker can be running

    Safe to run in several processes at once.
    """
    before = timezone.now() - lost_after
    lost = Job.objects.filter(state=JobState.RUNNING, alive_at__lte=before).defer("file", "product")
    returned = sum(give_back(job) for job in lost)
    return returned + sum(_requeue(job) for job in _unqueued())


def give_back(job: Job) -> bool:
    """Return a lost job to the queue or fail it; say whether it was this call that did."""
    same = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, alive_at=job.alive_at)
    with transaction.atomic():
        if job.attempts >= ATTEMPTS:
            with translation.override(job.language):
                error = _(
                    "The work was begun %(times)d times and never came to its end. Try again; if "
                    "it happens once more, tell the administrator this number: %(job)s."
                ) % {"times": job.attempts, "job": str(job.pk)[:8]}
            mine = same.update(state=JobState.FAILED, error=error, finished_at=timezone.now())
        else:
            mine = same.update(state=JobState.WAITING, stage="", read=0, of=0)
            if mine:
                enqueue_again(job)
    if mine:
        log.warning("Job %s was lost in attempt %d", job.pk, job.attempts)
    return bool(mine)


def return_broken_off() -> None:
    """Return what this process could not end; what cannot be returned yet is kept."""
    while broken_off:
        pk, attempt = broken_off[0]
        running = Job.objects.filter(pk=pk, state=JobState.RUNNING, attempts=attempt)
        for job in running.defer("file", "product"):
            give_back(job)
        broken_off.popleft()


def _unqueued():
    """Return waiting jobs that stand in no queue: a worker took their task and died at once."""
    waiting = Job.objects.filter(
        state=JobState.WAITING, created_at__lte=timezone.now() - UNQUEUED_AFTER
    )
    if not waiting.exists():
        return []
    queued = DBTaskResult.objects.filter(status="READY").values_list("args_kwargs", flat=True)
    there = {given["args"][0] for given in queued if given["args"]}
    return [job for job in waiting.defer("file", "product") if str(job.pk) not in there]


def _requeue(job: Job) -> bool:
    log.warning("Job %s stood in no queue", job.pk)
    enqueue_again(job)
    return True


def prune() -> None:
    """Delete files of jobs after a day, jobs and tasks after a month, workers not seen any more."""
    now = timezone.now()
    ended = Job.objects.filter(finished_at__lt=now - FILES_KEPT)
    with_files = Q(file__isnull=False) | Q(product__isnull=False) | Q(result__isnull=False)
    ended.filter(with_files).update(file=None, product=None, result=None)
    Job.objects.filter(created_at__lt=now - JOBS_KEPT).delete()
    DBTaskResult.objects.filter(enqueued_at__lt=now - JOBS_KEPT).delete()
    Worker.objects.filter(seen_at__lt=now - FILES_KEPT).delete()
