from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

from submissions import access
from submissions.intake import originals


def original(request, pk):
    """Download the file as it came; never shown inline."""
    submission = access.submission_or_404(request, pk)
    try:
        file = originals.path_of(submission).open("rb")
    except FileNotFoundError:
        raise Http404(_("The original file is not in its place.")) from None
    answer = FileResponse(
        file,
        as_attachment=True,
        filename=submission.filename,
        content_type="application/octet-stream",
    )
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
