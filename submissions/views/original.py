import io

from django.http import FileResponse, Http404

from submissions import access
from submissions.intake import originals


def original(request, pk):
    """Download the file as it came; never shown inline."""
    submission = access.submission_or_404(request, pk)
    try:
        file = io.BytesIO(originals.content_of(submission))
    except originals.Lost as lost:
        raise Http404(str(lost)) from None
    answer = FileResponse(
        file,
        as_attachment=True,
        filename=submission.filename,
        content_type="application/octet-stream",
    )
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
