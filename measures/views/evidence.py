"""Evidence of a step: added, downloaded, checked."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.refusals import found_or_404
from foundation.acts import act_of
from foundation.exporting import attachment
from measures import evidence_files
from measures.access import REVIEW, evidence_for, own_units, tasks_for
from measures.models import EvidenceFile, Task, TaskEvidence
from measures.refusal import LedgerRefusal
from measures.task_forms import EvidenceForm
from measures.views.task import task_page


@act_of(lambda request, number: reverse("measures:task", args=[number]))
def add_evidence(request, number):
    """Add evidence to a step of a task that the user answers for."""
    task = found_or_404(request, tasks_for(request), Task.objects, number=number)
    units = own_units(request, task)
    if not units:
        raise PermissionDenied
    form = EvidenceForm(task, units, request.POST, request.FILES)
    if form.is_valid():
        try:
            _add(request, form)
        except LedgerRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The evidence is kept. A reviewer checks it."))
            return redirect(task)
    return task_page(request, number, form=form, status=422)


def _add(request, form: EvidenceForm) -> TaskEvidence:
    given, file = form.cleaned_data, form.cleaned_data["file"]
    if getattr(request, "upload_too_large", False) or (file and file.size > evidence_files.LARGEST):
        evidence_files.refuse_too_large()
    return evidence_files.add(
        given["node"],
        by=request.user,
        who=form.units[given["who"]],
        document=given["document"],
        filename=file.name if file else "",
        content=file.read() if file else None,
    )


def evidence_file(request, number, evidence_pk):
    """Download the file as it came; never shown inline."""
    evidence = _of(request, number, evidence_pk)
    file = EvidenceFile.objects.filter(evidence=evidence).first()
    if file is None:
        raise Http404
    return attachment(bytes(file.content), evidence.filename, "application/octet-stream")


@act_of(lambda request, number, evidence_pk: reverse("measures:task", args=[number]))
def check_evidence(request, number, evidence_pk):
    """Note that the user has checked evidence."""
    evidence = _of(request, number, evidence_pk)
    if not request.user.has_perm(REVIEW):
        raise PermissionDenied
    try:
        evidence_files.check(evidence, by=request.user)
    except LedgerRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Noted as checked. The light follows."))
    return redirect(evidence.node.task)


def _of(request, number, evidence_pk) -> TaskEvidence:
    asked = {"pk": evidence_pk, "node__task__number": number}
    seen = evidence_for(request).select_related("node__task")
    return found_or_404(request, seen, TaskEvidence.objects, **asked)
