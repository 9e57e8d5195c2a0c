from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from submissions import access
from submissions.review import actions


@require_POST
def submit(request, pk):
    """Submit to the reviewer, or show why that was refused."""
    submission = access.submission_or_404(request, pk, may=access.UPLOAD)
    try:
        actions.submit(submission, by=request.user)
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Submitted. The province's reviewer sees it now."))
    return redirect(submission)
