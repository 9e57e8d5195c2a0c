from functools import partial

from django.shortcuts import render
from django.template.loader import render_to_string

from submissions import access
from submissions.attachments import as_workbook
from submissions.intake import dry_run, progress
from submissions.intake.forms import WorkbookForm
from submissions.intake.marked_workbook import marked_name
from submissions.intake.originals import NotStored
from submissions.validation.tables import FindingTable
from submissions.workbook.sandbox import result_of


def check(request):
    """Check a workbook and show its findings; nothing is stored."""
    if request.method != "POST":
        initial = {name: request.GET[name] for name in ("period", "city") if name in request.GET}
        return page(request, WorkbookForm(**access.form_scope(request), initial=initial))
    # The upload handler runs when POST is first read, and sets this attribute.
    posted, files = request.POST, request.FILES
    too_large = getattr(request, "upload_too_large", False)
    form = WorkbookForm(posted, files, **access.form_scope(request), too_large=too_large)
    if not form.is_valid():
        return page(request, form, status=413 if too_large else 422)
    try:
        return marked(form) if "marked" in posted else findings(request, form)
    except NotStored as refusal:
        form.add_error("file", str(refusal))
        return page(request, form, status=507)


def brought(form: WorkbookForm) -> dict:
    """Return the arguments of a dry run from a valid form."""
    file = form.cleaned_data["file"]
    place = {"city": form.city_chosen, "period": form.cleaned_data["period"]}
    return {"file": file, "filename": file.name} | place


def marked(form: WorkbookForm):
    """Return the uploaded file with its findings in its cells."""
    given = brought(form)
    return as_workbook(dry_run.marked(**given).bytes, marked_name(given["filename"]))


def findings(request, form: WorkbookForm):
    """Show the findings, streamed if the client accepts it; 422 if nothing was read."""
    steps = dry_run.check_in_steps(**brought(form))
    if progress.wants_progress(request):
        return progress.stream_check(steps, partial(result, request, form))
    checked = result_of(steps)
    shown = {"result": result(request, form, checked)}
    return page(request, form, status=200 if checked.readable else 422, **shown)


def result(request, form: WorkbookForm, checked: dry_run.DryRunResult) -> str:
    """Return the part of the page with the findings."""
    groups = checked.groups()
    context = {
        "city": form.city_chosen,
        "period": form.cleaned_data["period"],
        "filename": form.cleaned_data["file"].name,
        "checked": checked,
        "finding_groups": [(one, FindingTable(one)) for one in groups],
        "mandatory": sum(group.count for group in groups if group.mandatory),
        "unanswered": sum(group.unanswered for group in groups),
        "may_upload": request.user.has_perm(access.UPLOAD),
    }
    return render_to_string("submissions/_checked.html", context, request)


def page(request, form: WorkbookForm, *, status: int = 200, **more):
    """Return the page with the form."""
    return render(request, "submissions/check.html", {"form": form} | more, status=status)
