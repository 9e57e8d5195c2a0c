"""Puts the viewpoint on the request: one quarter and one moment for everything on a page."""

from django.utils.functional import SimpleLazyObject

from clusters.viewpoint import viewpoint_or_404


def viewpoint(get_response):
    """Set request.viewpoint: what ?period= and ?as_of= ask for, looked up when first used."""

    def middleware(request):
        request.viewpoint = SimpleLazyObject(lambda: viewpoint_or_404(request))
        return get_response(request)

    return middleware
