from collections import Counter

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from foundation.acts import act_of
from submissions import access
from submissions.backfill import settling
from submissions.backfill.forms import FilesForm, SlotForm
from submissions.backfill.lacking import LackingTable, lacking
from submissions.backfill.outcomes import FileOutcome
from submissions.backfill.report import FilesTable, batch_report
from submissions.backfill.tasks import failures, is_going_on, start_batch, stop_batch
from submissions.models import Batch, BatchFile
from submissions.refused import Refused

# What is to be decided about a file by a person, or might be changed.
TO_DECIDE = (FileOutcome.ASKED, FileOutcome.NOT_RECOGNISED)


def batch(request, pk):
    """Show a batch: what became of each file, what is to be decided, and what is lacking."""
    return batch_page(request, access.batch_or_404(request, pk))


def batch_page(request, shown: Batch, add_form: FilesForm | None = None, *, status: int = 200):
    """Return the page of a batch; add_form is the form for more files that was refused."""
    cities = list(request.cities.filter(pk__in=shown.cities.all()))
    context = progress_of(request, shown, cities)
    report = context["report"]
    asked = [row.file for row in report.rows if row.outcome in TO_DECIDE]
    still = lacking(shown.plan, cities)
    may_add = access.may_add_to(shown, request.user) and not report.is_finished
    return render(
        request,
        "submissions/batch.html",
        context
        | {
            "files": FilesTable(report.rows).turn_to(request.GET.get("page")),
            "slots": slots_of(file for file in asked if file.city_id and file.period_id),
            "other_headings": [
                row.file for row in report.rows if row.outcome == FileOutcome.LAYOUT
            ],
            "may_describe": access.may_bring(request.user),
            "unknown": [file for file in asked if not (file.city_id and file.period_id)],
            "slot_form": SlotForm(cities=shown.cities.all(), auto_id=False),
            "lacking": LackingTable(still) if still else None,
            "failures": [] if context["going_on"] else failures(shown),
            "may_act": access.may_act_on(shown, request.user),
            "add_form": add_form or (FilesForm() if may_add else None),
            "next_steps": next_steps(request, report.rows),
        },
        status=status,
    )


def next_steps(request, rows) -> list[tuple]:
    """Return (city, outcome, number) of each city of which the reader has something to do."""
    own = set(request.own_cities) if request.user.has_perm(access.UPLOAD) else set()
    may_accept = request.user.has_perm(access.REVIEW)
    found = Counter((row.city, row.outcome) for row in rows if row.submission)
    return [
        (city, what, number)
        for (city, what), number in found.items()
        if (what == FileOutcome.SUBMITTED and may_accept)
        or (what == FileOutcome.FINDINGS and city in own)
    ]


def batch_progress(request, pk):
    """Show how far a batch has come, as a fragment of its page."""
    shown = access.batch_or_404(request, pk)
    cities = list(request.cities.filter(pk__in=shown.cities.all()))
    context = progress_of(request, shown, cities)
    answer = render(request, "submissions/_batch_progress.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


def progress_of(request, shown, cities) -> dict:
    """Return what the fragment shows: the matrix, the counts, and whether work goes on."""
    report = batch_report(shown, cities)
    return {
        "batch": shown,
        "report": report,
        "matrix": report.matrix(),
        "counts": report.counts,
        "going_on": is_going_on(shown),
        "unfinished": any(
            row.outcome in (FileOutcome.WAITING, FileOutcome.RECOGNISED) for row in report.rows
        ),
        "has_findings": any(row.outcome == FileOutcome.FINDINGS for row in report.rows),
    }


def slots_of(files) -> list[tuple]:
    """Return (city, quarter, files) of each that has several files, or is here already."""
    found: dict[tuple, list] = {}
    for file in files:
        found.setdefault((file.city, file.period), []).append(file)
    return [(city, period, of_slot) for (city, period), of_slot in found.items()]


@act_of(access.batch_or_404)
def batch_go_on(request, pk):
    """Go on with a batch that was stopped or broke off, or whose findings have been answered."""
    shown = access.batch_or_404(request, pk, to_act=True)
    start_batch(shown, by=request.user)
    return redirect(shown)


@act_of(access.batch_or_404)
def batch_stop(request, pk):
    """Stop after the file that is being read or handed in."""
    shown = access.batch_or_404(request, pk, to_act=True)
    stop_batch(shown, by=request.user)
    messages.info(request, _("Stopped. What has been received stays; go on whenever you like."))
    return redirect(shown)


@act_of(access.batch_or_404)
def batch_decide(request, pk):
    """Decide what a file is of, which of several counts, or that it is left out."""
    shown = access.batch_or_404(request, pk, to_act=True)
    number = request.POST.get("file", "")
    known = number if number.isdecimal() and len(number) < 18 else "0"
    file = shown.files.select_related("batch", "city", "period").filter(pk=known).first()
    try:
        if file is None:
            raise Refused(_("The batch has no such file."))
        decide(request, file)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(shown)


@transaction.atomic
def decide(request, file: BatchFile) -> None:
    """Carry out a decision about a file, and go on with its batch. Raises Refused."""
    how = request.POST.get("how")
    if how == "out":
        settling.leave_out(file, by=request.user)
    elif how in (settling.ONLY, settling.AFTER_THE_OTHERS) and file.city_id and file.period_id:
        settling.choose(file, how, by=request.user)
    else:
        form = SlotForm(request.POST, cities=file.batch.cities.all())
        if not form.is_valid():
            raise Refused(_("Choose the city and the quarter of %(file)s.") % {"file": file.name})
        settling.say(file, **form.cleaned_data, by=request.user)
    if not file.batch.stopped_at:
        start_batch(file.batch, by=request.user)
