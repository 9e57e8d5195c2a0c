"""The page for 400: a request that no page of ours sends."""

from django.core.exceptions import BadRequest
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from config.web.error_handlers import API


def bad_request(request, exception):
    """Answer 400, with the reason where it is one of ours."""
    ours = type(exception) is BadRequest and exception.args
    why = str(exception.args[0]) if ours else ""
    if request.path_info.startswith(API):
        detail = why or _("The request cannot be understood.")
        return JsonResponse({"detail": detail}, status=400)
    return render(request, "400.html", {"why": why}, status=400)
