from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse

from audit.refusals import found_or_404
from submissions import access
from submissions.going_on import go_to
from submissions.intake.originals import NotStored, content_of, received
from submissions.layouts.file_form import ForeignFileForm
from submissions.layouts.looking import start_look
from submissions.models import BatchFile
from submissions.refused import Refused


def describe(request):
    """
    Take a file with other headings, and go on to its page.

    Whoever brings workbooks describes layouts; an administrator hands in with a dated batch only.
    """
    if not access.may_bring(request.user):
        raise PermissionDenied
    if request.method != "POST":
        return page(request, ForeignFileForm())
    if number := request.POST.get("submission"):
        return of_submission(request, number)
    if number := request.POST.get("batch_file"):
        return of_batch_file(request, number)
    # The upload handler runs when POST is first read, and sets this attribute.
    posted, files = request.POST, request.FILES
    too_large = getattr(request, "upload_too_large", False)
    form = ForeignFileForm(posted, files, too_large=too_large)
    if not form.is_valid():
        return page(request, form, status=413 if too_large else 422)
    file = form.cleaned_data["file"]
    try:
        job = start_look(received(file).content, file.name, by=request.user)
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return page(request, form, status=507 if isinstance(refusal, NotStored) else 422)
    return go_to(request, reverse("submissions:layout_file", args=[job.pk]))


def of_submission(request, number: str):
    """Look into a file that was uploaded as our own workbook and has other headings."""
    submission = access.submission_or_404(request, key_of(number), may=access.UPLOAD)
    return look_into(request, content_of(submission), submission.filename)


def of_batch_file(request, number: str):
    """Look into a file of a batch that has other headings."""
    mine = BatchFile.objects.filter(batch__in=access.batches_for(request))
    file = found_or_404(request, mine, BatchFile.objects, pk=key_of(number))
    access.batch_or_404(request, file.batch_id, to_act=True)
    content = bytes(file.content.content)
    return look_into(request, content, file.name, batch_file=file)


def key_of(number: str) -> int:
    """Return the primary key that a form names; that of nothing if it is no number."""
    return int(number) if number.isdecimal() and len(number) < 19 else 0


def look_into(request, content: bytes, filename: str, *, batch_file: BatchFile | None = None):
    """Start to read the first rows of a file that is here, and go on to its page."""
    try:
        job = start_look(content, filename, by=request.user, batch_file=batch_file)
    except Refused as refusal:
        form = ForeignFileForm({})
        form.add_error("file", str(refusal))
        return page(request, form, status=422)
    return redirect(reverse("submissions:layout_file", args=[job.pk]))


def page(request, form: ForeignFileForm, *, status: int = 200):
    """Return the page with the form."""
    return render(request, "submissions/layouts/describe.html", {"form": form}, status=status)
