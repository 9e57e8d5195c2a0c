from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from foundation.acts import act_of
from foundation.language import quarter_name
from submissions import access
from submissions.intake import background
from submissions.intake.right_period import right_period
from submissions.refused import Refused
from submissions.review import actions


@act_of(access.submission_or_404)
def refile(request, pk):
    """Take a file in for the period that it says itself, and discard it for the chosen one."""
    submission = access.submission_or_404(request, pk, may=access.UPLOAD)
    try:
        period = right_period(submission)
        if period is None:
            raise Refused(_("The file names no other period for which a workbook can be sent."))
        moved = background.receive_again(submission, period=period, by=request.user)
        if submission.status == submission.Status.UPLOADED:
            actions.discard(submission, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(submission)
    name = quarter_name(period.quarter)
    messages.success(request, _("The file is here for %(period)s now.") % {"period": name})
    return redirect(moved)
