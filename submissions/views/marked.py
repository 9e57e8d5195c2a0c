from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from submissions import access
from submissions.attachments import as_workbook
from submissions.intake import background
from submissions.intake.marked_workbook import marked_name, marked_workbook
from submissions.intake.originals import Lost
from submissions.models import Submission
from submissions.workbook.limits import MIB


@require_safe
def marked(request, pk) -> HttpResponse:
    """Download the original with its findings in its cells; a large one is made by a worker."""
    submission = access.submission_or_404(request, pk)
    if submission.checked_at is None:
        raise Http404(_("It has not been checked yet."))
    if is_large(submission):
        job = background.start_marking(submission, by=request.user)
        return redirect("submissions:made", job.pk)
    try:
        content = marked_workbook(submission).bytes
    except Lost as lost:
        raise Http404(str(lost)) from None
    return as_workbook(content, marked_name(submission.filename))


def is_large(submission: Submission) -> bool:
    """Return whether marking takes longer than another page (0.4 s at 2,000 lines)."""
    return submission.lines > 2_000 or submission.size > MIB
