"""
How often an hour one user may ask for what costs much: checks, uploads, previews, exports.

Beyond it the answer is 429, in words, with the seconds until the next hour begins. Nothing has
been done then, and the page that was left still holds what was chosen.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.request_counts import count, seconds_to_next_hour
from config.web.error_handlers import API


@dataclass(frozen=True)
class Rate:
    """
    A limit of one kind of request.

    most        an hour and user
    what        in a sentence: "checked … 30 times"
    applies_to  whether it counts a request to the view of a name
    """

    key: str
    most: int
    what: str | Promise
    applies_to: Callable[[HttpRequest, str], bool]


def is_sent_to(*views: str) -> Callable[[HttpRequest, str], bool]:
    """Return whether a form is sent to one of these views."""
    return lambda request, view: request.method == "POST" and view in views


def is_export(request: HttpRequest, view: str) -> bool:
    """Return whether a whole table, list or workbook leaves the system."""
    asked = request.GET.get("format", "json") != "json" if is_api(request) else False
    return asked or "download" in request.GET or view in EXPORTS


def is_api(request: HttpRequest) -> bool:
    """Return whether a program asks."""
    return request.path_info.startswith(API)


EXPORTS = {
    *("submissions:original", "submissions:marked", "submissions:template"),
    "admin:enterprises_enterprise_export",
}
RATES = (
    Rate(
        "check",
        30,
        gettext_lazy("Workbooks checked"),
        is_sent_to("submissions:check", "submissions:check_again", "submissions:checked_marked"),
    ),
    Rate(
        "upload",
        30,
        gettext_lazy("Workbooks uploaded"),
        is_sent_to(
            *("submissions:upload", "submissions:refile"),
            *("submissions:layout_describe", "submissions:layout_contents"),
        ),
    ),
    Rate(
        "preview",
        120,
        gettext_lazy("Previews"),
        lambda request, view: view == "submissions:preview",
    ),
    Rate("export", 600, gettext_lazy("Files exported"), is_export),
)


class RateLimits:
    """Counts requests by their view, and refuses those beyond the hour's number."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Return the answer."""
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs) -> HttpResponse | None:
        """Return 429 for a request beyond a limit; None goes on to the view."""
        if not request.user.is_authenticated or request.method == "HEAD":
            return None
        name = request.resolver_match.view_name
        for rate in RATES:
            if rate.applies_to(request, name) and count(request.user, rate.key) > rate.most:
                return refusal(request, rate)
        return None


def refusal(request: HttpRequest, rate: Rate) -> HttpResponse:
    """Return the answer to one request too many."""
    seconds = seconds_to_next_hour()
    words = {"what": rate.what, "most": rate.most, "minutes": -(-seconds // 60)}
    why = (
        _("%(what)s: at most %(most)s an hour. Go on in %(minutes)s minutes; nothing was done.")
        % words
    )
    if is_api(request) or request.get_preferred_type(["text/html", "application/json"]) == (
        "application/json"
    ):
        response: HttpResponse = JsonResponse({"detail": why, "refused": why}, status=429)
    else:
        response = render(request, "429.html", {"why": why}, status=429)
    response["Retry-After"] = str(seconds)
    return response
