"""How an outsider checks the figures, and everything needed for it."""

from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from clusters.models import Publication
from submissions import access
from submissions.verification import chain as figures_chain
from submissions.verification import check_chain

SCRIPT = Path(check_chain.__file__).read_text("utf-8")
KIND = "application/jsonl"


def chain(request):
    """Show the head of the chain, the form of the texts that are hashed, and the script."""
    context = {
        "head": Publication.objects.order_by("sequence").last(),
        "script": SCRIPT,
        "may_download": access.reads_whole_province(request),
    }
    return render(request, "submissions/chain.html", context)


def chain_file(request):
    """Download the chain with all figures of the province; only for who sees the province."""
    if not access.reads_whole_province(request):
        raise PermissionDenied
    response = StreamingHttpResponse(figures_chain.written_out(), content_type=KIND)
    name = f"figures-{timezone.localdate():%Y%m%d}.jsonl"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
