from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import render
from django.utils.translation import gettext as _

from submissions import access
from submissions.going_on import go_to
from submissions.intake import background
from submissions.intake.forms import NilForm, UploadForm
from submissions.intake.originals import NotStored
from submissions.refused import Refused


@permission_required(access.UPLOAD, raise_exception=True)
def upload(request):
    """Upload a workbook, and redirect to its submission."""
    if request.method != "POST":
        initial = {name: request.GET[name] for name in ("period", "city") if name in request.GET}
        return page(request, UploadForm(**access.upload_scope(request), initial=initial))
    # The upload handler runs when POST is first read, and sets this attribute.
    posted, files = request.POST, request.FILES
    too_large = getattr(request, "upload_too_large", False)
    form = UploadForm(posted, files, **access.upload_scope(request), too_large=too_large)
    if not form.is_valid():
        return page(request, form, status=413 if too_large else 422)
    try:
        return take_in(request, form)
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return page(request, form, status=507 if isinstance(refusal, NotStored) else 422)


def take_in(request, form: UploadForm):
    """Receive the file of a valid form, and put its check into the queue. Raises Refused."""
    file = form.cleaned_data["file"]
    submission = background.receive_and_check(
        file,
        city=form.city_chosen,
        period=form.cleaned_data["period"],
        by=request.user,
        filename=file.name,
        client_key=form.cleaned_data["client_key"],
    )
    if submission.repeated:
        messages.info(request, _("This file was already here: nothing new was received."))
    return go_to(request, submission.get_absolute_url())


def page(request, form: UploadForm, nil_form: NilForm | None = None, *, status: int = 200):
    """Return the page with the form for a workbook, and that for a return without data."""
    asked = {name: form[name].value() for name in ("period", "city") if name in form.fields}
    if nil_form is None:
        nil_form = NilForm(**access.upload_scope(request), initial=asked, beside=form)
    context = {"form": form, "nil_form": nil_form}
    return render(request, "submissions/upload.html", context, status=status)
