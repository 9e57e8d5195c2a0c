"""Puts the viewpoint on the request: one quarter and one moment for everything on a page."""

from django.utils.functional import SimpleLazyObject

from clusters.viewpoint import viewpoint_or_404
from foundation import data_version


def viewpoint(get_response):
    """
    Set request.viewpoint (?period=, ?as_of=, ?known=) and request.data_version.

    The second is foundation.data_version's. Both are looked up when first used, once for a request.
    """

    def middleware(request):
        request.data_version = SimpleLazyObject(data_version.current)
        request.viewpoint = SimpleLazyObject(lambda: viewpoint_or_404(request))
        return get_response(request)

    return middleware
