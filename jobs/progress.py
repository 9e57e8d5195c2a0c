"""How far a job has come, for a page: a line for each stage, and the fragment a script fetches."""

from dataclasses import dataclass

from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jobs.models import Job, JobState
from jobs.workers import there_is_a_worker

# What a stage is called, in the order in which they come.
STAGES = {
    "reading": pgettext_lazy("stage", "Read"),
    "checking": pgettext_lazy("stage", "Checked"),
    "marking": _("Findings written into the file"),
    "importing": _("Compared with the register"),
    "writing": _("Written into the register"),
    "exporting": _("File written"),
}


@dataclass(frozen=True, slots=True)
class StageLine:
    """
    A stage of a job.

    state     "done", "going" or "waiting"
    read, of  rows read of rows there are, while it is going; 0 if not known
    """

    name: str
    state: str
    read: int = 0
    of: int = 0


def stage_lines(job: Job, stages: tuple[str, ...]) -> list[StageLine]:
    """Return the stages of a job, in their order."""
    at = stages.index(job.stage) if job.stage in stages else -1
    if job.state == JobState.DONE:
        at = len(stages)
    elif job.state == JobState.RUNNING:
        at = max(at, 0)
    lines = []
    for number, name in enumerate(stages):
        state = "done" if number < at else "going" if number == at else "waiting"
        rows = (job.read, job.of) if state == "going" and name == job.stage else (0, 0)
        lines.append(StageLine(STAGES[name], state, *rows))
    return lines


def progress_context(job: Job, stages: tuple[str, ...], address: str) -> dict:
    """
    Return what templates/jobs/_progress.html takes.

    address  where the fragment is fetched anew
    """
    waits = job.state == JobState.WAITING
    return {
        "job": job,
        "job_address": address,
        "stages": stage_lines(job, stages),
        "place": job.place() if waits else None,
        "no_worker": waits and not there_is_a_worker(),
    }


def progress_fragment(request, job: Job, stages: tuple[str, ...]):
    """Return the progress alone, as our script puts it in place of the earlier one."""
    answer = render(request, "jobs/_progress.html", progress_context(job, stages, request.path))
    answer["Cache-Control"] = "private, no-store"
    return answer
