from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from clusters.models import Plan
from foundation.acts import act_of
from submissions import access
from submissions.papers import issuing
from submissions.papers.assessment_figures import last_quarter
from submissions.refused import Refused


@permission_required(access.ISSUE_ASSESSMENT, raise_exception=True)
@act_of(lambda request, code: reverse("assessment:assessment", args=[code]))
def issue_assessment(request, code):
    """Issue the closing assessment that was looked at, or say why that was refused."""
    plan = get_object_or_404(Plan, code=code)
    viewpoint = access.viewpoint_on_day(request, last_quarter(plan))
    try:
        issued = issuing.issue_assessment(
            plan, viewpoint, by=request.user, seen=request.POST.get("seen", "")
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("assessment:assessment", code=code)
    messages.success(
        request, _("Issued as %(number)s. It is never changed.") % {"number": issued.number}
    )
    return redirect(issued)
