from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from submissions import access
from submissions.review import actions


@require_POST
def send_back(request, pk):
    """Send a submission back with the reviewer's reason, or show why that was refused."""
    submission = access.submission_or_404(request, pk, may=access.REVIEW)
    try:
        actions.send_back(submission, by=request.user, reason=request.POST.get("reason", ""))
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Sent back. The city sees your reason."))
    return redirect(submission)
