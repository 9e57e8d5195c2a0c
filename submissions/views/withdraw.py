from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from foundation.acts import act_of
from submissions import access
from submissions.refused import Refused
from submissions.review import withdrawing
from submissions.views.submission import page_again


@act_of(access.submission_or_404)
def ask_withdrawal(request, pk):
    """Ask for an acceptance to be withdrawn: the city's bureau, or a reviewer."""
    submission = access.submission_or_404(request, pk)
    if not (access.may_report(request, submission) or request.user.has_perm(access.REVIEW)):
        raise PermissionDenied
    try:
        withdrawing.ask(submission, by=request.user, reason=request.POST.get("reason", ""))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return page_again(request, submission)
    messages.success(request, _("Asked for. Another person decides; until then the figures count."))
    return redirect(submission)


@act_of(access.submission_or_404)
def decide_withdrawal(request, pk):
    """Withdraw an acceptance as another person asked for, or leave it in force with a reason."""
    submission = access.submission_or_404(request, pk, may=access.REVIEW)
    withdraws = request.POST.get("decision") == "withdraw"
    try:
        if withdraws:
            withdrawing.confirm(submission, by=request.user)
        else:
            withdrawing.reject(submission, by=request.user, why=request.POST.get("why", ""))
    except Refused as refusal:
        messages.error(request, str(refusal))
        submission.refresh_from_db()
        return page_again(request, submission)
    messages.success(
        request,
        _("Withdrawn: these figures do not count any more. The city sees the reason.")
        if withdraws
        else _("It stays in force. Whoever asked sees your reason."),
    )
    return redirect(submission)
