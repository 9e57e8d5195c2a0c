from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect, render
from django.urls import reverse

from submissions import access
from submissions.going_on import go_to
from submissions.intake.originals import NotStored, content_of, received
from submissions.layouts.file_form import ForeignFileForm
from submissions.layouts.looking import start_look
from submissions.refused import Refused


@permission_required(access.UPLOAD, raise_exception=True)
def describe(request):
    """Take a file with other headings, and go on to its page."""
    if request.method != "POST":
        return page(request, ForeignFileForm())
    if number := request.POST.get("submission"):
        return of_submission(request, number)
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
    pk = int(number) if number.isdecimal() else 0
    submission = access.submission_or_404(request, pk, may=access.UPLOAD)
    try:
        job = start_look(content_of(submission), submission.filename, by=request.user)
    except Refused as refusal:
        form = ForeignFileForm({})
        form.add_error("file", str(refusal))
        return page(request, form, status=422)
    return redirect(reverse("submissions:layout_file", args=[job.pk]))


def page(request, form: ForeignFileForm, *, status: int = 200):
    """Return the page with the form."""
    return render(request, "submissions/layouts/describe.html", {"form": form}, status=status)
