"""A department's report as it was handed in, and its reviewer's decision."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from foundation import kept_form
from foundation.acts import act_of
from measures.access import REVIEW, return_or_404
from measures.refusal import LedgerRefusal
from measures.reporting import returns
from measures.reporting.report_tables import lines_of


def department_return(request, return_pk, *, typed="", status=200):
    """Show one version: its lines against last quarter's, and how it was decided."""
    returned = return_or_404(request, return_pk)
    typed = typed or kept_form.take(request, request.path).get("reason", "")
    is_open = returned.status == returned.Decision.SUBMITTED
    is_own = returned.submitted_by_id == request.user.pk
    context = {
        "returned": returned,
        "lines": lines_of(returned),
        "may_decide": is_open and not is_own and request.user.has_perm(REVIEW),
        "is_open": is_open,
        "typed": typed,
    }
    return render(request, "measures/return.html", context, status=status)


@act_of(return_or_404)
def accept_return(request, return_pk):
    """Accept a department's report, or say why that is refused."""
    returned = return_or_404(request, return_pk, may=REVIEW)
    try:
        returned = returns.accept(returned, by=request.user)
    except LedgerRefusal as refusal:
        messages.error(request, str(refusal))
        return department_return(request, return_pk, status=409)
    messages.success(request, _("Accepted. The lights follow from it at once."))
    return redirect(returned)


@act_of(return_or_404)
def send_back_return(request, return_pk):
    """Send a department's report back with a reason, or say why that is refused."""
    returned, reason = return_or_404(request, return_pk, may=REVIEW), request.POST.get("reason", "")
    try:
        returned = returns.send_back(returned, by=request.user, reason=reason)
    except LedgerRefusal as refusal:
        messages.error(request, str(refusal))
        return department_return(request, return_pk, typed=reason, status=409)
    messages.success(request, _("Sent back. The department sees your reason."))
    return redirect(returned)
