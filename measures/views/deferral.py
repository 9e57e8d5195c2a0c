"""A later date for a step: asked for, and decided."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.refusals import found_or_404
from foundation.acts import act_of
from measures import deferring
from measures.access import REVIEW, own_units, tasks_for
from measures.models import Deferral, Task
from measures.refusal import LedgerRefusal
from measures.task_forms import DeferralForm
from measures.views.task import task_page


@act_of(lambda request, number: reverse("measures:task", args=[number]))
def ask_deferral(request, number):
    """Ask for a later date for a step of a task that the user answers for."""
    task = found_or_404(request, tasks_for(request), Task.objects, number=number)
    units = own_units(request, task)
    if not units:
        raise PermissionDenied
    form = DeferralForm(task, units, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            asked = deferring.ask(
                given["node"], by=request.user, due=given["due"], reason=given["reason"]
            )
        except LedgerRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            if asked.granted is False:
                messages.error(request, asked.decision)
            else:
                messages.success(request, _("Asked for. A reviewer decides."))
            return redirect(task)
    return task_page(request, number, form=form, status=422)


@act_of(lambda request, number, deferral_pk: reverse("measures:task", args=[number]))
def decide_deferral(request, number, deferral_pk):
    """Grant or refuse a later date."""
    deferral = _of(request, number, deferral_pk)
    if not request.user.has_perm(REVIEW):
        raise PermissionDenied
    decision = request.POST.get(f"decision-{deferral.pk}", "")
    granted = "grant" in request.POST
    try:
        deferring.decide(deferral, by=request.user, granted=granted, decision=decision)
    except LedgerRefusal as refusal:
        messages.error(request, str(refusal))
        return task_page(request, number, typed=request.POST, status=409)
    messages.success(request, _("Granted.") if granted else _("Refused."))
    return redirect(deferral.node.task)


def _of(request, number, deferral_pk) -> Deferral:
    asked = {"pk": deferral_pk, "node__task__number": number}
    seen = Deferral.objects.filter(node__task__in=tasks_for(request)).select_related("node__task")
    return found_or_404(request, seen, Deferral.objects, **asked)
