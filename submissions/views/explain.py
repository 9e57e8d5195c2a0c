from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from submissions import access
from submissions.review import actions


@require_POST
def explain(request, pk, finding_pk):
    """Store the explanation of an advisory finding, or show why it was refused."""
    submission = access.submission_or_404(request, pk, may=access.UPLOAD)
    finding = get_object_or_404(submission.findings, pk=finding_pk)
    given = {name: request.POST.get(name, "") for name in ("text", "nil")}
    given["confirmed"] = "confirmed" in request.POST
    try:
        actions.explain(finding, **given, by=request.user)
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The explanation is noted."))
    return redirect(f"{submission.get_absolute_url()}#{finding.code}")
