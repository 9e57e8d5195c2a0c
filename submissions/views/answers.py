from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext

from foundation.acts import act_of
from submissions import access
from submissions.refused import Refused
from submissions.review import answering
from submissions.views.correct import corrected
from submissions.views.submission import page_again


@act_of(access.submission_or_404)
def answers(request, pk):
    """
    Store the answers to the findings, and show those that were refused at their boxes.

    Values typed in the same form are written into the next version.

    A script that saves while the bureau types asks for JSON: then drafts are kept, nothing more.
    """
    submission = access.submission_or_404(request, pk, may=access.UPLOAD)
    if not request.accepts("text/html"):
        return kept(request, submission)
    try:
        refused = saved(request, submission)
        if refused:
            return page_again(request, submission, refused=refused)
        if amended := corrected(request, submission):
            return redirect(amended)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return page_again(request, submission)
    page = request.POST.get("then") or request.POST.get("page", "")
    turned = f"?page={page}" if page.isdecimal() and page != "1" else ""
    return redirect(submission.get_absolute_url() + turned)


def kept(request, submission) -> JsonResponse:
    """Keep what is typed as drafts; return whether it is kept, or why not."""
    try:
        answering.save_drafts(submission, answering.typed_answers(request.POST), by=request.user)
    except Refused as refusal:
        return JsonResponse({"refused": str(refusal)}, status=409)
    return JsonResponse({"kept": True})


def saved(request, submission) -> dict[int, str]:
    """
    Save the answers of the form and say how many are new; return the reasons of the refused.

    Raises Refused if the submission is not open.
    """
    typed = answering.typed_answers(request.POST)
    stored, refused = answering.save_answers(submission, typed, by=request.user)
    if stored:
        messages.success(
            request,
            ngettext("%(count)d answer is noted.", "%(count)d answers are noted.", stored)
            % {"count": stored},
        )
    if refused:
        messages.error(
            request,
            ngettext(
                "%(count)d answer does not count yet: its box says why. Nothing typed is lost.",
                "%(count)d answers do not count yet: their boxes say why. Nothing typed is lost.",
                len(refused),
            )
            % {"count": len(refused)},
        )
    return refused
