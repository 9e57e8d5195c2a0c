"""Jobs in every state, and tasks that a test can steer."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from django.core.management import call_command
from django.utils import timezone

from jobs.models import Job
from jobs.queue import JobFailed, background

QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# What the task below does, and what it was given.
acts: list[Callable[[Job], None]] = []
done: list[str] = []


def worker(monkeypatch) -> Callable[..., None]:
    """Return a function that does all that is in the queue, as a worker without its thread."""
    monkeypatch.setattr("jobs.management.commands.db_worker.SignsOfLife.start", lambda self: None)
    # A test's process keeps its own answers to signals, and its connection.
    upstream = "django_tasks_db.management.commands.db_worker"
    monkeypatch.setattr(f"{upstream}.Worker.configure_signals", lambda self: None)
    monkeypatch.setattr(f"{upstream}.close_old_connections", lambda: None)
    return partial(
        call_command, "db_worker", batch=True, startup_delay=False, interval=0, verbosity=0
    )


@background
def steered(job: Job) -> None:
    """Do what the test wants, and note the subject."""
    for act in acts:
        act(job)
    done.append(job.subject)


@background
def refused(job: Job) -> None:
    """Fail with a sentence."""
    raise JobFailed("It cannot be done.")


def make_job(task=steered, *, by=None, state="waiting", ago=0, alive=None, **given) -> Job:
    """
    A job as it is stored.

    ago    how many seconds ago it was created
    alive  how many seconds ago its worker last gave a sign of life
    """
    now = timezone.now()
    values = {"task": task.module_path, "language": "en", "requested_by": by, "state": state}
    if state != "waiting":
        values |= {"attempts": 1, "started_at": now}
    if state == "running":
        values["alive_at"] = now - timedelta(seconds=alive or 0)
    elif state != "waiting":
        values["finished_at"] = now
    return Job.objects.create(**values | {"created_at": now - timedelta(seconds=ago)} | given)
