"""
What a page says when the machine under it fails: the disk is full, the database does not answer.

Whatever was being done has then been done wholly or not at all; the page says so, and how one
finds out which. Django logs the error with its traceback before anybody reads the page.
"""

import sys
from errno import EROFS

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import requires_csrf_token

from config.web.health import migrations_missing
from submissions.no_room import causes, code_of, is_no_room

# PostgreSQL's SQLSTATE, and SQLite's error number.
READ_ONLY = {"25006", 8}

# An unknown table or column: PostgreSQL's SQLSTATE, and SQLite's number of any wrong statement.
NO_SUCH_TABLE = {"42P01", "42703", 1}

# What Django's storage says of a page whose styles were never collected.
NO_STATIC_FILES = "Missing staticfiles manifest entry"

# status -> the page's template; a program whose set-up is not complete answers 503 too.
NOT_SET_UP = "not set up"
PAGES = {500: "500.html", 503: "503.html", 507: "507.html", NOT_SET_UP: "not_set_up.html"}
RETRY_AFTER_SECONDS = "60"

# Programs read no pages.
API = "/api/"
DETAILS = {
    500: gettext_lazy("Something went wrong on our side."),
    503: gettext_lazy("The database does not answer, or cannot be written."),
    NOT_SET_UP: gettext_lazy("The system is being set up or updated."),
    507: gettext_lazy("The disk is full."),
}


@requires_csrf_token
def server_error(request):
    """Return the page of an unforeseen error, in the words of its cause where that is known."""
    error = sys.exc_info()[1]
    what = NOT_SET_UP if is_not_set_up(error) else status_of(error)
    status = 503 if what == NOT_SET_UP else what
    if request.path_info.startswith(API):
        page = JsonResponse({"detail": str(DETAILS[what])}, status=status)
    else:
        page = error_page(request, PAGES[what], status)
    if status == 503:
        page["Retry-After"] = RETRY_AFTER_SECONDS
    return page


def error_page(request, template: str, status: int):
    """Return the page of an error; without styles where they were never collected."""
    context = {"told": bool(settings.ADMINS)}
    try:
        return render(request, template, context, status=status)
    except ValueError:
        return render(request, template, context | {"plain": True}, status=status)


def is_not_set_up(error: BaseException | None) -> bool:
    """Return whether `manage.py setup` was not run for this program: tables, or static files."""
    if any(isinstance(each, ValueError) and NO_STATIC_FILES in str(each) for each in causes(error)):
        return True
    if not any(code_of(each) in NO_SUCH_TABLE for each in causes(error)):
        return False
    try:
        return migrations_missing() > 0
    except DatabaseError:
        return False


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
