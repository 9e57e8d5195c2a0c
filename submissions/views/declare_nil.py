from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect

from submissions import access
from submissions.intake.forms import NilForm, UploadForm
from submissions.intake.nil_return import receive_nil_return
from submissions.intake.originals import NotStored
from submissions.refused import Refused
from submissions.views.upload import page


@permission_required(access.UPLOAD, raise_exception=True)
def declare_nil(request):
    """Hand in a return without data, with its reason; redirect to its submission."""
    scope = access.upload_scope(request)
    if request.method != "POST":
        return redirect("submissions:upload")
    form = NilForm(request.POST, **scope)
    if not form.is_valid():
        return page(request, UploadForm(**scope), form, status=422)
    period, reason = form.cleaned_data["period"], form.cleaned_data["reason"]
    try:
        submission = receive_nil_return(form.city_chosen, period, reason, by=request.user)
    except Refused as refusal:
        form.add_error("reason", str(refusal))
        status = 507 if isinstance(refusal, NotStored) else 422
        return page(request, UploadForm(**scope), form, status=status)
    return redirect(submission)
