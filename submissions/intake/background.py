"""
Reading, checking and marking as background jobs: no request waits for a child process.

Jobs of one city never run at once, so that a bureau in a hurry does not hold up the others.
"""

import io
from contextlib import contextmanager

from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.acts import Act
from audit.recording import record
from audit.refusals import refusals_recorded
from clusters.models import City, ReportingPeriod
from jobs.models import Job
from jobs.queue import JobFailed, background, start, start_once, with_progress
from submissions.intake import dry_run, receiving
from submissions.intake.marked_workbook import marked_copy, marked_name, marked_workbook
from submissions.intake.originals import content_of, temporary_copy
from submissions.intake.quota import refuse_beyond_day, refuse_without_reserve
from submissions.models import Submission
from submissions.no_room import is_no_room
from submissions.refused import Refused

CHECK_STAGES = ("reading", "checking")


def lane_of(city: City) -> str:
    """Return the lane of a city's jobs."""
    return f"city {city.code}"


@contextmanager
def failures_in_words():
    """Turn a refusal and a full disk into a JobFailed."""
    try:
        yield
    except Refused as refusal:
        raise JobFailed(str(refusal)) from refusal
    except (OSError, DatabaseError) as error:
        if not is_no_room(error):
            raise
        words = _("The server's disk is full. Your file is kept; tell the administrator.")
        raise JobFailed(words) from error


# ---- the check of a submission -----------------------------------------------------------


@background
def check_submission(job: Job) -> None:
    """Read and check a submission's original, unless it was submitted or discarded meanwhile."""
    submission = Submission.objects.select_related("city", "period").get(
        pk=job.arguments["submission"]
    )
    if submission.status == Submission.Status.UPLOADED:
        with failures_in_words():
            with_progress(job, receiving.check_in_steps(submission))


def check_subject(submission: Submission) -> str:
    """Return the subject of the jobs that check a submission."""
    return f"check of submission {submission.pk}"


def start_check(submission: Submission, *, by) -> Job:
    """Return the job that checks a submission: the one under way, or a new one."""
    return start_once(
        check_submission,
        by=by,
        subject=check_subject(submission),
        lane=lane_of(submission.city),
        arguments={"submission": submission.pk},
    )


@refusals_recorded(Act.UPLOADED, Refused)
@transaction.atomic
def receive_and_check(file, **given) -> Submission:
    """
    Receive a file as receiving.receive() does, and put its check into the queue with it.

    File, submission and job are stored together, or none of them.
    """
    submission = receiving.receive(file, **given)
    if submission.checked_at is None:
        start_check(submission, by=given["by"])
    return submission


def receive_again(submission: Submission, *, period: ReportingPeriod, by) -> Submission:
    """Receive a submission's file for another period; return the new submission."""
    return receive_and_check(
        io.BytesIO(content_of(submission)),
        city=submission.city,
        period=period,
        by=by,
        filename=submission.filename,
    )


# ---- a check without a submission --------------------------------------------------------


@background
def check_file(job: Job) -> None:
    """Read and check the job's file for its city and period; the findings are its result."""
    city = City.objects.get(code=job.arguments["city"])
    period = ReportingPeriod.objects.get(code=job.arguments["period"])
    with failures_in_words():
        file = io.BytesIO(job.file)
        steps = dry_run.check_in_steps(file, job.filename, city=city, period=period)
        checked = with_progress(job, steps)
    job.result = checked.as_json()


@refusals_recorded(Act.CHECKED, Refused)
@transaction.atomic
def start_file_check(content: bytes, filename: str, *, city, period, by) -> Job:
    """Return the job that checks a file which nobody else will see. Raises Refused."""
    refuse_without_reserve()
    refuse_beyond_day(by, len(content))
    name = receiving.plain_name(filename)
    record(
        Act.CHECKED,
        city,
        by=by,
        after={"period": period.code, "filename": name, "bytes": len(content)},
    )
    return start(
        check_file,
        by=by,
        lane=lane_of(city),
        file=content,
        filename=name,
        arguments={"city": city.code, "period": period.code},
    )


# ---- the file with its findings ----------------------------------------------------------


@background
def mark_submission(job: Job) -> None:
    """Make a submission's original with its findings in its cells."""
    submission = Submission.objects.get(pk=job.arguments["submission"])
    with failures_in_words():
        job.product = marked_workbook(submission).bytes


def start_marking(submission: Submission, *, by) -> Job:
    """Return the job that marks a submission's file for a user: the one under way, or a new one."""
    return start_once(
        mark_submission,
        by=by,
        subject=f"marking of submission {submission.pk} for user {by.pk}",
        lane=lane_of(submission.city),
        filename=marked_name(submission.filename),
        arguments={"submission": submission.pk, "back": submission.get_absolute_url()},
    )


@background
def mark_file(job: Job) -> None:
    """Make the file of a check without a submission, with its findings in its cells."""
    checked = Job.objects.get(pk=job.arguments["check"])
    if checked.result is None:
        raise JobFailed(_("What was checked is not kept any more. Check the file again."))
    found = dry_run.DryRunResult.of_json(checked.result)
    with failures_in_words(), temporary_copy(io.BytesIO(checked.file)) as path:
        job.product = marked_copy(path, found.findings).bytes


def start_file_marking(check: Job, *, by) -> Job:
    """Return the job that marks the file of a check without a submission."""
    back = reverse("submissions:checked", args=[check.pk])
    return start(
        mark_file,
        by=by,
        lane=check.lane,
        filename=marked_name(check.filename),
        arguments={"check": str(check.pk), "back": back},
    )
