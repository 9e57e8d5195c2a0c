from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from audit.refusals import found_or_404
from clusters.models import City, ReportingPeriod
from jobs.made import own_jobs
from jobs.models import Job, JobState
from jobs.progress import progress_context, progress_fragment
from submissions import access
from submissions.going_on import go_to
from submissions.intake import background
from submissions.intake.background import CHECK_STAGES
from submissions.intake.dry_run import DryRunResult
from submissions.intake.forms import WorkbookForm
from submissions.intake.originals import NotStored, received
from submissions.refused import Refused
from submissions.validation.tables import FindingTable


def check(request):
    """Take a workbook that is only checked, and go on to the page of its check."""
    if request.method != "POST":
        initial = {name: request.GET[name] for name in ("period", "city") if name in request.GET}
        return page(request, WorkbookForm(**access.form_scope(request), initial=initial))
    # The upload handler runs when POST is first read, and sets this attribute.
    posted, files = request.POST, request.FILES
    too_large = getattr(request, "upload_too_large", False)
    form = WorkbookForm(posted, files, **access.form_scope(request), too_large=too_large)
    if not form.is_valid():
        return page(request, form, status=413 if too_large else 422)
    file = form.cleaned_data["file"]
    place = {"city": form.city_chosen, "period": form.cleaned_data["period"]}
    try:
        content = received(file).content
        job = background.start_file_check(content, file.name, **place, by=request.user)
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return page(request, form, status=507 if isinstance(refusal, NotStored) else 422)
    return go_to(request, reverse("submissions:checked", args=[job.pk]))


def checked(request, job_id):
    """Show what was found in a workbook that is only checked, or how far its check has come."""
    job = own_check_or_404(request, job_id)
    if "progress" in request.GET:
        return progress_fragment(request, job, CHECK_STAGES)
    city = get_object_or_404(City, code=job.arguments["city"])
    period = get_object_or_404(ReportingPeriod, code=job.arguments["period"])
    context = {"job": job, "city": city, "period": period, "filename": job.filename}
    if job.is_open:
        address = f"{request.path}?progress"
        context |= progress_context(job, CHECK_STAGES, address)
    elif job.result:
        context |= findings_context(request, DryRunResult.of_json(job.result))
    return render(request, "submissions/checked.html", context)


def own_check_or_404(request, job_id) -> Job:
    """Return the user's own job that checks a file. Raises Http404."""
    jobs = own_jobs(request.user, background.check_file).defer("file", "product")
    job = found_or_404(request, jobs, Job.objects.defer("file", "product"), pk=job_id)
    if job.state == JobState.DONE and not job.result:
        raise Http404(_("What was checked is deleted after a day. Check the file again."))
    return job


@require_POST
def checked_marked(request, job_id):
    """Have a file that was only checked made with its findings in its cells."""
    check = own_check_or_404(request, job_id)
    return redirect("submissions:made", background.start_file_marking(check, by=request.user).pk)


def findings_context(request, found: DryRunResult) -> dict:
    """Return the findings, grouped, and how many must be corrected and explained."""
    groups = found.groups()
    return {
        "checked": found,
        "finding_groups": [(one, FindingTable(one)) for one in groups],
        "mandatory": sum(group.count for group in groups if group.mandatory),
        "unanswered": sum(group.unanswered for group in groups),
        "may_upload": request.user.has_perm(access.UPLOAD),
    }


def page(request, form: WorkbookForm, *, status: int = 200):
    """Return the page with the form."""
    return render(request, "submissions/check.html", {"form": form}, status=status)
