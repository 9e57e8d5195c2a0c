from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from submissions import access
from submissions.attachments import as_workbook
from submissions.intake import originals
from submissions.intake.marked_workbook import marked_name, marked_workbook


def marked(request, pk) -> HttpResponse:
    """Download the original with its findings in its cells."""
    submission = access.submission_or_404(request, pk)
    if submission.checked_at is None:
        raise Http404(_("It has not been checked yet."))
    if not originals.path_of(submission).exists():
        raise Http404(_("The original file is not in its place."))
    return as_workbook(marked_workbook(submission).bytes, marked_name(submission.filename))
