from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.acts import act_of
from submissions import access
from submissions.papers import issuing
from submissions.refused import Refused


@permission_required(access.ISSUE_BRIEFING, raise_exception=True)
@act_of(lambda request, period: reverse("briefing:briefing", args=[period]))
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
