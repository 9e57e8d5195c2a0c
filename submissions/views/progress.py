from django.http import Http404

from jobs.progress import progress_fragment
from jobs.queue import newest_job
from submissions import access
from submissions.intake.background import CHECK_STAGES, check_subject


def progress(request, pk):
    """Show how far the check of a submission has come, as a fragment of its page."""
    submission = access.submission_or_404(request, pk)
    job = newest_job(check_subject(submission))
    if job is None:
        raise Http404
    return progress_fragment(request, job, CHECK_STAGES)
