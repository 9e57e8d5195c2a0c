"""Puts the user's scope on the request, so that no app needs to know accounts; first passwords."""

from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from accounts.scope import cities_for, own_cities


def scope(get_response):
    """Set request.cities, whose data the user may see, and own_cities, those they report for."""

    def middleware(request):
        request.cities = SimpleLazyObject(lambda: cities_for(request.user))
        request.own_cities = SimpleLazyObject(lambda: own_cities(request.user))
        return get_response(request)

    return middleware


def change_password_first(get_response):
    """Redirect users who must change their password to that form, except from sign-out."""

    def middleware(request):
        if request.user.is_authenticated and request.user.must_change_password:
            own, out = reverse("password_change"), reverse("logout")
            static = request.path_info.startswith(settings.STATIC_URL)
            if request.path_info not in (own, out) and not static:
                return redirect(own)
        return get_response(request)

    return middleware
