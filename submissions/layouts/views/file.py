from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from audit.refusals import found_or_404
from jobs.made import own_jobs
from jobs.models import Job, JobState
from jobs.progress import progress_context, progress_fragment
from submissions import access
from submissions.layouts.description_form import Description, GivenForm
from submissions.layouts.looking import (
    STAGES,
    batch_file_of,
    find_contents,
    look_at_file,
    start_contents,
)
from submissions.layouts.matching import fits, fitting, nearest, of_other_years
from submissions.layouts.tables import choices_table, sheet_rows
from submissions.layouts.words import difference_said, wrong_said
from submissions.models import Layout
from submissions.workbook.foreign.layout_spec import InvalidSpec, LayoutSpec
from submissions.workbook.foreign.sample import sampled
from submissions.workbook.foreign.slices import GivenPlace


def file(request, job_id):
    """
    Show a foreign file: the layout that fits it, or its first rows beside the form for one.

    A POST has the file read, by a confirmed layout or by what was said in the form.
    """
    job = own_look_or_404(request, job_id)
    if "progress" in request.GET:
        return progress_fragment(request, job, STAGES)
    if job.is_open or job.state == JobState.FAILED:
        context = {"job": job} | waiting(request, job)
        return render(request, "submissions/layouts/file.html", context)
    sheets = sampled(job.result)
    if not sheets:
        return render(request, "submissions/layouts/file.html", {"job": job, "is_blank": True})
    given = GivenForm(request.POST or None, cities=cities_to_hand_in(request, job))
    if request.method == "POST" and "layout" in request.POST:
        return read_by(request, job, sheets, given)
    before = tables_before(request, job)
    posted = request.POST if request.method == "POST" else None
    taken = taken_over(request, sheets)
    description = Description(sheets, request.GET, posted, **taken)
    wrong = ""
    if posted is not None and description.is_valid() and given.is_valid():
        try:
            spec = description.spec(before)
            found = start_contents(
                job,
                spec,
                place_given(given),
                by=request.user,
                cities=request.cities,
                name=taken.get("taken_from", ""),
            )
            return redirect("submissions:layout_contents", found.pk)
        except InvalidSpec as invalid:
            wrong = wrong_said(invalid)
    return page(request, job, sheets, description, given, wrong=wrong, before=before)


def page(request, job, sheets, description, given, *, wrong="", before=()):
    """Return the page of a file that was read."""
    fit = [] if before else fitting(sheets)
    near = None if fit else nearest(sheets)
    described = {table.kind for table in before}
    context = {
        "job": job,
        "fitting": fit,
        "nearest": near,
        "differences": [difference_said(one) for one in near.differences] if near else [],
        "other_years": [
            (one.layout, part)
            for one in ([] if fit else of_other_years(sheets))
            for part in one.tables
            if part.table.kind not in described
        ],
        "description": description,
        "columns": choices_table(description.columns),
        "given": given,
        "rows": sheet_rows(description.sheet),
        "wrong": wrong,
        "before": before,
        "again": request.GET.get("with", ""),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "submissions/layouts/file.html", context, status=status)


def taken_over(request, sheets) -> dict:
    """
    Return the table of another layout that the address asks to take over, for a Description.

    {} without one. Raises Http404 for a layout that differs in more than its years.
    """
    if "taken" not in request.GET:
        return {}
    asked = (request.GET["taken"], request.GET.get("table"))
    for one in of_other_years(sheets):
        for part in one.tables:
            if (str(one.layout.pk), str(part.number)) == asked:
                return {"taken": part, "taken_from": one.layout.name}
    raise Http404


def own_look_or_404(request, job_id) -> Job:
    """Return the user's own job that looked into a file. Raises Http404."""
    jobs = own_jobs(request.user, look_at_file).defer("file", "product")
    job = found_or_404(request, jobs, Job.objects.defer("file", "product"), pk=job_id)
    if job.state == JobState.DONE and not job.result:
        raise Http404(_("The file is not kept any more. Upload it again."))
    return job


def cities_to_hand_in(request, look: Job):
    """
    Return the cities for which the user may hand in a file.

    Those they report for; of a batch that they act on, all that it may hold files of.
    """
    file = batch_file_of(look)
    if file and access.may_act_on(file.batch, request.user):
        return file.batch.cities.all()
    return request.own_cities


def waiting(request, job) -> dict:
    """Return how far a job has come; nothing once it has ended."""
    return progress_context(job, STAGES, f"{request.path}?progress") if job.is_open else {}


def place_given(given: GivenForm) -> GivenPlace:
    """Return what a person said of the file. Only on a valid form."""
    said = given.cleaned_data
    city = said["given_city"]
    return GivenPlace(city.code if city else "", said["given_year"], said["given_quarter"])


def read_by(request, job, sheets, given: GivenForm):
    """Have a file read by a confirmed layout that fits it. Raises Http404 for one that does not."""
    number = request.POST["layout"]
    layout = Layout.objects.filter(pk=number if number.isdecimal() else None).first()
    if layout is None or not fits(layout.as_spec(), sheets):
        raise Http404
    place = place_given(given) if given.is_valid() else GivenPlace()
    found = start_contents(
        job, layout.as_spec(), place, by=request.user, cities=request.cities, layout=layout
    )
    return redirect("submissions:layout_contents", found.pk)


def tables_before(request, job) -> tuple:
    """Return the tables of this file that were described before, and are to be kept."""
    before = request.GET.get("with")
    if not before:
        return ()
    jobs = own_jobs(request.user, find_contents).defer("file", "product")
    found = found_or_404(request, jobs, Job.objects.defer("file", "product"), pk=before)
    if found.arguments["look"] != str(job.pk):
        raise Http404
    return LayoutSpec.of_json(found.arguments["spec"]).tables
