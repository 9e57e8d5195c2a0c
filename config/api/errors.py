"""
Errors of the API: always JSON with `detail`.

ninja and our own error pages answer most of it so already. What is answered before or beside them
(a method that is not allowed, a wrong host, a form that a person is led to) is put in JSON here.
"""

from http.client import responses
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from config.web.error_handlers import API

# How to use the API: a page, for people.
GUIDE = "/api/v1/"
DETAILS: dict[int, str | Promise] = {
    400: _("The request cannot be understood."),
    401: _("Sign in first; /api/v1/ says how."),
    403: _("You may not do this."),
    405: _("Only GET is answered here: the API changes nothing."),
}
# What an error says beside its text.
KEPT = ("Allow", "Retry-After")


def middleware(get_response):
    """Put errors of the API in JSON; name the version in X-Version."""

    def answer(request):
        response = get_response(request)
        if not request.path_info.startswith(API):
            return response
        if request.path_info != GUIDE:
            response = in_json(response)
        response["X-Version"] = settings.VERSION
        return response

    return answer


def in_json(response: HttpResponse) -> HttpResponse:
    """Return an answer as it is, an error that is not JSON with its `detail` in JSON."""
    status, detail = response.status_code, None
    if status in (301, 302):
        status, detail = _instead_of_a_form(urlsplit(response["Location"]).path, status)
    if status < 400 or response.get("Content-Type", "").startswith("application/json"):
        return response
    told = detail or DETAILS.get(status) or responses.get(status, "")
    error = JsonResponse({"detail": str(told)}, status=status)
    for name in KEPT:
        if name in response:
            error[name] = response[name]
    return error


def _instead_of_a_form(path: str, status: int) -> tuple[int, str | Promise | None]:
    """Return the error that a redirect to a form means, with its words; others as they are."""
    if path == resolve_url(settings.LOGIN_URL):
        return 401, None
    if path == reverse("password_change"):
        return 403, _("Change your password first: sign in with a browser.")
    return status, None
