from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from foundation.acts import act_of
from submissions import access
from submissions.review import actions
from submissions.views.answers import saved
from submissions.views.correct import corrected
from submissions.views.submission import page_again


@act_of(access.submission_or_404)
def submit(request, pk):
    """Save the answers of the form, then submit to the reviewer; or show why that was refused."""
    submission = access.submission_or_404(request, pk, may=access.UPLOAD)
    try:
        refused = saved(request, submission) if answers_in(request) else {}
        if refused:
            return page_again(request, submission, refused=refused)
        if amended := corrected(request, submission):
            return redirect(amended)
        actions.submit(submission, by=request.user, reason=request.POST.get("why", ""))
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
        return page_again(request, submission)
    messages.success(request, _("Submitted. The province's reviewer sees it now."))
    return redirect(submission)


def answers_in(request) -> bool:
    """Return whether the button stands in the form of the answers."""
    return any(name.startswith("text-") for name in request.POST)
