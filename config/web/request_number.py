"""
A number for each request: on its error pages, in its headers, in every line of the log.

Whoever reports an error names it, and the log tells what happened, to whom and from where.
"""

import logging
import secrets

from django import template

from audit.request import current
from foundation.addresses import client_address

register = template.Library()


def middleware(get_response):
    """Give each request a number, and send it back as X-Request-Number."""

    def answer(request):
        request.number = secrets.token_hex(4)
        token = current.set(request)
        try:
            response = get_response(request)
        finally:
            current.reset(token)
        response["X-Request-Number"] = request.number
        return response

    return answer


class AddRequest(logging.Filter):
    """Adds the request's number, user and address to a record of the log; all blank without one."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Return True: nothing is left out."""
        request = current.get() or getattr(record, "request", None)
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
    request = current.get()
    return request.number if request else ""
