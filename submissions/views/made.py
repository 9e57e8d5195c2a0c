from django.http import HttpResponse
from django.views.decorators.http import require_safe

from jobs.made import made_page, own_jobs
from submissions.intake import background

STAGES = ("marking",)


@require_safe
def made(request, job_id) -> HttpResponse:
    """Offer the marked workbook that a job of this user makes; until then, how far it is."""
    jobs = own_jobs(request.user, background.mark_submission, background.mark_file)
    return made_page(request, jobs, job_id, stages=STAGES, template="submissions/made.html")
