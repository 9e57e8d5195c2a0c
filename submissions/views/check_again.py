from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from foundation.acts import act_of
from submissions import access
from submissions.intake import background


@act_of(access.submission_or_404)
def check_again(request, pk):
    """Put a submission's original into the queue, to be read and checked again."""
    submission = access.submission_or_404(request, pk, may=access.UPLOAD)
    if submission.status == submission.Status.UPLOADED:
        background.start_check(submission, by=request.user)
    else:
        messages.error(request, _("What has been submitted is not checked again."))
    return redirect(submission)
