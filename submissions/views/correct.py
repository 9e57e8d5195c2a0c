import re

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from foundation.acts import act_of
from submissions import access
from submissions.intake import amending
from submissions.refused import Refused
from submissions.review import answering
from submissions.views.submission import page_again

AT_FINDING = re.compile(r"right-([0-9]{1,18})").fullmatch
TOTAL = "total-"


@act_of(access.submission_or_404)
def correct(request, pk):
    """Write the values typed on the page into the city's file, as its next version."""
    submission = access.submission_or_404(request, pk, may=access.UPLOAD)
    try:
        keep_answers(request, submission)
        return redirect(corrected(request, submission) or submission)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return page_again(request, submission)


def keep_answers(request, submission) -> None:
    """Keep the answers typed in the same form: they are carried to the next version."""
    typed = answering.typed_answers(request.POST)
    if typed:
        answering.save_drafts(submission, typed, by=request.user)


def corrected(request, submission):
    """
    Return the version made of the values typed in the form; None if there are none.

    Raises Refused.
    """
    values = {
        int(match[1]): text for name, text in request.POST.items() if (match := AT_FINDING(name))
    }
    totals = {
        name.removeprefix(TOTAL): text
        for name, text in request.POST.items()
        if name.startswith(TOTAL)
    }
    corrections = amending.corrections_of(submission, values, totals)
    if not corrections:
        return None
    amended = amending.amend(submission, corrections, by=request.user)
    messages.success(
        request,
        _("Version %(version)d is your file with %(cells)s corrected, and checked at once.")
        % {
            "version": amended.version,
            "cells": ", ".join("!".join(filter(None, (c.sheet, c.cell))) for c in corrections),
        },
    )
    return amended
