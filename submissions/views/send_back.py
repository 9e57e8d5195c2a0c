from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from foundation.acts import act_of
from submissions import access
from submissions.review import actions
from submissions.views.submission import page_again


@act_of(access.submission_or_404)
def send_back(request, pk):
    """Send a submission back with the reviewer's reason, or show why that was refused."""
    submission = access.submission_or_404(request, pk, may=access.REVIEW)
    try:
        actions.send_back(submission, by=request.user, reason=request.POST.get("reason", ""))
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
        return page_again(request, submission)
    messages.success(request, _("Sent back. The city sees your reason."))
    return redirect(submission)
