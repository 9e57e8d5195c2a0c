import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusters.models import City
from foundation.acts import act_of
from submissions import access
from submissions.backfill.answering_together import (
    answer_together,
    being_checked,
    open_questions,
    submit_all,
)
from submissions.backfill.city_history import (
    ContinuityTable,
    HistoryFindings,
    QuartersTable,
    accept_all,
    continuity,
    findings_of,
    submissions_of,
)
from submissions.layouts.firms_together import (
    choose_together,
    firms_to_choose,
    of_the_same_name,
    open_firms,
)
from submissions.models import Batch, Submission
from submissions.refused import Refused
from submissions.review import answering
from submissions.validation.findings_list import A_PAGE
from submissions.views.accept import seen

Status = Submission.Status
# The field of a firm's name in the form.
NAMED = re.compile(r"name-[0-9]{1,5}").fullmatch


def city_of(request, pk, slug) -> tuple[Batch, City]:
    """Return a batch and one of its cities that the user sees. Raises Http404."""
    batch = access.batch_or_404(request, pk)
    cities = request.cities.filter(pk__in=batch.cities.values("pk"))
    return batch, get_object_or_404(cities, slug=slug)


def address_of(request, pk, slug) -> str:
    """Return the address of the page of a batch's city."""
    batch, city = city_of(request, pk, slug)
    return reverse("submissions:batch_city", args=[batch.pk, city.slug])


def batch_city(request, pk, slug):
    """
    Show all quarters of a city in a batch: findings, and what does not follow on.

    With ?progress only how many are being checked, for the script that asks until none is.
    """
    batch, city = city_of(request, pk, slug)
    if "progress" not in request.GET:
        return page(request, batch, city)
    checks = {"checks": being_checked(submissions_of(batch, city))}
    answer = render(request, "submissions/_batch_checks.html", checks)
    answer["Cache-Control"] = "private, no-store"
    return answer


def page(request, batch, city, *, typed=None, refused=None):
    """Return the page of a batch's city; with what was typed and refused, if it was (422)."""
    submissions = submissions_of(batch, city)
    for one in submissions:
        one.open_count = one.findings.mandatory().count() + one.findings.unanswered().count()
    mine = request.user.pk
    waiting = [one for one in submissions if one.status == Status.SUBMITTED]
    in_force = Submission.objects.in_force().filter(city=city)
    bases = dict(in_force.values_list("period", "pk"))
    context = {
        "batch": batch,
        "city": city,
        "quarters": QuartersTable(submissions),
        "findings": HistoryFindings(findings_of(submissions)).turn_to(request.GET.get("page")),
        "continuity": ContinuityTable(continuity(city, submissions)),
        "waiting": [(one.pk, bases.get(one.period_id, "")) for one in waiting],
        "may_accept": request.user.has_perm(access.REVIEW),
        "own": any(mine in (one.uploaded_by_id, one.submitted_by_id) for one in waiting),
        "a_page": A_PAGE,
    }
    context |= to_do(request, city, submissions, typed, refused)
    status = 422 if refused else 200
    return render(request, "submissions/batch_city.html", context, status=status)


def to_do(request, city, submissions, typed, refused) -> dict:
    """Return what who reports for a city does next: wait, choose firms, answer and submit."""
    if checks := being_checked(submissions):
        return {"checks": checks}
    if not may_answer(request, city):
        return {}
    firms = firms_to_choose(open_firms(submissions), city, cities=request.cities)
    return {
        "open": [one for one in submissions if one.status == Status.UPLOADED],
        "firms": firms,
        "same_names": of_the_same_name(firms),
        "questions": open_questions(submissions, typed, refused),
    }


def may_answer(request, city: City) -> bool:
    """Return whether a user answers findings of a city: as who reports for it."""
    return request.user.has_perm(access.UPLOAD) and city in request.own_cities


@act_of(address_of)
def batch_firms(request, pk, slug):
    """Choose firms without a code, each once for all quarters of a city."""
    batch, city = city_of(request, pk, slug)
    if not may_answer(request, city):
        raise PermissionDenied
    names = {at.removeprefix("name-"): name for at, name in request.POST.items() if NAMED(at)}
    chosen = {name: request.POST.get(f"firm-{at}", "") for at, name in names.items()}
    try:
        changed = choose_together(
            submissions_of(batch, city), chosen, cities=list(request.cities), by=request.user
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        words = ngettext(
            "Kept. %(count)d quarter is checked again.",
            "Kept. %(count)d quarters are checked again.",
            changed,
        )
        messages.success(request, words % {"count": changed})
    return redirect("submissions:batch_city", pk=batch.pk, slug=city.slug)


@act_of(address_of)
def batch_answers(request, pk, slug):
    """Store the answers for all quarters of a city, and submit the quarters that are in order."""
    batch, city = city_of(request, pk, slug)
    if not may_answer(request, city):
        raise PermissionDenied
    typed = answering.typed_answers(request.POST)
    submissions = submissions_of(batch, city)
    try:
        stored, refused = answer_together(submissions, typed, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return page(request, batch, city, typed=typed)
    if stored:
        words = ngettext("%(count)d answer is noted.", "%(count)d answers are noted.", stored)
        messages.success(request, words % {"count": stored})
    if refused:
        return page(request, batch, city, typed=typed, refused=refused)
    submitted, refusals = submit_all(batch, submissions, by=request.user)
    if submitted:
        words = ngettext(
            "%(count)d quarter is submitted. The province's reviewer sees it now.",
            "%(count)d quarters are submitted. The province's reviewer sees them now.",
            submitted,
        )
        messages.success(request, words % {"count": submitted})
    for submission, reason in refusals:
        told = {"submission": submission, "reason": reason}
        messages.error(request, _("%(submission)s was not submitted: %(reason)s") % told)
    return redirect("submissions:batch_city", pk=batch.pk, slug=city.slug)


@act_of(address_of)
def batch_accept(request, pk, slug):
    """Accept the quarters of a city that the page showed, in their order."""
    batch, city = city_of(request, pk, slug)
    if not request.user.has_perm(access.REVIEW):
        raise PermissionDenied
    shown = dict(one.partition(":")[::2] for one in request.POST.getlist("version"))
    bases = {int(key): seen(base) for key, base in shown.items() if seen(key) is not None}
    done = accept_all(
        submissions_of(batch, city),
        by=request.user,
        published_at=batch.published_at,
        bases=bases,
    )
    if done.accepted:
        words = ngettext(
            "%(count)d quarter accepted. Its figures are in force from now on.",
            "%(count)d quarters accepted. Their figures are in force from now on.",
            done.accepted,
        )
        messages.success(request, words % {"count": done.accepted})
    if done.refusal:
        words = _("%(submission)s was not accepted, nor what follows: %(reason)s")
        told = {"submission": done.submission, "reason": done.refusal}
        messages.error(request, words % told)
    elif not done.accepted:
        messages.info(request, _("Nothing of this city waits for a decision."))
    return redirect("submissions:batch_city", pk=batch.pk, slug=city.slug)
