"""The page for 404: an address that leads nowhere, or to what the reader may not see."""

import re

from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from config.web.error_handlers import API

# Django's own message for a missing record: English only, with names of classes.
DJANGOS_WORDS = re.compile(r"No \w+ (found )?match(es|ing) the (given )?query\.?")


def missing_page(request, exception):
    """Answer 404, with the message of the exception where it is one of ours."""
    if request.path_info.startswith(API):
        return JsonResponse({"detail": _("There is no such address.")}, status=404)
    said = exception.args[0] if exception.args else ""
    ours = isinstance(said, str) and not DJANGOS_WORDS.fullmatch(said)
    return render(request, "404.html", {"why": said if ours else ""}, status=404)
