from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from foundation.acts import act_of
from submissions import access
from submissions.intake import receiving
from submissions.refused import Refused


@act_of(access.submission_or_404)
def check_again(request, pk):
    """Read and check a submission's original again."""
    submission = access.submission_or_404(request, pk, may=access.UPLOAD)
    try:
        receiving.read_and_check(submission)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The workbook has been checked again."))
    return redirect(submission)
