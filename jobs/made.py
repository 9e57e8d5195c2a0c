"""The file that a job makes: a page that waits for it and downloads it."""

from django.http import HttpResponse
from django.shortcuts import render

from audit.refusals import found_or_404
from foundation.exporting import CSV_TYPE, XLSX_TYPE, attachment
from jobs.models import Job
from jobs.progress import progress_context, progress_fragment

TYPES = {"csv": CSV_TYPE, "xlsx": XLSX_TYPE}


def own_jobs(user, *tasks):
    """Return the user's own jobs of these tasks."""
    paths = [task.module_path for task in tasks]
    return Job.objects.filter(requested_by=user, task__in=paths)


def made_page(
    request, jobs, job_id, *, stages: tuple[str, ...], template: str, context: dict | None = None
) -> HttpResponse:
    """
    Offer the file that one of these jobs makes; until then, how far it is.

    template  contains jobs/_made.html, and in its head jobs/_made_head.html

    Answers ?progress with the fragment, ?file with the file. Raises Http404.
    """
    every = Job.objects.defer("file", "product")
    if "file" in request.GET:
        with_product = jobs.filter(product__isnull=False)
        job = found_or_404(request, with_product, every, pk=job_id)
        return product_of(job)
    job = found_or_404(request, jobs.defer("file", "product"), every, pk=job_id)
    if "progress" in request.GET:
        return progress_fragment(request, job, stages)
    shown = progress_context(job, stages, f"{request.path}?progress")
    return render(request, template, shown | (context or {}))


def product_of(job: Job) -> HttpResponse:
    """Return the file that a job has made, as a download."""
    kind = TYPES.get(job.filename.rpartition(".")[2], "application/octet-stream")
    return attachment(bytes(job.product), job.filename, kind)
