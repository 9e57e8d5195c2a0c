"""Background jobs: the first rows of a foreign file, and what a layout finds in it."""

import io

from django.db import transaction
from django.utils.translation import gettext as _

from clusters.models import City
from jobs.models import Job
from jobs.queue import JobFailed, background, start
from submissions.intake.background import failures_in_words
from submissions.intake.foreign_reading import city_codes
from submissions.intake.originals import temporary_copy
from submissions.intake.quota import refuse_beyond_day, refuse_without_reserve
from submissions.intake.receiving import plain_name
from submissions.layouts.firm_candidates import proposals
from submissions.models import BatchFile, Layout
from submissions.rules.catalogue import CATALOGUE
from submissions.workbook.foreign.foreign_sandbox import contents_of, sample_of
from submissions.workbook.foreign.layout_spec import LayoutSpec
from submissions.workbook.foreign.slices import GivenPlace

STAGES = ("reading",)


def lane_of(user) -> str:
    """Return the lane of a user's looks into files."""
    return f"layouts of user {user.pk}"


@background
def look_at_file(job: Job) -> None:
    """Read the first rows of the job's file; they are its result."""
    with failures_in_words(), temporary_copy(io.BytesIO(job.file)) as path:
        job.result = _readable(sample_of(path, job.filename))


@background
def find_contents(job: Job) -> None:
    """Read a file by a layout: cities, quarters, lines, and candidates for firms without a code."""
    look = Job.objects.get(pk=job.arguments["look"])
    if look.file is None:
        raise JobFailed(_("The file is not kept any more. Upload it again."))
    spec = LayoutSpec.of_json(job.arguments["spec"])
    given = GivenPlace(*job.arguments["given"])
    with failures_in_words(), temporary_copy(io.BytesIO(look.file)) as path:
        found = _readable(contents_of(path, look.filename, spec, city_codes(), given))
    cities = City.objects.filter(code__in=job.arguments["cities"])
    found["firms"] = proposals(found["parts"], cities=cities, layout=_layout_of(job))
    job.result = found


def _layout_of(job: Job) -> Layout | None:
    """Return the confirmed layout that a job reads by; None for one that is being described."""
    return Layout.objects.filter(pk=job.arguments.get("layout")).first()


def _readable(told: dict) -> dict:
    """Return what the child told. Raises JobFailed with the message of its fault."""
    if fault := told.get("fault"):
        code, _sheet, cell, _value, params = fault
        kind = CATALOGUE[code]
        place = f" {cell}" if cell else ""
        raise JobFailed(f"{code}{place}: {kind.message % params} {kind.remedy % params}")
    return told


@transaction.atomic
def start_look(content: bytes, filename: str, *, by, batch_file: BatchFile | None = None) -> Job:
    """
    Return the job that reads the first rows of a file. Raises Refused.

    batch_file: the file of a batch that it is; what is handed in of it belongs to the batch.
    """
    refuse_without_reserve()
    refuse_beyond_day(by, len(content))
    return start(
        look_at_file,
        by=by,
        lane=lane_of(by),
        file=content,
        filename=plain_name(filename),
        arguments={"batch_file": batch_file.pk} if batch_file else {},
    )


def batch_file_of(look: Job) -> BatchFile | None:
    """Return the file of a batch that a job looked into, with its batch; None for another file."""
    number = look.arguments.get("batch_file")
    return BatchFile.objects.select_related("batch").filter(pk=number).first() if number else None


def start_contents(
    look: Job,
    spec: LayoutSpec,
    given: GivenPlace,
    *,
    by,
    cities,
    layout: Layout | None = None,
    name: str = "",
) -> Job:
    """
    Return the job that reads a file by a layout, confirmed or being described.

    cities are those whose firms the user may see: candidates come from their register. name is
    proposed for one that is being described.
    """
    return start(
        find_contents,
        by=by,
        lane=lane_of(by),
        filename=look.filename,
        arguments={
            "look": str(look.pk),
            "spec": spec.as_json(),
            "given": list(given),
            "layout": layout.pk if layout else None,
            "name": name,
            "cities": [city.code for city in cities],
        },
    )
