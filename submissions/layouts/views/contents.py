from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from audit.refusals import found_or_404
from clusters.models import City
from foundation.language import quarter_name
from foundation.quarters import Quarter
from jobs.made import own_jobs
from jobs.models import Job, JobState
from jobs.progress import progress_fragment
from submissions.layouts.confirming import confirm
from submissions.layouts.handing_in import hand_in
from submissions.layouts.looking import STAGES, batch_file_of, find_contents
from submissions.layouts.tables import first_lines_table, parts_table
from submissions.layouts.views.file import cities_to_hand_in, waiting
from submissions.layouts.words import fault_said
from submissions.models import Layout
from submissions.refused import Refused
from submissions.workbook.foreign.layout_spec import LayoutSpec


def contents(request, job_id):
    """
    Show what a layout finds in a file; confirm the layout, and hand the file in by it.

    Nothing is handed in by a layout that nobody has confirmed.
    """
    job = own_contents_or_404(request, job_id)
    if "progress" in request.GET:
        return progress_fragment(request, job, STAGES)
    if job.is_open or job.state == JobState.FAILED:
        context = {"job": job} | waiting(request, job)
        return render(request, "submissions/layouts/contents.html", context)
    layout = Layout.objects.filter(pk=job.arguments["layout"]).first()
    if request.method != "POST":
        return page(request, job, layout)
    try:
        if layout is None:
            return confirmed(request, job)
        return handed_in(request, job, layout)
    except Refused as refusal:
        return page(request, job, layout, refused=str(refusal), status=422)


def own_contents_or_404(request, job_id) -> Job:
    """Return the user's own job that read a file by a layout. Raises Http404."""
    jobs = own_jobs(request.user, find_contents).defer("file", "product")
    job = found_or_404(request, jobs, Job.objects.defer("file", "product"), pk=job_id)
    if job.state == JobState.DONE and not job.result:
        raise Http404(_("The file is not kept any more. Upload it again."))
    return job


def look_of(job) -> Job:
    """Return the job that looked into the file, without the file. Raises Http404."""
    return get_object_or_404(Job.objects.defer("file", "product"), pk=job.arguments["look"])


def confirmed(request, job):
    """Confirm the layout by which the file was read, and show its page again. Raises Refused."""
    spec = LayoutSpec.of_json(job.arguments["spec"])
    layout = confirm(spec, request.POST.get("name", ""), by=request.user)
    job.arguments["layout"] = layout.pk
    job.save(update_fields=["arguments"])
    messages.success(request, _("Confirmed: %(layout)s.") % {"layout": layout})
    return redirect("submissions:layout_contents", job.pk)


def handed_in(request, job, layout):
    """Hand in what was chosen, and show what became of each. Raises Refused."""
    wanted = [tuple(one.split("-", 1)) for one in request.POST.getlist("part") if "-" in one]
    done = hand_in(
        job,
        layout,
        wanted,
        choices_of(request.POST, job.result["firms"]),
        cities=list(cities_to_hand_in(request, look_of(job))),
        by=request.user,
    )
    if not done:
        raise Refused(_("Choose at least one city and quarter."))
    return page(request, job, layout, done=done)


def choices_of(posted, firms: list[dict]) -> dict[str, dict[str, str]]:
    """Return city -> name -> code as chosen on the page; "" for what stays open."""
    chosen: dict[str, dict[str, str]] = {}
    for at, firm in enumerate(firms):
        code = posted.get(f"firm-{at}", "")
        offered = {one["code"] for one in firm["candidates"]} | {firm["chosen"]}
        chosen.setdefault(firm["city"], {})[firm["name"]] = code if code in offered else ""
    return chosen


def page(request, job, layout, *, refused="", done=(), status=200):
    """Return the page of what was found."""
    names = {city.code: str(city) for city in City.objects.all()}
    look = look_of(job)
    mine = set(cities_to_hand_in(request, look).values_list("code", flat=True))
    of_batch = batch_file_of(look)
    parts = job.result["parts"]
    context = {
        "job": job,
        "layout": layout,
        "batch": of_batch.batch if of_batch else None,
        "refused": refused,
        "done": [(one, names.get(one.city, one.city)) for one in done],
        "parts": parts_table(parts, names),
        "choices": [
            (part, names[part["city"]], quarter_name(Quarter.parse(part["quarter"])))
            for part in parts
            if part["city"] in mine
        ],
        "others": sorted({names[part["city"]] for part in parts if part["city"] not in mine}),
        "first": [
            (table["sheet"], first_lines_table(table))
            for part in parts[:1]
            for table in part["tables"]
        ],
        "left_out": left_out(parts),
        "problems": [fault_said(one) for one in job.result["problems"]],
        "faults": faults(parts),
        "firms": [
            (at, firm, names.get(firm["city"], firm["city"]))
            for at, firm in enumerate(job.result["firms"])
            if firm["city"] in mine
        ],
        "suggested_name": request.POST.get("name", job.arguments.get("name", "")),
    }
    return render(request, "submissions/layouts/contents.html", context, status=status)


def left_out(parts: list[dict]) -> list[tuple[str, str]]:
    """Return (place, first text) of the rows that the layout leaves out, each once."""
    return list(
        dict.fromkeys(
            (f"{table['sheet']}!{row}", text)
            for part in parts
            for table in part["tables"]
            for row, text in table["left_out"]
        )
    )


def faults(parts: list[dict]) -> list[tuple[str, str]]:
    """Return (place, message) of the first faults of all parts, each once."""
    every = [one for part in parts for table in part["tables"] for one in table["faults"]]
    return list(dict.fromkeys(map(fault_said, every)))[:20]
