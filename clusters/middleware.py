"""Puts the viewpoint on the request: one quarter and one moment for everything on a page."""

from django.utils.functional import SimpleLazyObject

from clusters.viewpoint import viewpoint_or_404
from foundation import data_version


def viewpoint(get_response):
    """
    Set request.viewpoint, what ?period= and ?as_of= ask for, and request.marks (foundation.data_version).

    Both are looked up when first used.
    """

    def middleware(request):
        request.marks = SimpleLazyObject(lambda: _marks(request))
        request.viewpoint = SimpleLazyObject(lambda: viewpoint_or_404(request))
        return get_response(request)

    return middleware


def _marks(request):
    """Return the marks; asked anew if the request may have moved them itself."""
    return data_version.under(
        getattr(request.session, "state", None) if request.method == "GET" else None
    )
