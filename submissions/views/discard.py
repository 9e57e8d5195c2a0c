from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from foundation.acts import act_of
from submissions import access
from submissions.models import Submission
from submissions.review import actions


@act_of(access.submission_or_404)
def discard(request, pk):
    """Discard a version that was not submitted, and show the one that stands now."""
    submission = access.submission_or_404(request, pk, may=access.UPLOAD)
    try:
        actions.discard(submission, by=request.user)
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(submission)
    messages.success(
        request,
        _("Version %(version)d is discarded: it is kept, and no longer in the way.")
        % {"version": submission.version},
    )
    slot = Submission.objects.kept().filter(city=submission.city, period=submission.period)
    return redirect(slot.order_by("-version").first() or submission)
