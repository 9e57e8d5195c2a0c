from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from foundation.acts import act_of
from submissions import access
from submissions.backfill.city_history import declared_publication
from submissions.review import actions

# Of the primary key of a submission.
MOST_DIGITS = 18


@act_of(access.submission_or_404)
def accept(request, pk):
    """Accept a submission, or show why that was refused."""
    submission = access.submission_or_404(request, pk, may=access.REVIEW)
    try:
        actions.accept(
            submission,
            by=request.user,
            published_at=declared_publication(submission),
            compared_with=seen(request.POST.get("base")),
        )
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Accepted. Its figures are in force from now on."))
    return redirect(submission)


def seen(base: str | None):
    """Return the version in force that the reviewer's page showed, if it sent one."""
    if base is None:
        return actions.NOT_GIVEN
    return int(base) if base.isdecimal() and len(base) <= MOST_DIGITS else None
