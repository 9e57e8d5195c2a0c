"""
What a page says when the machine under it fails: the disk is full, the database does not answer.

Whatever was being done has then been done wholly or not at all; the page says so, and how one
finds out which. Django logs the error with its traceback before anybody reads the page.
"""

import sys
from errno import EROFS

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import requires_csrf_token

from submissions.no_room import causes, code_of, is_no_room

# PostgreSQL's SQLSTATE, and SQLite's error number.
READ_ONLY = {"25006", 8}

# status -> the page's template
PAGES = {500: "500.html", 503: "503.html", 507: "507.html"}
RETRY_AFTER_SECONDS = "60"

# Programs read no pages.
API = "/api/"
DETAILS = {
    500: gettext_lazy("Something went wrong on our side."),
    503: gettext_lazy("The database does not answer, or cannot be written."),
    507: gettext_lazy("The disk is full."),
}


@requires_csrf_token
def server_error(request):
    """Return the page of an unforeseen error, in the words of its cause where that is known."""
    status = status_of(sys.exc_info()[1])
    if request.path_info.startswith(API):
        page = JsonResponse({"detail": str(DETAILS[status])}, status=status)
    else:
        page = render(request, PAGES[status], {"told": bool(settings.ADMINS)}, status=status)
    if status == 503:
        page["Retry-After"] = RETRY_AFTER_SECONDS
    return page


def status_of(error: BaseException | None) -> int:
    """Return 507 if there is no room to write, 503 without a database to write to, else 500."""
    if is_no_room(error):
        return 507
    status = 500
    for each in causes(error):
        silent = isinstance(each, OperationalError | InterfaceError)
        if (
            silent
            or code_of(each) in READ_ONLY
            or (isinstance(each, OSError) and each.errno == EROFS)
        ):
            status = 503
    return status
