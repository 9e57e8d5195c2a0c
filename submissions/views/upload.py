from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from submissions import access, intake
from submissions.forms import UploadForm
from submissions.originals import NotStored
from submissions.refused import Refused
from submissions.workbook import limits


@permission_required(access.UPLOAD, raise_exception=True)
def upload(request):
    """Ask for a workbook, receive it and show what became of it."""
    if request.method != "POST":
        initial = {name: request.GET[name] for name in ("period", "city") if name in request.GET}
        return page(request, UploadForm(cities=list(request.cities), initial=initial))
    # The upload handler runs when the form is first read, and leaves its word on the request.
    posted, files = request.POST, request.FILES
    too_large = getattr(request, "upload_too_large", False)
    form = UploadForm(posted, files, cities=list(request.cities), too_large=too_large)
    if not form.is_valid():
        return page(request, form, status=413 if too_large else 422)
    try:
        submission = take_in(form, by=request.user)
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return page(request, form, status=507 if isinstance(refusal, NotStored) else 422)
    if submission.repeated:
        messages.info(request, _("This file was already here: nothing new was received."))
    return redirect(submission)


def take_in(form: UploadForm, *, by):
    """Return the submission of a valid form, read and checked. Raises Refused."""
    file = form.cleaned_data["file"]
    submission = intake.receive(
        file,
        city=form.city_chosen,
        period=form.cleaned_data["period"],
        by=by,
        filename=file.name,
        client_key=form.cleaned_data["client_key"],
    )
    if submission.checked_at is None:
        intake.read_and_check(submission)
    return submission


def page(request, form: UploadForm, *, status: int = 200):
    """Return the upload page, with the limits that the reader itself keeps."""
    context = {
        "form": form,
        "size": limits.FILE_SIZE // limits.MIB,
        "unpacked": limits.UNPACKED_SIZE // limits.MIB,
        "lines": limits.ENTERPRISE_LINES,
    }
    return render(request, "submissions/upload.html", context, status=status)
