from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from submissions import access
from submissions.backfill.archive import Member, is_archive, members, plain_path
from submissions.backfill.batches import bring
from submissions.backfill.forms import BatchForm
from submissions.backfill.tasks import start_batch
from submissions.intake.originals import NotStored, too_large
from submissions.refused import Refused
from submissions.workbook import limits

A_PAGE = 25


def batches(request):
    """List the batches; bring another one."""
    posted = request.method == "POST"
    if posted and not access.may_bring(request.user):
        raise PermissionDenied
    dates = {
        "dated": request.user.has_perm(access.BACKFILL),
        "undated": request.user.has_perm(access.UPLOAD),
    }
    if not posted:
        return page(request, BatchForm(**dates))
    form = BatchForm(request.POST, request.FILES, **dates)
    if getattr(request, "upload_too_large", False):
        words = _("Together they are larger than %(most)d MiB. Bring them in several parts.")
        form.add_error("files", words % {"most": limits.ARCHIVE_SIZE // limits.MIB})
    if not form.is_valid():
        return page(request, form, status=422)
    try:
        return redirect(brought(request, form))
    except Refused as refusal:
        form.add_error("files", str(refusal))
        return page(request, form, status=507 if isinstance(refusal, NotStored) else 422)


@transaction.atomic
def brought(request, form: BatchForm):
    """Store the files of a valid form and put their reading into the queue; return the batch."""
    files = form.cleaned_data["files"]
    dated = form.published_at is not None
    batch = bring(
        unpacked(files),
        by=request.user,
        name=form.cleaned_data["name"] or files[0].name,
        cities=request.cities if dated else request.own_cities,
        published_at=form.published_at,
    )
    start_batch(batch, by=request.user)
    return batch


def unpacked(files) -> Iterator[Member]:
    """Yield the files that were sent, an archive's one by one. Raises Refused."""
    for file in files:
        if is_archive(file):
            yield from members(file)
        elif file.size > limits.FILE_SIZE:
            yield Member(plain_path(file.name), b"", too_large())
        else:
            file.seek(0)
            yield Member(plain_path(file.name), file.read())


def page(request, form: BatchForm, *, status: int = 200):
    """Return the page of batches with its form."""
    pages = Paginator(access.batches_for(request), A_PAGE)
    context = {
        "form": form if access.may_bring(request.user) else None,
        "batches": pages.get_page(request.GET.get("page")),
    }
    return render(request, "submissions/batches.html", context, status=status)
