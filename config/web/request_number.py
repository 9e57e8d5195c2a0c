"""
A number for each request: on its error pages, in its headers, in every line of the log.

Whoever reports an error names it, and the log tells what happened, to whom and from where.
"""

import logging
import secrets
from contextvars import ContextVar

from django import template
from django.http import HttpRequest

from foundation.addresses import client_address

register = template.Library()
_current: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


def middleware(get_response):
    """Give each request a number, and send it back as X-Request-Number."""

    def answer(request):
        request.number = secrets.token_hex(4)
        token = _current.set(request)
        try:
            response = get_response(request)
        finally:
            _current.reset(token)
        response["X-Request-Number"] = request.number
        return response

    return answer


class AddRequest(logging.Filter):
    """Adds the request's number, user and address to a record of the log; all blank without one."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Return True: nothing is left out."""
        request = _current.get() or getattr(record, "request", None)
        if not hasattr(request, "number"):
            # What Django logs of answers below 500 comes with its request, after our middleware;
            # others have none, or something else by that name.
            request = None
        # Not request.user: where the database is down, asking it again would fail again.
        user = getattr(request, "_cached_user", None)
        record.request_number = request.number if request else ""
        record.user = user.get_username() if user else ""
        record.address = client_address(request) if request else ""
        return True


@register.simple_tag
def request_number() -> str:
    """Return the number of the request that is being answered; empty without one."""
    request = _current.get()
    return request.number if request else ""
