"""The user's scope on the request, so that no app needs to know accounts; passwords, sessions."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from accounts.scope import cities_for, own_cities
from accounts.sessions import is_too_old, prolong


def scope(get_response):
    """Set request.cities, whose data the user may see, and own_cities, those they report for."""

    def middleware(request):
        request.cities = SimpleLazyObject(lambda: cities_for(request.user))
        request.own_cities = SimpleLazyObject(lambda: own_cities(request.user))
        return get_response(request)

    return middleware


def admin_site_for_staff(get_response):
    """
    Refuse the admin site to users who are signed in and are not its staff.

    Django redirects them to its sign-in page: a refusal that stands nowhere in the audit.
    """

    def middleware(request):
        is_inside = request.path_info.startswith(reverse("admin:index"))
        if is_inside and request.user.is_authenticated and not admin.site.has_permission(request):
            raise PermissionDenied
        return get_response(request)

    return middleware


# In the address of the sign-in page: the session of who comes has ended.
ENDED = "ended"


def session_limits(get_response):
    """
    End the sessions that have lasted their longest and those of deactivated users; prolong others.

    How long a session still lasts is asked without prolonging it. Whoever is led to the sign-in
    page because a session has ended is told so there.
    """

    def middleware(request):
        if SESSION_KEY in request.session:
            if is_too_old(request.session) or not request.user.is_authenticated:
                request.session.flush()
                request.user = AnonymousUser()
            elif request.path_info != reverse("session_left"):
                prolong(request.session)
        had_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        response = get_response(request)
        if had_session and not request.user.is_authenticated and is_led_to_sign_in(response):
            response["Location"] += f"&{ENDED}="
        return response

    return middleware


def is_led_to_sign_in(response) -> bool:
    """Return whether an answer leads to the sign-in page, on account of another page."""
    return response.status_code == 302 and response["Location"].startswith(f"{reverse('login')}?")


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
