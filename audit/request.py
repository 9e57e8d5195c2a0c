"""The request that is being answered, for what is recorded and logged far below its view."""

import re
from contextvars import ContextVar

from django.http import HttpRequest, QueryDict

current: ContextVar[HttpRequest | None] = ContextVar("request", default=None)

# Whether a command of the operator runs, which acts for users by their names.
in_command: ContextVar[bool] = ContextVar("command", default=False)

# Names of parameters whose values are written nowhere: whoever reads a log could use them.
SECRET = re.compile("token|password|secret|session|signature", re.IGNORECASE)
HIDDEN = "***"
LONGEST = 1000


def shown_address(request: HttpRequest) -> str:
    """Return path and query as they may be recorded: without secrets, at most 1,000 characters."""
    query = QueryDict(request.META.get("QUERY_STRING", ""), mutable=True)
    for name in query:
        if SECRET.search(name):
            query[name] = HIDDEN
    asked = f"?{query.urlencode(safe='/:*')}" if query else ""
    # No database stores it.
    return (shown_path(request) + asked).replace("\0", "%00")[:LONGEST]


def shown_path(request: HttpRequest) -> str:
    """Return the path; a part that is a secret, such as the token of a link, is hidden."""
    path = request.path
    match = getattr(request, "resolver_match", None)
    for name, value in (match.captured_kwargs if match else {}).items():
        if SECRET.search(name):
            path = path.replace(str(value), HIDDEN)
    return path
