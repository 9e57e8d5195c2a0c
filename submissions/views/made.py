from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from jobs.progress import progress_context, progress_fragment
from submissions import access
from submissions.attachments import as_workbook
from submissions.intake import background

STAGES = ("marking",)


@require_safe
def made(request, job_id) -> HttpResponse:
    """Offer the marked workbook that a job of this user makes; until then, how far it is."""
    jobs = access.own_jobs(request, background.mark_submission, background.mark_file)
    if "file" in request.GET:
        job = get_object_or_404(jobs, pk=job_id, product__isnull=False)
        return as_workbook(bytes(job.product), job.filename)
    job = get_object_or_404(jobs.defer("file", "product"), pk=job_id)
    if "progress" in request.GET:
        return progress_fragment(request, job, STAGES)
    context = progress_context(job, STAGES, f"{request.path}?progress")
    return render(request, "submissions/made.html", context)
