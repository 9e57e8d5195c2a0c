"""Puts the user's scope on the request, so that no app needs to know accounts."""

from accounts.scope import cities_for


def scope(get_response):
    """Set request.cities: the cities whose enterprises and submissions the user may see."""

    def middleware(request):
        request.cities = cities_for(request.user)
        return get_response(request)

    return middleware
