from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from submissions import access
from submissions.papers import issuing
from submissions.refused import Refused


@require_POST
@permission_required(access.ISSUE_BRIEFING, raise_exception=True)
def issue_briefing(request, period):
    """Issue the draft that was looked at, or say why that was refused."""
    viewpoint = access.viewpoint_in(request, period)
    try:
        issued = issuing.issue_briefing(
            viewpoint, by=request.user, seen=request.POST.get("seen", "")
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("briefing:briefing", period=period)
    messages.success(
        request, _("Issued as %(number)s. It is never changed.") % {"number": issued.number}
    )
    return redirect(issued)
