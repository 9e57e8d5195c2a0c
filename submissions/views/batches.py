from collections.abc import Iterator

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.acts import act_of
from submissions import access
from submissions.backfill.archive import Member, is_archive, members, plain_path
from submissions.backfill.batches import bring
from submissions.backfill.forms import BatchForm, FilesForm
from submissions.backfill.report import batch_report
from submissions.backfill.tasks import start_batch
from submissions.going_on import go_to
from submissions.intake.originals import NotStored, too_large
from submissions.models import Batch
from submissions.refused import Refused
from submissions.views.batch import batch_page
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
    return taken(request, form, brought, page)


def taken(request, form: FilesForm, store, shown):
    """
    Store the files of a form and go on to their batch, or show why they are refused.

    store  called with request and form, returns the batch
    shown  called with request, form and status, returns the page with the form
    """
    if getattr(request, "upload_too_large", False):
        form.discarded()
    if not form.is_valid():
        return shown(request, form, status=422)
    try:
        return go_to(request, store(request, form).get_absolute_url())
    except Refused as refusal:
        form.add_error("files", str(refusal))
        return shown(request, form, status=507 if isinstance(refusal, NotStored) else 422)


@act_of(access.batch_or_404)
def batch_add(request, pk):
    """Add files to a batch that is not finished."""
    shown = access.batch_or_404(request, pk)
    if not access.may_add_to(shown, request.user):
        raise PermissionDenied
    form = FilesForm(request.POST, request.FILES)
    return taken(
        request,
        form,
        lambda request, form: added(request, form, shown),
        lambda request, form, status: batch_page(request, shown, form, status=status),
    )


@transaction.atomic
def added(request, form: FilesForm, batch: Batch) -> Batch:
    """Store the files of a valid form with a batch and go on with it. Raises Refused."""
    if batch_report(batch, list(batch.cities.all())).is_finished:
        raise Refused(_("Everything in this batch is accepted. Bring these as another one."))
    came = batch.files.filter(part_of=None)
    before = came.count()
    files = unpacked(form.cleaned_data["files"])
    given = {"by": request.user, "name": batch.name, "cities": batch.cities.all()}
    bring(files, **given, published_at=batch.published_at, batch=batch)
    if not batch.stopped_at:
        start_batch(batch, by=request.user)
    new = came.count() - before
    words = ngettext("%(count)d file is added.", "%(count)d files are added.", new)
    messages.success(request, words % {"count": new})
    return batch


@transaction.atomic
def brought(request, form: BatchForm):
    """Store the files of a valid form and put their reading into the queue; return the batch."""
    files = form.cleaned_data["files"]
    dated = form.published_at is not None
    batch = bring(
        unpacked(files),
        by=request.user,
        name=form.cleaned_data["name"] or name_of(files),
        cities=request.cities if dated else request.own_cities,
        published_at=form.published_at,
    )
    start_batch(batch, by=request.user)
    return batch


def name_of(files) -> str:
    """Return what a batch without a name is called: as its first file."""
    if len(files) == 1:
        return files[0].name
    words = _("%(file)s and %(others)d more")
    return words % {"file": files[0].name, "others": len(files) - 1}


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
