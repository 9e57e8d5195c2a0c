"""What pages hand over to workers, and the workers that were seen."""

import socket
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("under way")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class Job(models.Model):
    """
    A piece of work that a page handed over, until its result is no longer needed.

    Made in one transaction with what it works on and with its task in the queue, so that none
    of them is there without the others.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # The dotted name of the task, to enqueue it again.
    task = models.CharField(max_length=200)
    # What it works on, such as "submission 12": a page finds its job by it.
    subject = models.CharField(max_length=100, blank=True, db_index=True)
    # Two jobs of one lane never run at once; a blank lane holds nothing up.
    lane = models.CharField(max_length=100, blank=True)
    arguments = models.JSONField(default=dict)
    # A file that is stored nowhere else: one that is only checked.
    file = models.BinaryField(null=True)
    filename = models.CharField(max_length=255, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    language = models.CharField(max_length=10)

    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    # How far it has come, as its task says: rows read of rows there are.
    stage = models.CharField(max_length=20, blank=True)
    read = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    # Why it failed, for the reader.
    error = models.TextField(blank=True)
    result = models.JSONField(null=True)
    # A file that it made.
    product = models.BinaryField(null=True)

    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    # The last sign of life of the worker that carries it out.
    alive_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("background job")
        verbose_name_plural = _("background jobs")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state", "created_at"], name="job_queue")]
        constraints = [
            models.UniqueConstraint(
                fields=["lane"],
                condition=models.Q(state="running") & ~models.Q(lane=""),
                name="one_running_job_a_lane",
            )
        ]

    def __str__(self):
        return f"{self.task} {self.subject}"

    @property
    def is_open(self) -> bool:
        """Return whether it waits or runs."""
        return self.state in (JobState.WAITING, JobState.RUNNING)

    def place(self) -> int:
        """Return its place among the jobs that wait, the first being 1. One query."""
        waiting = Job.objects.filter(state=JobState.WAITING)
        return waiting.filter(created_at__lt=self.created_at).count() + 1


class Worker(models.Model):
    """A process that carries out jobs, and when it last gave a sign of life."""

    name = models.CharField(max_length=64, primary_key=True)
    host = models.CharField(max_length=255)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")
        ordering = ["name"]

    def __str__(self):
        return f"{self.name} @ {self.host}"


class OperatorRun(models.Model):
    """A backup, verification or restore that an operator's command has carried out."""

    class RunKind(models.TextChoices):
        BACKUP = "backup", _("backup")
        VERIFICATION = "verification", _("verification")
        RESTORE = "restore", _("restore")

    kind = models.CharField(max_length=12, choices=RunKind.choices)
    finished_at = models.DateTimeField(default=timezone.now)
    host = models.CharField(max_length=255)
    # Of a verification, how many faults it found; else 0.
    faults = models.PositiveIntegerField(default=0)
    # What it was about: a file's name and size, the checks, the state that was restored.
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("operator's run")
        verbose_name_plural = _("operator's runs")
        ordering = ["-finished_at"]
        indexes = [models.Index(fields=["kind", "-finished_at"], name="newest_run")]

    def __str__(self):
        return f"{self.kind} {self.finished_at}"

    @classmethod
    def note_down(cls, kind: str, note: str, *, faults: int = 0) -> None:
        """Store that a command has come to its end on this host."""
        cls.objects.create(kind=kind, note=note[:300], faults=faults, host=socket.gethostname())

    @classmethod
    def newest(cls, kind: str) -> "OperatorRun | None":
        """Return the newest run of a kind; None without one."""
        return cls.objects.filter(kind=kind).first()
