from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from submissions import access
from submissions.attachments import as_workbook
from submissions.intake.marked_workbook import marked_name, marked_workbook
from submissions.intake.originals import Lost


def marked(request, pk) -> HttpResponse:
    """Download the original with its findings in its cells."""
    submission = access.submission_or_404(request, pk)
    if submission.checked_at is None:
        raise Http404(_("It has not been checked yet."))
    try:
        content = marked_workbook(submission).bytes
    except Lost as lost:
        raise Http404(str(lost)) from None
    return as_workbook(content, marked_name(submission.filename))
