"""
Import and export of the register as background jobs: no request waits for a large file.

One after the other: two imports at once could each undo what the other writes.
"""

from contextlib import contextmanager

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.acts import Act
from audit.recording import record
from clusters.models import City
from enterprises.models import Enterprise
from enterprises.register.file_format import FORMATS
from enterprises.register.outcome import ImportOutcome, outcome_file
from enterprises.register.reading.reading_sandbox import (
    RegisterStep,
    UnreadableRegister,
    read_register,
)
from enterprises.register.resources import EnterpriseResource, RegisterResult
from jobs.models import Job, JobState
from jobs.queue import JobFailed, background, newest_job, progress_of, start, with_progress

LANE = "register"
PREVIEW_STAGES = ("reading", "importing")
IMPORT_STAGES = ("reading", "importing", "writing")
EXPORT_STAGES = ("exporting",)
# Enterprises that are read from the database at once.
CHUNK = 2_000


@contextmanager
def unreadable_in_words():
    """Turn a file that cannot be read into a JobFailed."""
    try:
        yield
    except UnreadableRegister as why:
        raise JobFailed(str(why)) from why


def _resource(job: Job, **given) -> EnterpriseResource:
    """Return the register as far as the user who asked for the job may see it."""
    cities = City.objects.filter(code__in=job.arguments["cities"])
    return EnterpriseResource(cities=cities, **given)


# ---- import ----------------------------------------------------------------------------


@background
def preview_import(job: Job) -> None:
    """Read the job's file and find out what its import would do; writes nothing else."""
    resource = _resource(job, report=progress_of(job))
    with unreadable_in_words():
        dataset = with_progress(job, read_register(bytes(job.file)))
    result = resource.compare(dataset, reason=job.arguments["reason"])
    job.result = ImportOutcome.of(result).as_json()
    job.product = outcome_file(result)


def start_preview(content: bytes, filename: str, *, reason: str, cities, by) -> Job:
    """Return the job that previews an import; nobody but its user sees it."""
    return start(
        preview_import,
        by=by,
        lane=LANE,
        file=content,
        filename=filename[-255:],
        arguments={"reason": reason, "cities": _codes(cities)},
    )


@background
def import_register(job: Job) -> None:
    """
    Write what a preview has shown, if every row may still be written.

    The outcome is stored in the same transaction, so that a job which is begun anew knows that
    it has written.
    """
    if job.result is not None:
        return
    preview = Job.objects.get(pk=job.arguments["preview"])
    if preview.file is None or job.requested_by is None:
        raise JobFailed(_("The previewed file is not there any more. Choose it again."))
    report = progress_of(job)
    resource = _resource(job, report=report)
    with unreadable_in_words():
        dataset = with_progress(job, read_register(bytes(preview.file)))
    reason, user = job.arguments["reason"], job.requested_by
    result = resource.compare(dataset, reason=reason, user=user)
    report(RegisterStep("writing"))
    outcome, listed = ImportOutcome.of(result).as_json(), outcome_file(result)
    try:
        with transaction.atomic():
            # Held until the end: if this job is taken for lost, the worker that repeats it waits.
            same = Job.objects.select_for_update().get(pk=job.pk)
            if same.result is not None:
                job.result, job.product = same.result, same.product
                return
            resource.store(result)
            _note_in_admin(result, user)
            if not result.refused():
                after = {"file": preview.filename} | outcome["counts"]
                record(Act.IMPORTED, by=user, after=after, why=reason)
            Job.objects.filter(pk=job.pk).update(result=outcome, product=listed)
    except IntegrityError as meanwhile:
        words = _("The register was changed at the same moment; nothing was written. Try again.")
        raise JobFailed(words) from meanwhile
    job.result, job.product = outcome, listed


def _note_in_admin(result: RegisterResult, user) -> None:
    """Store what was written among the actions that the admin's first page shows."""
    if result.refused():
        return
    for rows, act in ((result.new(), ADDITION), (result.changed(), CHANGE)):
        if rows:
            written = [row.instance for row in rows]
            LogEntry.objects.log_actions(user.pk, written, act, "import_export")


@transaction.atomic
def start_import(preview: Job) -> Job:
    """Return the job that writes what a preview has shown: the one there is, or a new one."""
    # Confirmed twice at once, the second one waits here and finds the first one's job.
    Job.objects.select_for_update().get(pk=preview.pk)
    subject = f"import of preview {preview.pk}"
    job = newest_job(subject)
    if job and job.state != JobState.FAILED:
        return job
    arguments = {name: preview.arguments[name] for name in ("reason", "cities")}
    return start(
        import_register,
        by=preview.requested_by,
        subject=subject,
        lane=LANE,
        filename=preview.filename,
        arguments=arguments | {"preview": str(preview.pk)},
    )


# ---- export ----------------------------------------------------------------------------


@background
def export_register(job: Job) -> None:
    """Write the enterprises that a list has shown into a file, in the list's order."""
    form = next(f for f in FORMATS if job.filename.endswith(f.extension))
    resource = _resource(job)
    enterprises = resource.filter_export(Enterprise.objects.all())
    keys, report = job.arguments["enterprises"], progress_of(job)

    def rows():
        for done in range(0, len(keys), CHUNK):
            report(RegisterStep("exporting", done, len(keys)))
            some = keys[done : done + CHUNK]
            found = enterprises.in_bulk(some)
            yield from (resource.export_resource(found[key]) for key in some if key in found)

    job.product = form.write(resource.get_export_headers(), rows())


def start_export(enterprises, form: type, *, cities, by) -> Job:
    """Return the job that writes enterprises into a file of one of FORMATS."""
    keys = list(enterprises.values_list("pk", flat=True))
    return start(
        export_register,
        by=by,
        filename=f"register-{timezone.localdate():%Y%m%d}.{form.extension}",
        arguments={"enterprises": keys, "cities": _codes(cities)},
    )


def _codes(cities) -> list[str]:
    return list(cities.values_list("code", flat=True))
